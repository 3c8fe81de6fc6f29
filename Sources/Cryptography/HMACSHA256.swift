import COpenSSL

/// HMAC (RFC 2104) with SHA-256: 32 bytes for any key and message.
public enum HMACSHA256 {
    /// Length of a code in bytes.
    public static let byteCount = 32

    /// - Parameter key: Any length. An empty key is computed as RFC 2104 says (as zeros) and protects nothing:
    ///   whoever reads keys from a configuration refuses empty ones.
    public static func code(key: [UInt8], message: [UInt8]) -> [UInt8] {
        guard let context = EVP_MAC_CTX_dup(template) else {
            stop("HMAC-SHA256 could not start: \(OpenSSLFailure.drain())")
        }
        defer { EVP_MAC_CTX_free(context) }
        return [UInt8](unsafeUninitializedCapacity: byteCount) { code, written in
            // A nil key would mean "keep the template's key", and an empty array may have no address.
            let keyed = (key.isEmpty ? [0] : key).withUnsafeBufferPointer {
                EVP_MAC_init(context, $0.baseAddress, key.count, nil)
            }
            let updated = message.withUnsafeBufferPointer { EVP_MAC_update(context, $0.baseAddress, $0.count) }
            guard keyed == 1, updated == 1,
                EVP_MAC_final(context, code.baseAddress, &written, byteCount) == 1, written == byteCount
            else { stop("HMAC-SHA256 failed: \(OpenSSLFailure.drain())") }
        }
    }

    /// A context with the algorithms already looked up, which each call copies.
    ///
    /// It holds a meaningless key, because nobody promises that a context without one can be copied.
    /// Safe to share: it is never used, only copied, and copying reads it and counts references atomically.
    nonisolated(unsafe) private static let template: OpaquePointer = {
        let mac = EVP_MAC_fetch(nil, OSSL_MAC_NAME_HMAC, nil)
        defer { EVP_MAC_free(mac) }
        let context = EVP_MAC_CTX_new(mac)
        var digestName = Array("SHA256".utf8CString)
        // The parameters hold pointers to both strings, which therefore have to outlive them.
        let isReady = OSSL_MAC_PARAM_DIGEST.withCString { parameterName in
            digestName.withUnsafeMutableBufferPointer { name in
                let parameters = [
                    OSSL_PARAM_construct_utf8_string(parameterName, name.baseAddress, 0),
                    OSSL_PARAM_construct_end(),
                ]
                return EVP_MAC_init(context, [0], 1, parameters) == 1
            }
        }
        guard isReady, let context else { stop("OpenSSL offers no HMAC-SHA256: \(OpenSSLFailure.drain())") }
        return context
    }()
}

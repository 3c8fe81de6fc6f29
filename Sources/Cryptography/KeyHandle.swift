import COpenSSL

/// Owns an OpenSSL key and frees it with its last reference.
///
/// `@unchecked Sendable` is safe because the key is never changed after `init`: nobody else holds the pointer, and
/// all that is done with it is to start signing and verifying contexts, each used by one thread. OpenSSL allows
/// that on several threads at once (openssl-threads(7)): what it caches inside the key, it guards by the key's lock.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over a key that is known to be RSA of a permitted size.
    /// - Parameter kind: How the key reads in an error.
    init(adopting pointer: OpaquePointer, kind: String) throws(KeyError) {
        self.pointer = pointer
        guard EVP_PKEY_is_a(pointer, "RSA") == 1 else {
            let found = EVP_PKEY_get0_type_name(pointer).map { String(cString: $0) } ?? "an unknown algorithm"
            throw .wrongKind(found: "for \(found)", expected: "one for RSA")
        }
        guard KeyHandle.allowedBits.contains(bits) else {
            throw .unsuitableSize(bits: bits, allowed: KeyHandle.allowedBits)
        }
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else {
            throw .failed(operation: "checking the \(kind)", reason: OpenSSLFailure.drain())
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_public_check(context) == 1 else {
            throw .malformed(kind: kind, reason: OpenSSLFailure.drain())
        }
    }

    deinit { EVP_PKEY_free(pointer) }

    var bits: Int { Int(EVP_PKEY_get_bits(pointer)) }

    /// From what is still held to be secure (NIST SP 800-131A Rev. 2 §3) to the longest modulus that OpenSSL
    /// verifies with (`OPENSSL_RSA_MAX_MODULUS_BITS`).
    static let allowedBits = 2048...16384

    /// The key as PEM text, written by `write` into a memory sink.
    func pem(_ write: (_ sink: OpaquePointer, _ key: OpaquePointer) -> Int32) throws(KeyError) -> String {
        guard let sink = BIO_new(BIO_s_secmem()) else {
            throw .failed(operation: "writing the key", reason: OpenSSLFailure.drain())
        }
        defer { BIO_free(sink) }
        var text = [UInt8](repeating: 0, count: KeyHandle.maxPEMBytes)
        guard write(sink, pointer) == 1, case let length = BIO_read(sink, &text, Int32(text.count)), length > 0 else {
            throw .failed(operation: "writing the key", reason: OpenSSLFailure.drain())
        }
        return String(decoding: text.prefix(Int(length)), as: UTF8.self)
    }

    /// A private key of 16384 bits takes 13 KB.
    private static let maxPEMBytes = 32 << 10
}

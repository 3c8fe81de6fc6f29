import COpenSSL

/// SHA-256 (FIPS 180-4): 32 bytes for any input.
public enum SHA256 {
    /// Length of a digest in bytes.
    public static let byteCount = 32

    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { hash($0) }
    }

    public static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { digest, written in
            guard EVP_Digest(bytes.baseAddress, bytes.count, digest.baseAddress, nil, algorithm, nil) == 1 else {
                stop("SHA-256 failed: \(OpenSSLFailure.drain())")
            }
            written = byteCount
        }
    }

    /// The algorithm, looked up once: the look-up takes a lock and costs about as much as hashing a kilobyte.
    ///
    /// Safe to share: a fetched `EVP_MD` is never changed again (EVP_MD_fetch(3), openssl-threads(7)), and this
    /// reference is never released.
    nonisolated(unsafe) static let algorithm: OpaquePointer = {
        guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else {
            stop("OpenSSL offers no SHA-256: \(OpenSSLFailure.drain())")
        }
        return algorithm
    }()
}

import COpenSSL

/// Random bytes fit for tokens and keys.
///
/// The generator fails only when the system can't seed it. Then the process stops: tokens that can be guessed must
/// never be handed out, and a caller that had to handle the failure could only do the same.
public enum SecureRandom {
    /// - Parameter count: Not negative.
    public static func bytes(_ count: Int) -> [UInt8] {
        guard let length = Int32(exactly: count), length >= 0 else { stop("cannot draw \(count) random bytes") }
        return [UInt8](unsafeUninitializedCapacity: count) { bytes, written in
            guard length == 0 || RAND_bytes(bytes.baseAddress, length) == 1 else {
                stop("no random bytes to be had: \(OpenSSLFailure.drain())")
            }
            written = count
        }
    }

    /// - Returns: Lower-case hexadecimal digits, two for each byte.
    public static func hex(bytes count: Int) -> String {
        Hex.encode(bytes(count))
    }
}

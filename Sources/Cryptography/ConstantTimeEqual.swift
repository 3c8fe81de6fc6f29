import COpenSSL

/// Whether both are the same, in a time that does not depend on where they differ: for secrets and their codes.
///
/// The time may tell whether the lengths are equal. Codes and tokens have a length that is public anyway; where a
/// length must stay secret too, compare the SHA-256 of both.
public func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count else { return false }
    return a.withUnsafeBytes { a in
        b.withUnsafeBytes { b in CRYPTO_memcmp(a.baseAddress, b.baseAddress, a.count) == 0 }
    }
}

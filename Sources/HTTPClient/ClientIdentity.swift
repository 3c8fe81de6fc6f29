/// What a server is shown that asks who calls. Read from its files for each new connection, so that a renewed
/// certificate is used without a restart.
public enum ClientIdentity: Sendable, Equatable {
    /// - Parameters:
    ///   - chain: File with the certificate, then the authorities in between.
    ///   - key: File with its private key.
    ///   - password: Of an encrypted key.
    case pem(chain: String, key: String, password: String? = nil)
    /// One file with both.
    case pkcs12(String, password: String)
}

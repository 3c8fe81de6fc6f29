import COpenSSL

/// What is known of a peer after the handshake.
struct TLSPeer: Sendable, Equatable {
    /// The name that the client asked for (SNI, RFC 6066 §3); `nil` if it asked for none.
    var serverName: String?
    /// Verified; `nil` if none was demanded.
    var clientCertificate: ClientCertificate?

    init(serverName: String? = nil, clientCertificate: ClientCertificate? = nil) {
        self.serverName = serverName
        self.clientCertificate = clientCertificate
    }

    /// - Parameter ssl: With its handshake done.
    init(_ ssl: OpaquePointer) {
        serverName = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
        if SSL_get_verify_mode(ssl) != SSL_VERIFY_NONE, SSL_get_verify_result(ssl) == Int(X509_V_OK) {
            clientCertificate = SSL_get0_peer_certificate(ssl).map { ClientCertificate($0) }
        }
    }
}

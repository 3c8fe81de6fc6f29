/// What one listener needs to speak TLS 1.2 and 1.3.
public struct TLSConfiguration: Sendable, Equatable {
    /// Path of a PEM file with the server's certificate first and those that vouch for it behind, without the root.
    public var certificate: String
    /// Path of a PEM file with the certificate's private key, not encrypted.
    public var key: String
    /// Path of a PEM file with the authorities that client certificates come from. With it every client must show a
    /// certificate (mTLS); without it none is asked for.
    public var clientCA: String?
    /// DNS names that this listener serves, in lower case; `*.example.com` stands for one label. A client that asks
    /// for another one (SNI, RFC 6066 §3) is refused in the handshake. Empty serves any name.
    public var serverNames: [String]

    public init(certificate: String, key: String, clientCA: String? = nil, serverNames: [String] = []) {
        self.certificate = certificate
        self.key = key
        self.clientCA = clientCA
        self.serverNames = serverNames
    }

    /// All files that are read.
    var files: [String] { [certificate, key] + (clientCA.map { [$0] } ?? []) }
}

extension TLSConfiguration {
    /// What TLS 1.2 may use: forward secrecy and authenticated encryption only (RFC 9325 §4.2).
    static let cipherList = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    ].joined(separator: ":")
    /// What TLS 1.3 may use (RFC 8446 §9.1).
    static let cipherSuites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
    static let groups = "X25519:P-256:P-384"
    /// The one application protocol, in the form of RFC 7301 §3.1: its length, then its name.
    static let applicationProtocols = [UInt8(8)] + Array("http/1.1".utf8)
    /// Seconds for which a session can be resumed.
    static let sessionLifetime = 7200
    /// Certificates between a client's and the authority's.
    static let maxChainDepth: Int32 = 8
    /// Bytes of certificates that a client may send.
    static let maxClientChainBytes = 64 << 10
    /// Bytes of a PEM file.
    static let maxFileBytes = 1 << 20
}

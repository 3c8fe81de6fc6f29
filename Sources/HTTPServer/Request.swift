public import HTTPTypes

/// One framed request: its head, and its body without transfer encodings.
public struct Request: Sendable {
    public var method: HTTPRequest.Method
    /// Percent-encoded, normalised, without the query: `/webhooks/commerce/order`.
    public var path: String
    /// What follows the first `?`, percent-encoded; `nil` if there is none.
    public var query: String?
    public var headers: HTTPFields
    public var body: [UInt8]
    /// Numeric address of the client, without the port: of the peer, or of whom a trusted proxy named. Empty for a
    /// Unix-domain socket.
    public var remoteAddress: String
    /// Numeric address of the other end of the connection, without the port.
    public var peerAddress: String
    /// The name that the client asked for in its TLS handshake (SNI); `nil` without one.
    public var serverName: String?
    /// Whom the client proved to be in its TLS handshake; `nil` where the listener demands no client certificates.
    public var clientCertificate: ClientCertificate?

    public init(
        method: HTTPRequest.Method, path: String, query: String? = nil, headers: HTTPFields = [:],
        body: [UInt8] = [], remoteAddress: String = "", peerAddress: String? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.peerAddress = peerAddress ?? remoteAddress
    }

    mutating func note(_ peer: TLSPeer) {
        serverName = peer.serverName
        clientCertificate = peer.clientCertificate
    }
}

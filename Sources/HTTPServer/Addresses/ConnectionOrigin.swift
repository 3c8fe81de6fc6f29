/// Who is at the other end of a connection, and what that means for it.
struct ConnectionOrigin: Sendable {
    /// The other end of the socket, numeric, without the port; empty for a socket without addresses.
    let peerAddress: String
    /// The client as far as the connection tells: the peer, or whom it named in a PROXY header.
    private(set) var clientAddress: String
    private(set) var client: IPAddress?
    /// Whether `maxConnections` was reached when it came: it is served one answer, from the reserve.
    var usesReserve = false
    /// What it is counted under until it is gone; `nil` if it is not counted.
    var countedAs: IPAddress?

    init(peerAddress: String) {
        self.peerAddress = peerAddress
        clientAddress = peerAddress
        client = IPAddress(peerAddress)
    }

    mutating func apply(_ header: ProxyHeader) {
        guard case .client(let address) = header else { return }
        client = address
        clientAddress = address.description
    }
}

/// What a PROXY protocol header says about the connection that it comes first on.
/// Source: https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
enum ProxyHeader: Equatable {
    /// The client that the proxy was called by.
    case client(IPAddress)
    /// The proxy speaks for itself (v2 LOCAL), or does not say for whom (v1 UNKNOWN, v2 UNSPEC, a Unix socket):
    /// the address of the connection is what there is.
    case noClient
}

/// Why a connection that must begin with a PROXY header is closed. There is no answer to it: nothing that was
/// sent is known to be HTTP.
enum ProxyHeaderError: Error, Equatable {
    /// Neither version's signature.
    case missing
    case tooLong(limit: Int)
    case malformedText
    case unknownCommand
    case unknownFamily
    /// The addresses do not fit into what the header says it has.
    case tooShort
}

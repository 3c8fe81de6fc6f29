import CSockets
import Glibc

/// Opens listening sockets.
enum ListeningSocket {
    /// Tries every address that the host name stands for.
    static func open(
        _ address: SocketAddress, backlog: Int
    ) throws(ServerError) -> (descriptor: Int32, bound: SocketAddress) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(address.host, String(address.port), &hints, &list)
        guard code == 0 else {
            throw .unknownHost(address: address, reason: String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(list) }
        var failure = EADDRNOTAVAIL
        var candidate = list
        while let info = candidate?.pointee {
            let descriptor = socket(info.ai_family, info.ai_socktype | nonBlocking, info.ai_protocol)
            if descriptor >= 0 {
                if let bound = bind(descriptor, info, backlog: backlog) { return (descriptor, bound) }
                failure = errno
                close(descriptor)
            } else {
                failure = errno
            }
            candidate = info.ai_next
        }
        throw error(failure, address)
    }

    private static let nonBlocking = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)

    private static func bind(_ descriptor: Int32, _ info: addrinfo, backlog: Int) -> SocketAddress? {
        SystemCalls.setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        guard Glibc.bind(descriptor, info.ai_addr, info.ai_addrlen) == 0,
            listen(descriptor, Int32(clamping: backlog)) == 0
        else { return nil }
        return address(of: descriptor)
    }

    /// What a socket is bound to; `nil` unless that is IPv4 or IPv6.
    static func address(of descriptor: Int32) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isKnown = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
        }
        return isKnown ? SocketAddress(storage) : nil
    }

    private static func error(_ code: Int32, _ address: SocketAddress) -> ServerError {
        switch code {
        case EADDRINUSE: .addressInUse(address: address)
        case EACCES, EPERM: .permissionDenied(address: address)
        default: .cannotListen(address: address, reason: SystemCalls.message(code))
        }
    }
}

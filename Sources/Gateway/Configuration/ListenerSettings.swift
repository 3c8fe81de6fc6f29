public import HTTPServer

/// Where a listener listens and how.
public struct ListenerSettings: Sendable, Equatable {
    public enum Place: Sendable, Equatable {
        /// - Parameter port: 0 lets the system choose.
        case tcp(host: String, port: Int)
        /// - Parameter mode: Permissions of the socket's file.
        case unix(path: String, mode: UInt32)
    }

    public var place: Place
    /// `nil` for plain HTTP.
    public var tls: TLSConfiguration?

    public init(_ place: Place, tls: TLSConfiguration? = nil) {
        self.place = place
        self.tls = tls
    }

    /// Owner and group may connect.
    public static let defaultMode: UInt32 = 0o660

    var address: SocketAddress {
        switch place {
        case .tcp(let host, let port): SocketAddress(host: host, port: port)
        case .unix(let path, _): SocketAddress(unixPath: path)
        }
    }

    var mode: UInt32 {
        if case .unix(_, let mode) = place { mode } else { Self.defaultMode }
    }
}

/// What a listener serves.
enum ListenerRole: String, CaseIterable, Sendable {
    /// Webhooks and events, and the routes of roles without a listener of their own.
    case `public`
    /// Operator API, status and metrics.
    case `operator`
    case health
}

extension ServerSettings {
    /// All listeners by role; the public one is always there.
    var allListeners: [(role: ListenerRole, settings: ListenerSettings)] {
        let place = unix ?? .tcp(host: host, port: port)
        var all = [(role: ListenerRole.public, settings: ListenerSettings(place, tls: tls))]
        if let operatorListener { all.append((.operator, operatorListener)) }
        if let healthListener { all.append((.health, healthListener)) }
        return all
    }

    /// The roles whose routes a listener serves: its own, and on the public one those that have no other place.
    func roles(servedBy role: ListenerRole) -> Set<ListenerRole> {
        guard role == .public else { return [role] }
        let others = Set(allListeners.map(\.role)).subtracting([.public])
        return Set(ListenerRole.allCases).subtracting(others)
    }
}

/// The DNS names of a listener. A pure decision, used in the handshake (SNI) and for the Host field.
struct ServerNames: Sendable, Equatable {
    private let exact: Set<String>
    /// `.example.com` for `*.example.com`.
    private let suffixes: [String]

    /// - Parameter names: `shop.example.com` or `*.example.com`.
    init(_ names: [String]) {
        let names = names.map(Self.normalized)
        exact = Set(names.filter { !$0.hasPrefix("*.") })
        suffixes = names.filter { $0.hasPrefix("*.") }.map { String($0.dropFirst()) }
    }

    var isEmpty: Bool { exact.isEmpty && suffixes.isEmpty }

    func contains(_ name: String) -> Bool {
        let name = Self.normalized(name)
        if exact.contains(name) { return true }
        guard let dot = name.firstIndex(of: "."), dot != name.startIndex else { return false }
        return suffixes.contains(String(name[dot...]))
    }

    /// Whether a Host field names the server that the handshake was made with.
    static func host(_ field: String, names server: String) -> Bool {
        var host = field[...]
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") { host = host[..<colon] }
        return normalized(String(host)) == normalized(server)
    }

    /// DNS names have no case; a final dot only says that they are complete.
    private static func normalized(_ name: String) -> String {
        let name = name.lowercased()
        return name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}

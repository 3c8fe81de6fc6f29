/// The address of a server, as configured, cut for the uses that clients make of it.
struct ServiceRoot: Sendable, Equatable {
    /// Without trailing slashes: `https://contoso.operations.dynamics.com`, or with the path of an on-premises
    /// installation `https://ax.contoso.example/namespaces/AXSF`.
    let url: String
    /// Scheme, host and port, without a path.
    let origin: String

    init(_ url: String) {
        var url = Substring(url)
        while url.last == "/" { url = url.dropLast() }
        self.url = String(url)
        let authority = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url
        origin = String(url[..<(authority.firstIndex(of: "/") ?? url.endIndex)])
    }

    /// Whether a call to `link` would go to the server that we were configured to talk to. The slash that must
    /// follow the host keeps `https://contoso.com.evil.example` and `https://contoso.com@evil.example` out.
    func isOrigin(of link: String) -> Bool {
        link.lowercased().hasPrefix(origin.lowercased() + "/")
    }

    /// Path and query of one of this server's URLs.
    func target(of url: String) -> String {
        String(url.dropFirst(origin.count))
    }
}

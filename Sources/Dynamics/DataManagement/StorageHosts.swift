import Foundation
import HTTPClient

/// To which servers the data package API may send us. Its links carry their own key, so they are followed without our
/// token, but not wherever somebody points.
public struct StorageHosts: Sendable, Equatable {
    /// `.blob.core.windows.net` stands for every host below it; one without a dot in front for exactly this host.
    public let allowed: [String]

    public static let azure = [".blob.core.windows.net"]

    public init(_ allowed: [String] = azure) { self.allowed = allowed.map { $0.lowercased() } }

    /// - Returns: The link, if it is https, or http to this machine, and leads to an allowed host.
    func checked(_ text: String) throws(DataManagementFault) -> SignedLink {
        guard let parts = URLComponents(string: text), let host = parts.host?.lowercased(), parts.user == nil,
            parts.password == nil, ["https", "http"].contains(parts.scheme)
        else { throw .foreignLink(host: "no address") }
        guard allowed.contains(where: { $0.hasPrefix(".") ? host.hasSuffix($0) : host == $0 }) else {
            throw .foreignLink(host: String(host.prefix(100)))
        }
        let isThisMachine = ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
        guard parts.scheme == "https" || isThisMachine else { throw .foreignLink(host: "http://\(host)") }
        // This machine is allowed only if the configuration names it, for rehearsals.
        return SignedLink(text, trust: isThisMachine ? .configured : .handedOut(to: patterns))
    }

    private var patterns: [HostPattern] { allowed.compactMap { HostPattern($0.hasPrefix(".") ? "*" + $0 : $0) } }
}

/// A link with a key in its query. Prints without it.
public struct SignedLink: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// For the one request that is sent there.
    let url: String
    let trust: URLTrust

    init(_ url: String, trust: URLTrust) {
        self.url = url
        self.trust = trust
    }

    public var description: String { url.prefix { $0 != "?" } + "?•••" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

import HTTPTypes

/// Where a shop's REST API is, and how paths are built for it.
/// https://developer.adobe.com/commerce/webapi/get-started/
public struct CommerceEndpoint: Sendable, Equatable {
    public enum Edition: String, Sendable, CaseIterable {
        /// On cloud infrastructure, on-premises, or Magento Open Source: `<base>/rest/<store>/V1/…`.
        case paas
        /// Adobe Commerce as a Cloud Service: `<base>/V1/…`, the store view in a header.
        case saas
    }

    public let edition: Edition
    /// The store view's code.
    public let store: String
    /// Without a slash at its end.
    let base: String

    /// - Parameters:
    ///   - baseURL: `https://shop.example.com`, or for SaaS `https://<server>.api.commerce.adobe.com/<tenant id>`;
    ///     a path before `/rest` is kept.
    ///   - store: A store view's code. Reads under `all` fail in some versions.
    public init(
        baseURL: String, edition: Edition = .paas, store: String = "default"
    ) throws(EndpointError) {
        var base = baseURL[...]
        while base.last == "/" { base.removeLast() }
        guard let scheme = ["https://", "http://"].first(where: { base.hasPrefix($0) }),
            let host = base.dropFirst(scheme.count).first, host != "/", !base.contains("@")
        else { throw .invalidBaseURL }
        guard !base.contains(where: { "?# ".contains($0) }), base.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .invalidBaseURL }
        guard !base.hasSuffix("/rest"), !base.hasSuffix("/V1") else { throw .pathIncluded }
        guard let first = store.first, first.isASCII, first.isLetter,
            store.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        else { throw .invalidStore(store) }
        self.base = String(base)
        self.edition = edition
        self.store = store
    }

    /// Path and query of one of these URLs, for the audit trail.
    func target(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        return url[scheme.upperBound...].firstIndex(of: "/").map { String(url[$0...]) } ?? "/"
    }

    var headers: HTTPFields {
        [.accept: "application/json"]
    }
}

public enum EndpointError: Error, Equatable, CustomStringConvertible {
    case invalidBaseURL
    case pathIncluded
    case invalidStore(String)

    public var description: String {
        switch self {
        case .invalidBaseURL:
            "The Commerce base URL must be http(s)://host[/path] without user, query or fragment."
        case .pathIncluded:
            "The Commerce base URL must not end in /rest or /V1: the path is added by edition and store."
        case .invalidStore(let store):
            "\"\(store)\" is no store view code: expected a letter, then letters, digits or underscores."
        }
    }
}

public import HTTPClient
import HTTPTypes
public import Relay
public import SignIn

/// Reads and writes rows of F&O over OData v4 (fin-ops-core/dev-itpro/data-entities/odata).
///
/// Every call is made across companies, so the caller names the company in the filter, key or record. Every call is
/// recorded in the audit trail. All errors are `DeliveryFault`s.
public struct ODataClient: Sendable {
    let root: ServiceRoot
    let limits: ODataLimits
    private let transport: SignedInTransport

    /// - Parameter environment: URL of the F&O environment: `https://contoso.operations.dynamics.com`.
    public init(
        environment: String, tokens: any AccessTokenSource, transport: any HTTPTransport,
        limits: ODataLimits = ODataLimits(), clock: any WallClock = SystemClock()
    ) {
        self.root = ServiceRoot(environment)
        self.transport = SignedInTransport(
            root: root, tokens: tokens, transport: transport, clock: clock, recordsBodies: true)
        self.limits = limits
    }

    func get(_ call: ODataCall, _ url: String, timeout: Duration? = nil) async throws -> ODataAnswer {
        let request = OutboundRequest(
            method: .get, url: url, timeout: timeout ?? limits.readTimeout, maxResponseBytes: limits.maxAnswerBytes)
        return try await send(call, request)
    }

    func send(
        _ call: ODataCall, _ request: OutboundRequest, recorded: RecordedBodies? = nil
    ) async throws -> ODataAnswer {
        var request = request
        if request.headers[.accept] == nil { request.headers[.accept] = "application/json" }
        for (name, value) in ODataClient.versionHeaders { request.headers[name] = value }
        return try await transport.send(call, request, recorded: recorded)
    }

    private static let versionHeaders: [(HTTPField.Name, String)] =
        ["OData-MaxVersion", "OData-Version"].compactMap { name in HTTPField.Name(name).map { ($0, "4.0") } }

    /// - Parameter resource: What follows `/data/`, percent-encoded.
    func url(_ resource: String, query: [(String, String)]) -> String {
        "\(root.url)/data/\(ODataClient.target(resource, query: query))"
    }

    /// The same below `/data/`, as a batch names it.
    static func target(_ resource: String, query: [(String, String)]) -> String {
        let options = (query + [("cross-company", "true")]).map { "\($0)=\(PercentEncoding.encodeOData($1))" }
        return "\(resource)?\(options.joined(separator: "&"))"
    }
}

extension ODataFault {
    /// What it means that no whole answer came.
    init(_ error: TransportError, during call: ODataCall) {
        let isWrite = call.method != "GET"
        switch error {
        case .invalidURL(let detail), .refused(let detail): self = .invalidURL(call, detail: detail)
        case _ where isWrite && error.outcomeIsUnclear: self = .outcomeUnclear(call, detail: error.description)
        case .responseTooLarge(let limit): self = .answerTooLarge(call, limitBytes: limit)
        case .held(let detail): self = .held(call, detail: detail)
        case .interrupted, .cancelled: self = .noAnswer(call, detail: error.description)
        case .notConnected, .invalidRequest: self = .unreachable(call, detail: error.description)
        }
    }
}

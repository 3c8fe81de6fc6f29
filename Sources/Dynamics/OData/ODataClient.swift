import Foundation
public import HTTPClient
import HTTPTypes
public import Relay
public import SignIn

/// Reads and creates rows of F&O over OData v4 (fin-ops-core/dev-itpro/data-entities/odata).
///
/// Every call is made across companies, so the caller names the company in the filter, key or record. Every call is
/// recorded in the audit trail. All errors are `DeliveryFault`s.
public struct ODataClient: Sendable {
    private let root: ServiceRoot
    private let tokens: any AccessTokenSource
    private let transport: RecordingTransport
    private let clock: any WallClock
    private let limits: ODataLimits

    /// - Parameter environment: URL of the F&O environment: `https://contoso.operations.dynamics.com`.
    public init(
        environment: String, tokens: any AccessTokenSource, transport: any HTTPTransport,
        limits: ODataLimits = ODataLimits(), clock: any WallClock = SystemClock()
    ) {
        self.root = ServiceRoot(environment)
        self.tokens = tokens
        self.transport = RecordingTransport(transport: transport, root: root, clock: clock, recordsBodies: true)
        self.clock = clock
        self.limits = limits
    }

    /// All rows that the filter finds, from all pages.
    /// - Parameter top: At most so many rows.
    public func rows<Row: ODataRow>(
        _ entitySet: String, where filter: ODataFilter? = nil, top: Int? = nil, as type: Row.Type = Row.self
    ) async throws -> [Row] {
        let call = ODataCall(method: "GET", entitySet: entitySet)
        var query = [("$select", Row.properties.joined(separator: ","))]
        if let filter { query.append(("$filter", filter.description)) }
        if let top { query.append(("$top", String(top))) }

        var rows: [Row] = []
        var next: String? = url(entitySet, query: query)
        var pages = 0
        while let url = next {
            guard pages < limits.maxPages else { throw ODataFault.tooManyPages(call, limit: limits.maxPages) }
            let page = try await get(call, url).decode(ODataPage<Row>.self)
            pages += 1
            rows += page.value
            next = try page.nextLink.map { link in
                guard root.isOrigin(of: link) else { throw ODataFault.foreignNextLink(call) }
                return link
            }
        }
        return rows
    }

    /// The row with this key, or `nil` if there is none. A wrong entity set answers 404 as well: `rows` tells.
    public func row<Row: ODataRow>(
        _ entitySet: String, key: ODataKey, as type: Row.Type = Row.self
    ) async throws -> Row? {
        let call = ODataCall(method: "GET", entitySet: entitySet)
        let query = [("$select", Row.properties.joined(separator: ","))]
        let answer = try await get(call, url(entitySet + key.encoded, query: query))
        if answer.response.status == 404 { return nil }
        return try answer.decode(Row.self)
    }

    /// Creates a row.
    /// - Returns: The row as F&O completed it.
    public func create<Row: ODataRow>(
        _ entitySet: String, _ record: some Encodable & Sendable, as type: Row.Type = Row.self
    ) async throws -> Row {
        let call = ODataCall(method: "POST", entitySet: entitySet)
        let body: [UInt8]
        do {
            body = try ODataJSON.encode(record)
        } catch {
            throw ODataFault.unencodable(call, detail: "\(error)")
        }
        let request = OutboundRequest(
            method: .post, url: url(entitySet, query: []), headers: [.contentType: "application/json"], body: body,
            timeout: limits.writeTimeout, maxResponseBytes: limits.maxAnswerBytes)
        return try await send(call, request).decode(Row.self)
    }

    private func get(_ call: ODataCall, _ url: String) async throws -> ODataAnswer {
        let request = OutboundRequest(
            method: .get, url: url, timeout: limits.readTimeout, maxResponseBytes: limits.maxAnswerBytes)
        return try await send(call, request)
    }

    /// A 401 was not executed, so the call, a create as well, is repeated once with a fresh token.
    private func send(_ call: ODataCall, _ request: OutboundRequest) async throws -> ODataAnswer {
        let token = try await tokens.token()
        let answer = try await sendOnce(call, request, token)
        guard answer.response.status == 401 else { return answer }
        await tokens.invalidate(token)
        return try await sendOnce(call, request, tokens.token())
    }

    private func sendOnce(
        _ call: ODataCall, _ request: OutboundRequest, _ token: String
    ) async throws -> ODataAnswer {
        var request = request
        request.headers[.authorization] = "Bearer \(token)"
        request.headers[.accept] = "application/json"
        for (name, value) in ODataClient.versionHeaders { request.headers[name] = value }
        do {
            let response = try await transport.send(request)
            return ODataAnswer(call: call, response: response, now: clock.now())
        } catch {
            throw ODataFault(error, during: call)
        }
    }

    private static let versionHeaders: [(HTTPField.Name, String)] =
        ["OData-MaxVersion", "OData-Version"].compactMap { name in HTTPField.Name(name).map { ($0, "4.0") } }

    private func url(_ resource: String, query: [(String, String)]) -> String {
        let options = (query + [("cross-company", "true")]).map { "\($0)=\(PercentEncoding.encodeOData($1))" }
        return "\(root.url)/data/\(resource)?\(options.joined(separator: "&"))"
    }
}

extension ODataFault {
    /// What it means that no whole answer came.
    fileprivate init(_ error: TransportError, during call: ODataCall) {
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

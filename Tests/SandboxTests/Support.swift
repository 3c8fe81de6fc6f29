import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON
import Logging
import Synchronization

@testable import Sandbox

/// Remembers what was sent, and answers with `statuses` in order, then always 200. `nil` is no answer at all.
final class RecordingTransport: HTTPTransport {
    private let state: Mutex<(requests: [OutboundRequest], statuses: [Int?])>

    init(_ statuses: Int?...) { state = Mutex(([], statuses)) }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let status = state.withLock { state -> Int? in
            state.requests.append(request)
            return state.statuses.isEmpty ? 200 : state.statuses.removeFirst()
        }
        guard let status else { throw .interrupted("scripted") }
        return OutboundResponse(status: status)
    }

    var requests: [OutboundRequest] { state.withLock { $0.requests } }
}

/// A clock that stands still until it is moved.
final class ManualClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_767_261_612.5))

    var now: Date { time.withLock { $0 } }
    func advance(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
}

/// Both platforms without servers, with a clock and a transport that tests hold.
struct Stage {
    let clock = ManualClock()
    let transport: RecordingTransport
    let sandbox: Sandbox
    var configuration: SandboxConfiguration

    var commerce: SandboxCommerce { sandbox.commerce }
    var dynamics: SandboxDynamics { sandbox.dynamics }

    init(
        _ transport: RecordingTransport = RecordingTransport(),
        _ change: (inout SandboxConfiguration) -> Void = { _ in }
    ) throws {
        self.transport = transport
        var configuration = SandboxConfiguration()
        configuration.now = { [clock] in clock.now }
        configuration.dynamics.eventRetryWait = .zero
        configuration.commerce.signingKeyPEM = Self.keyPEM
        change(&configuration)
        self.configuration = configuration
        sandbox = try Sandbox(configuration: configuration, transport: transport, logger: Logger(label: "test"))
    }

    /// Made once, because a key pair takes a while.
    private static let keyPEM = try? RSAPrivateKey.generate(bits: 2048).pem

    func commerce(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, token: String? = nil
    ) async throws -> Answer {
        let target = path.split(separator: "?", maxSplits: 1)
        var headers: HTTPFields = [.authorization: "Bearer \(token ?? configuration.commerce.bearerToken)"]
        if body != nil { headers[.contentType] = "application/json" }
        return Answer(
            await commerce.respond(
                to: Request(
                    method: method, path: "/rest/default/V1/" + target[0],
                    query: target.count > 1 ? String(target[1]) : nil, headers: headers,
                    body: Array((body ?? "").utf8))))
    }

    /// - Parameter path: What follows `/data/`; the query may hold spaces.
    func data(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, token: String? = nil
    ) async throws -> Answer {
        var bearer = token
        if bearer == nil { bearer = try await accessToken() }
        let target = path.split(separator: "?", maxSplits: 1)
        var headers: HTTPFields = [.authorization: "Bearer \(bearer ?? "")"]
        if body != nil { headers[.contentType] = "application/json" }
        return Answer(
            await dynamics.respond(
                to: Request(
                    method: method, path: "/data/" + target[0],
                    query: target.count > 1 ? String(target[1].replacing(" ", with: "%20")) : nil, headers: headers,
                    body: Array((body ?? "").utf8))))
    }

    func token(_ form: [String: String] = [:]) async -> Answer {
        let fields = [
            "grant_type": "client_credentials", "client_id": configuration.dynamics.clientID,
            "client_secret": configuration.dynamics.clientSecret, "scope": dynamics.environmentURL + "/.default",
        ].merging(form) { _, new in new }
        let body = PercentEncoding.form(fields.map { ($0.key, $0.value) })
        return Answer(
            await dynamics.respond(
                to: Request(
                    method: .post, path: "/\(configuration.dynamics.tenant)/oauth2/v2.0/token",
                    headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(body.utf8))))
    }

    private func accessToken() async throws -> String {
        let saved = dynamics.identityFaults.plan
        dynamics.identityFaults.plan = .none
        defer { dynamics.identityFaults.plan = saved }
        return try await token().text("access_token")
    }

    @discardableResult
    func createCustomer(_ email: String = "a@example.com", area: String = "usmf") async throws -> String {
        let answer = try await data(
            .post, "CustomersV3",
            """
            {"dataAreaId":"\(area)","PartyType":"Person","PersonLastName":"Falk","CustomerGroupId":"30",
             "SalesCurrencyCode":"EUR","PrimaryContactEmail":"\(email)"}
            """)
        return try answer.text("CustomerAccount")
    }

    @discardableResult
    func createOrder(
        _ account: String, reference: String = "000000001", area: String = "usmf", more: String = ""
    ) async throws -> String {
        let answer = try await data(.post, "SalesOrderHeadersV2", orderBody(account, reference, area, more))
        return try answer.text("SalesOrderNumber")
    }

    func orderBody(
        _ account: String, _ reference: String = "1", _ area: String = "usmf", _ more: String = ""
    ) -> String {
        """
        {"dataAreaId":"\(area)","OrderingCustomerAccountNumber":"\(account)",
         "InvoiceCustomerAccountNumber":"\(account)","CustomersOrderReference":"\(reference)",
         "DefaultShippingSiteId":"1","DefaultShippingWarehouseId":"11"\(more)}
        """
    }

    @discardableResult
    func createLine(
        _ order: String, _ line: String = #""ItemNumber":"MUG-01","OrderedSalesQuantity":2"#, area: String = "usmf",
        set: String = "SalesOrderLinesV3"
    ) async throws -> Answer {
        try await data(.post, set, #"{"dataAreaId":"\#(area)","SalesOrderNumber":"\#(order)",\#(line)}"#)
    }
}

/// A response, read as JSON.
struct Answer {
    let response: Response
    let json: JSONValue

    init(_ response: Response) {
        self.response = response
        json = (try? JSONValue.parse(response.body)) ?? .null
    }

    struct NoSuchMember: Error {
        let name: String
        let body: String
    }

    var status: Int { response.status.code }
    var body: String { String(decoding: response.body, as: UTF8.self) }

    /// A member by its name, `@odata.count`, or by the way to it, `items.0.sku`.
    subscript(_ path: String) -> JSONValue? {
        if let value = json.objectValue?[path] { return value }
        return path.split(separator: ".").reduce(Optional(json)) { value, step in
            if let index = Int(step) {
                return value?.arrayValue.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
            return value?.objectValue?[String(step)]
        }
    }

    func text(_ path: String) throws -> String {
        guard let text = self[path]?.stringValue else { throw NoSuchMember(name: path, body: body) }
        return text
    }

    func number(_ path: String) throws -> Decimal {
        guard let number = self[path]?.numberValue else { throw NoSuchMember(name: path, body: body) }
        return number
    }
}

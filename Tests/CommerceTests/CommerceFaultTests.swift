import HTTPClient
import HTTPTypes
import Relay
import Testing

@testable import Commerce

@Suite("What Commerce's refusals mean")
struct CommerceFaultTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String { "\(status) \(body.prefix(60))" }
        let status: Int
        let body: String
        let kind: CommerceFault.Kind
        let means: FailureKind
        var asksFor: Duration?
        var retryAfter: String?
    }

    static let rows = [
        Row(status: 400, body: #"{"message":"Invalid state"}"#, kind: .rejected, means: .validation),
        Row(
            status: 400,
            body: #"{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"sku"}}"#,
            kind: .rejected, means: .validation),
        Row(
            status: 400,
            body:
                #"{"message":"SQLSTATE[40001]: Serialization failure: 1213 Deadlock found when trying to get lock"}"#,
            kind: .busy, means: .conflict),
        Row(
            status: 400, body: #"{"message":"Could not save an invoice, see error log for details"}"#, kind: .busy,
            means: .conflict),
        Row(
            status: 401,
            body:
                #"{"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"x"}}"#,
            kind: .unauthorized, means: .unauthorized),
        Row(status: 403, body: "<html>blocked</html>", kind: .forbidden, means: .forbidden),
        Row(
            status: 404, body: #"{"message":"No such entity with %fieldName = %fieldValue"}"#, kind: .notFound,
            means: .notFound),
        Row(status: 405, body: "", kind: .rejected, means: .validation),
        Row(
            status: 429, body: #"{"message":"Too Many Requests","trace":null}"#, kind: .throttled,
            means: .throttled, asksFor: .seconds(30), retryAfter: "30"),
        Row(
            status: 500, body: #"{"messages":{"error":[{"code":500,"message":"Server internal error."}]}}"#,
            kind: .crashed, means: .serverError),
        Row(status: 500, body: "<html>Error</html>", kind: .unavailable, means: .unavailable),
        Row(
            status: 429, body: "", kind: .throttled, means: .throttled,
            asksFor: .seconds(5)),
        Row(status: 502, body: "", kind: .unavailable, means: .unavailable),
        Row(
            status: 503, body: "<!doctype html><html><title>Service Temporarily Unavailable</title></html>",
            kind: .unavailable, means: .unavailable),
        Row(
            status: 503, body: "", kind: .unavailable, means: .unavailable, asksFor: .seconds(60),
            retryAfter: "Thu, 01 Jan 1970 00:01:10 GMT"),
        Row(status: 504, body: "", kind: .outcomeUnclear, means: .unclearOutcome),
        Row(status: 301, body: "", kind: .misdirected, means: .misconfigured),
        Row(
            status: 200, body: "<html><title>Welcome</title></html>", kind: .unreadable,
            means: .unreadable),
        Row(status: 200, body: "", kind: .unreadable, means: .unreadable),
    ]

    @Test("each refusal is of a kind that says what follows", arguments: rows)
    func judges(_ row: Row) async throws {
        var headers: HTTPFields = [:]
        if let value = row.retryAfter { headers[.retryAfter] = value }
        let answer = OutboundResponse(status: row.status, headers: headers, body: Fixture.bytes(row.body))
        let client = CommerceClient(
            endpoint: try CommerceEndpoint(baseURL: "https://shop.example.com"),
            authorization: BearerAuthorization(token: "t"), transport: ScriptedTransport([.success(answer)]),
            clock: StoppedClock(moment: Timestamp(millisecondsSince1970: 10_000)))
        let fault = try #require(await #expect(throws: CommerceFault.self) { try await client.ping() })
        #expect(fault.kind == row.kind)
        #expect(fault.failureKind == row.means)
        #expect(fault.retryAfter == row.asksFor)
        #expect(fault.destination == "commerce")
        #expect(fault.status == row.status)
        #expect(fault.reason.code == "commerce-\(row.kind.rawValue)")
        #expect(fault.description.hasPrefix("Commerce, GET /V1/orders: \(row.status), "))
        let isParked = RetryRules().treatment(of: fault.failureKind) == .park
        let needsAPerson = isParked || [.unauthorized, .forbidden, .unreadable].contains(row.kind)
        #expect(needsAPerson == (fault.reason.advice != nil))
    }

    static let transportErrors: [(TransportError, CommerceFault.Kind)] = [
        (.notConnected("refused"), .unreachable), (.interrupted("deadline"), .outcomeUnclear),
        (.responseTooLarge(limit: 1), .outcomeUnclear), (.invalidURL("x"), .misdirected),
    ]

    @Test("no answer is told apart by whether the request may have had its effect", arguments: transportErrors)
    func judgesSilence(_ error: TransportError, _ kind: CommerceFault.Kind) {
        #expect(CommerceFault(error, call: "POST /V1/orders").kind == kind)
    }

    static let messages: [(String, String?)] = [
        (
            #"{"message":"Invalid product data: %1","parameters":["Invalid attribute set"]}"#,
            "Invalid product data: Invalid attribute set"
        ),
        (#"{"message":"%2 before %1","parameters":["a",7]}"#, "7 before a"),
        (
            #"{"message":"%field is not %fieldName","parameters":{"field":"%fieldName","fieldName":"sku"}}"#,
            "%fieldName is not sku"
        ),
        (#"{"message":"100% of %1 and %x","parameters":["1"]}"#, "100% of 1 and %x"),
        (
            #"{"message":"Two.","errors":[{"message":"%1.","parameters":["A"]},{"message":"B."}],"trace":null}"#,
            "Two. A. B."
        ),
        (#"{"messages":{"error":[{"code":500,"message":"Server internal error."}]}}"#, "Server internal error."),
        (#"{"message":"No parameters: %1","parameters":null}"#, "No parameters: %1"),
        ("{}", nil), ("[]", nil), ("true", nil), ("<html></html>", nil), ("", nil), (#"{"message":7}"#, nil),
    ]

    @Test("Commerce's message is read from each of its shapes, placeholders filled in", arguments: messages)
    func readsMessage(_ body: String, _ message: String?) {
        #expect(CommerceErrorBody.message(in: Fixture.bytes(body)) == message)
    }

    @Test("a long message is cut")
    func cutsMessage() {
        let body = #"{"message":""# + String(repeating: "x", count: 10_000) + #""}"#
        #expect(CommerceErrorBody.message(in: Fixture.bytes(body))?.count == CommerceErrorBody.longestMessage)
    }
}

struct StoppedClock: WallClock {
    let moment: Timestamp
    func now() -> Timestamp { moment }
    func sleep(until moment: Timestamp) async throws {}
}

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
        let disposition: Disposition
        var retryAfter: String?
    }

    static let rows = [
        Row(status: 400, body: #"{"message":"Invalid state"}"#, kind: .rejected, disposition: .park),
        Row(
            status: 400,
            body: #"{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"sku"}}"#,
            kind: .rejected, disposition: .park),
        Row(
            status: 400,
            body:
                #"{"message":"SQLSTATE[40001]: Serialization failure: 1213 Deadlock found when trying to get lock"}"#,
            kind: .busy, disposition: .retry(after: nil)),
        Row(
            status: 400, body: #"{"message":"Could not save an invoice, see error log for details"}"#, kind: .busy,
            disposition: .retry(after: nil)),
        Row(
            status: 401,
            body:
                #"{"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"x"}}"#,
            kind: .unauthorized, disposition: .retry(after: nil)),
        Row(status: 403, body: "<html>blocked</html>", kind: .forbidden, disposition: .retry(after: nil)),
        Row(
            status: 404, body: #"{"message":"No such entity with %fieldName = %fieldValue"}"#, kind: .notFound,
            disposition: .park),
        Row(status: 405, body: "", kind: .rejected, disposition: .park),
        Row(
            status: 429, body: #"{"message":"Too Many Requests","trace":null}"#, kind: .throttled,
            disposition: .retry(after: .seconds(30)), retryAfter: "30"),
        Row(
            status: 500, body: #"{"messages":{"error":[{"code":500,"message":"Server internal error."}]}}"#,
            kind: .unavailable, disposition: .retry(after: nil)),
        Row(status: 502, body: "", kind: .unavailable, disposition: .retry(after: nil)),
        Row(
            status: 503, body: "<!doctype html><html><title>Service Temporarily Unavailable</title></html>",
            kind: .unavailable, disposition: .retry(after: nil)),
        Row(
            status: 503, body: "", kind: .unavailable, disposition: .retry(after: .seconds(60)),
            retryAfter: "Thu, 01 Jan 1970 00:01:10 GMT"),
        Row(status: 504, body: "", kind: .outcomeUnclear, disposition: .retry(after: nil)),
        Row(status: 301, body: "", kind: .misdirected, disposition: .park),
        Row(
            status: 200, body: "<html><title>Welcome</title></html>", kind: .unreadable,
            disposition: .retry(after: nil)),
        Row(status: 200, body: "", kind: .unreadable, disposition: .retry(after: nil)),
    ]

    @Test("each refusal leads to a retry or to a person", arguments: rows)
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
        #expect(fault.disposition == row.disposition)
        #expect(fault.status == row.status)
        #expect(fault.reason.code == "commerce-\(row.kind.rawValue)")
        #expect(fault.description.hasPrefix("Commerce, GET /V1/orders: \(row.status), "))
        let needsAPerson = fault.disposition == .park || [.unauthorized, .forbidden, .unreadable].contains(row.kind)
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

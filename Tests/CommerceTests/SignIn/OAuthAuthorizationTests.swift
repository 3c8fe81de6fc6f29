import HTTPClient
import HTTPTypes
import Relay
import Testing

@testable import Commerce

@Suite("Signing requests to Commerce")
struct OAuthAuthorizationTests {
    private let clock = ManualClock()
    private let authorization: OAuthAuthorization
    private let get = OutboundRequest(method: .get, url: "https://shop.example.com/rest/V1/orders/1")
    private let post = OutboundRequest(method: .post, url: "https://shop.example.com/rest/V1/orders")

    init() { authorization = OAuthAuthorization(credentials: OAuthVector.credentials, clock: clock) }

    private func field(_ name: String) throws -> String {
        let header = try #require(try authorization.headers(for: get)[.authorization])
        let part = try #require(header.split(separator: "\(name)=\"").last)
        return String(part.prefix { $0 != "\"" })
    }

    /// The shop's clock is this far ahead of ours.
    private func refusal(_ message: String, status: Int = 401, ahead: Int64? = 0) -> OutboundResponse {
        var headers = HTTPFields()
        if let ahead {
            headers[.date] = TestDate.text(clock.now().millisecondsSince1970 / 1000 + ahead)
        }
        return OutboundResponse(
            status: status, headers: headers, body: Fixture.bytes(#"{"message":"\#(message)"}"#))
    }

    @Test("each try has a nonce of its own")
    func nonces() throws {
        let nonces = try (0..<100).map { _ in try field("oauth_nonce") }
        #expect(Set(nonces).count == 100)
        #expect(nonces.allSatisfy { $0.count == 32 })
        #expect(try field("oauth_timestamp") == "1767261612")
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let message: String
        var status = 401
        let next: CredentialVerdict.Next?
        var advice = ""
        var testDescription: String { "\(status) \(message)" }
    }

    @Test(
        "what the shop says is told apart",
        arguments: [
            Row(message: "The nonce is already being used by the consumer with ID 1.", next: .again, advice: "proxy"),
            Row(message: "An error occurred validating the nonce.", next: .again),
            Row(
                message: "The signature is invalid. Verify and try again.", next: .giveUp, advice: "accessTokenSecret"
            ),
            Row(
                message: "A consumer having the specified key does not exist", next: .giveUp, advice: "consumerKey"),
            Row(message: "Specified token does not exist", next: .giveUp, advice: "accessToken"),
            Row(message: "Die Signatur ist falsch", next: .giveUp, advice: "commerce.auth.oauth1"),
            Row(
                message: "Incorrect timestamp value in the oauth_timestamp parameter", status: 400, next: .giveUp,
                advice: "NTP"),
            Row(message: "The consumer isn't authorized to access %resources.", next: nil),
            Row(message: "Invalid product data", status: 400, next: nil),
        ])
    func verdicts(_ row: Row) {
        let verdict = authorization.verdict(on: refusal(row.message, status: row.status), to: get)
        #expect(verdict?.next == row.next)
        let advice = verdict?.advice ?? ""
        #expect(row.advice.isEmpty || advice.contains(row.advice), "\(advice)")
        #expect(verdict?.finding == nil)
    }

    @Test("a nonce that was there already means, of a write, that its first copy may have had its effect")
    func copied() {
        let verdict = authorization.verdict(
            on: refusal("The nonce is already being used by the consumer with ID 1."), to: post)
        #expect(verdict?.next == .outcomeUnclear)
    }

    @Test(
        "a clock that is far off is told with the difference, and the shop's time is tried once",
        arguments: [(-1500, "1500 s ahead of"), (1500, "1500 s behind")] as [(Int64, String)])
    func skew(_ ahead: Int64, _ words: String) throws {
        let answer = refusal("The signature is invalid. Verify and try again.", ahead: ahead)
        let first = try #require(authorization.verdict(on: answer, to: get))
        #expect(first.next == .again)
        #expect(first.finding == "The clock of this machine is \(words) the shop's.")
        #expect(try field("oauth_timestamp") == String(1_767_261_612 + ahead))
        let second = try #require(authorization.verdict(on: answer, to: get))
        #expect(second.next == .giveUp)
        #expect(second.finding == first.finding)
        #expect(second.advice?.contains("consumerSecret") == true)
    }

    @Test(
        "a difference of minutes, or an answer without a time, changes nothing",
        arguments: [299, -299, nil] as [Int64?])
    func smallSkew(_ ahead: Int64?) throws {
        let verdict = authorization.verdict(on: refusal("The signature is invalid.", ahead: ahead), to: get)
        #expect(verdict?.next == .giveUp)
        #expect(verdict?.finding == nil)
        #expect(try field("oauth_timestamp") == "1767261612")
    }

    @Test("what cannot be signed is told without being sent")
    func unsignable() {
        var request = get
        request.url += "?searchCriteria%5Bfilter_groups%5D%5B10%5D=1"
        let fault = #expect(throws: CommerceFault.self) { try authorization.headers(for: request) }
        #expect(fault?.detail.contains("index above 9") == true)
    }
}

/// `Thu, 01 Jan 2026 10:00:12 GMT`, for days in January 2026.
enum TestDate {
    static func text(_ seconds: Int64) -> String {
        let (day, rest) = (seconds - 1_767_225_600).quotientAndRemainder(dividingBy: 86_400)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "Thu, \(two(day + 1)) Jan 2026 \(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60)) GMT"
    }
}

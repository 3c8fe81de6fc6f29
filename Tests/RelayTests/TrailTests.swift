import Foundation
import Relay
import Testing

@Suite("Audit trail of an attempt")
struct TrailTests {
    static func call(_ target: String) -> Call {
        Call(
            destination: "dynamics", method: "POST", target: target,
            sent: Call.Message(headers: [("authorization", "Bearer secret")], body: Array("personal".utf8)),
            status: 200, received: Call.Message(headers: [("set-cookie", "secret")], body: Array("personal".utf8)),
            startedAt: ManualClock.start, milliseconds: 1)
    }

    @Test("keeps exchanges in order, under the step that made them")
    func order() {
        let trail = Trail(redactor: ContentFreeRedactor())
        trail.record(Self.call("/a"))
        Trail.$step.withValue("header") { trail.record(Self.call("/b")) }
        #expect(trail.exchanges.map(\.target) == ["/a", "/b"])
        #expect(trail.exchanges.map(\.step) == [nil, "header"])
    }

    @Test("keeps the last exchanges when there are more than its limit")
    func limit() {
        let trail = Trail(redactor: ContentFreeRedactor())
        for number in 1...(Trail.exchangeLimit + 5) { trail.record(Self.call("/\(number)")) }
        #expect(trail.exchanges.count == Trail.exchangeLimit)
        #expect(trail.exchanges.first?.target == "/6")
        #expect(trail.exchanges.last?.target == "/\(Trail.exchangeLimit + 5)")
    }

    @Test("keeps nothing of what was in a call unless it was decided what to keep")
    func contentFree() throws {
        let trail = Trail(redactor: ContentFreeRedactor())
        trail.record(Self.call("/data/CustomersV3(dataAreaId='usmf',CustomerAccount='C-1')?$filter=Name eq 'Doe'"))
        let exchange = try #require(trail.exchanges.first)
        #expect(exchange.target == "/data/CustomersV3" && exchange.status == 200)
        for secret in ["secret", "personal", "Doe", "C-1"] { #expect(!"\(exchange)".contains(secret)) }
    }
}

@Suite("Exchanges in the store")
struct ExchangeCodingTests {
    @Test("Those that an earlier version wrote, without headers, are still read")
    func earlier() throws {
        let json = #"{"destination":"dynamics","method":"GET","target":"/data","startedAt":5,"milliseconds":7}"#
        let exchange = try JSONDecoder().decode(Exchange.self, from: Data(json.utf8))
        #expect(
            exchange
                == Exchange(
                    destination: "dynamics", method: "GET", target: "/data", status: nil, sent: nil, received: nil,
                    startedAt: Timestamp(millisecondsSince1970: 5), milliseconds: 7))
    }

    @Test("What is written is read back")
    func roundTrip() throws {
        let exchange = Exchange(
            step: "header", destination: "dynamics", method: "POST", target: "/data", status: 201,
            identifiers: ["ms-dyn-aid": "a"], sentHeaders: ["accept": "b"], receivedHeaders: ["etag": "c"],
            sent: "{}", received: "[]", failure: "none", startedAt: ManualClock.start, milliseconds: 9)
        #expect(try JSONDecoder().decode(Exchange.self, from: JSONEncoder().encode(exchange)) == exchange)
    }
}

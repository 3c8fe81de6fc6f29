import Relay
import Testing

@Suite("Audit trail of an attempt")
struct TrailTests {
    static func exchange(_ target: String, step: String? = nil) -> Exchange {
        Exchange(
            step: step, destination: "dynamics", method: "GET", target: target, status: 200, sent: nil,
            received: nil, startedAt: ManualClock.start, milliseconds: 1)
    }

    @Test("keeps exchanges in order, under the step that made them")
    func order() {
        let trail = Trail()
        trail.record(Self.exchange("/a"))
        Trail.$step.withValue("header") { trail.record(Self.exchange("/b")) }
        Trail.$step.withValue("header") { trail.record(Self.exchange("/c", step: "lines")) }
        #expect(trail.exchanges.map(\.target) == ["/a", "/b", "/c"])
        #expect(trail.exchanges.map(\.step) == [nil, "header", "lines"])
    }

    @Test("keeps the last exchanges when there are more than its limit")
    func limit() {
        let trail = Trail()
        for number in 1...(Trail.exchangeLimit + 5) { trail.record(Self.exchange("/\(number)")) }
        #expect(trail.exchanges.count == Trail.exchangeLimit)
        #expect(trail.exchanges.first?.target == "/6")
        #expect(trail.exchanges.last?.target == "/\(Trail.exchangeLimit + 5)")
    }

    @Test("an empty body leaves no text")
    func empty() { #expect(Trail.excerpt([]) == nil) }

    @Test("a body up to the limit is kept whole", arguments: [1, Trail.bodyLimit - 1, Trail.bodyLimit])
    func whole(count: Int) {
        #expect(Trail.excerpt([UInt8](repeating: 0x61, count: count)) == String(repeating: "a", count: count))
    }

    @Test("a longer body says how long it was")
    func cut() {
        let count = Trail.bodyLimit + 1
        let kept = String(repeating: "a", count: Trail.bodyLimit)
        #expect(Trail.excerpt([UInt8](repeating: 0x61, count: count)) == "\(kept)… (\(count) bytes)")
    }

    @Test("is cut between characters, never inside one", arguments: ["é", "€", "😀"], 0...3)
    func characters(character: String, offset: Int) throws {
        let text = String(repeating: "a", count: offset) + String(repeating: character, count: Trail.bodyLimit)
        let excerpt = try #require(Trail.excerpt(Array(text.utf8)))
        let kept = try #require(excerpt.split(separator: "…").first)
        #expect(!excerpt.contains("\u{FFFD}"))
        #expect(text.hasPrefix(kept))
        #expect(kept.utf8.count > Trail.bodyLimit - 4 && kept.utf8.count <= Trail.bodyLimit)
    }

    @Test("bytes that are no text at all neither trap nor exceed the limit")
    func garbage() throws {
        let excerpt = try #require(Trail.excerpt([UInt8](repeating: 0x80, count: Trail.bodyLimit * 2)))
        #expect(excerpt == "… (\(Trail.bodyLimit * 2) bytes)")
    }
}

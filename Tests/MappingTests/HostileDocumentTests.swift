import Foundation
import Mapping
import Testing

@Suite("A hostile document", .timeLimit(.minutes(5)))
struct HostileDocumentTests {
    private func refusal(_ yaml: String) -> [String] {
        Fixture.problems(shipped: Fixture.isolated, own: ["own.yaml": yaml])
    }

    private static var laughs: String {
        var lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
        for level in 1...9 {
            let words = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(words)]")
        }
        return lines.joined(separator: "\n") + "\nmapping: *a9\n"
    }

    @Test("with nested aliases costs no more than its length, and is refused")
    func laughs() {
        #expect(
            refusal(Self.laughs) == [
                "own.yaml:4:21: found more than 20 words behind a *; expected no aliases: each rule stands for itself"
            ])
    }

    @Test("with few aliases is refused as well")
    func fewAliases() {
        #expect(
            refusal("mapping: &x header\nfrom: *x\n") == [
                "own.yaml:1:10: found an anchor; expected no anchors and aliases: each rule for itself"
            ])
    }

    @Test(
        "that nests deeply is refused",
        arguments: [
            String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 50_000),
            String(repeating: "- ", count: 100_000) + "a", String(repeating: "? ", count: 100_000),
        ])
    func deep(yaml: String) {
        let problems = refusal(yaml)
        #expect(problems.count == 1 && problems.allSatisfy { $0.contains("more than 20 levels") }, "\(problems)")
    }

    @Test("that nests deeply by indentation ends in an answer")
    func indentation() {
        let yaml = (0..<600).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(!refusal(yaml).isEmpty)
    }

    @Test("of a megabyte is refused before it is read")
    func megabyte() {
        let yaml = Fixture.head + String(repeating: "# comment\n", count: 120_000)
        #expect(
            refusal(yaml) == [
                "own.yaml:1:1: found \(yaml.utf8.count) bytes; expected at most \(256 << 10) bytes"
            ])
    }

    @Test("with as many fields as there is room for ends in an answer")
    func manyFields() {
        let yaml = Fixture.head + (0..<6000).map { "  Field\($0): order.name\n" }.joined()
        #expect(refusal(yaml).count == 6000)
    }

    @Test("of any bytes makes no crash", arguments: 0..<200)
    func anyBytes(seed: UInt64) {
        var random = SplitMix(state: seed)
        let bytes = (0..<Int.random(in: 0..<400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        }
        _ = refusal(String(decoding: bytes, as: UTF8.self))
    }

    @Test("made of a good one by changing a few characters is read or refused with a place", arguments: 0..<300)
    func nearlyGood(seed: UInt64) {
        var random = SplitMix(state: seed)
        let marks = Array(":{}[],-?&*#|>'\"%@` \n\t0aé🚚")
        var text = Array(Fixture.header(Self.good))
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0..<text.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: text[place] = marks.randomElement(using: &random) ?? "x"
            case 1: text.insert(marks.randomElement(using: &random) ?? "x", at: place)
            default: text.remove(at: place)
            }
        }
        do {
            _ = try Fixture.catalog.load(shipped: Fixture.isolated, own: ["own.yaml": String(text)])
        } catch {
            #expect(error.problems.allSatisfy { $0.line >= 1 && $0.column >= 1 && !$0.expected.isEmpty })
        }
    }

    private static let good = """
          Street: { from: [order.street, order.name], join: ", ", cut: true }
          Mode: { from: order.method, table: shipping-methods, column: DeliveryModeCode }
          Amount: { from: order.total, number: { round: 2, negate: true } }
          Requested: { from: order.created_at, date: noon }
        """
}

extension Fixture {
    /// A shipped document that nothing is wrong with.
    static let isolated = ["header.yaml": header(""), "line.yaml": line]
}

/// The same numbers on every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

import Foundation
import Relay
import Testing

@Suite("The life of a delivery")
struct DeliveryChangeTests {
    @Test("docs/relay.md shows what each change leads to in each state", arguments: DeliveryChange.allCases)
    func document(_ change: DeliveryChange) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let lines = try String(contentsOf: root.appending(path: "docs/relay.md"), encoding: .utf8)
            .split(separator: "\n").map { Self.cells(of: $0) }
        let head = try #require(lines.first { $0.first == "Change" })
        let row = try #require(lines.first { $0.first == change.rawValue && $0.count == head.count })
        #expect(Set(head.dropFirst()) == Set(DeliveryState.allCases.map(\.rawValue)))
        for (state, cell) in zip(head, row).dropFirst() {
            let after = DeliveryState(rawValue: state)?.after(change)?.rawValue
            #expect(cell == after ?? "–", "\(change) in \(state)")
        }
    }

    private static func cells(of line: Substring) -> [String] {
        line.split(separator: "|").map {
            $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "`", with: "")
        }
    }

    @Test(
        "nothing but a person's replay leaves a finished state",
        arguments: DeliveryState.allCases.filter(\.isFinished))
    func finished(_ state: DeliveryState) {
        for change in DeliveryChange.allCases where change != .replayed { #expect(state.after(change) == nil) }
    }

    @Test("whatever runs can end", arguments: [DeliveryState.ready, .running, .waiting, .parked])
    func canEnd(_ state: DeliveryState) { #expect(state.after(.skipped) == .skipped) }
}

import Commerce
import Foundation
import Sandbox
import Testing

@Suite("docs/commerce.md")
struct DocumentTests {
    static let text = try? String(
        contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/commerce.md"), encoding: .utf8)

    static func row(_ operation: CommerceOperation) -> String {
        let editions = operation.editions.count == 2 ? "both" : operation.editions == [.saas] ? "SaaS" : "PaaS"
        let repeats = operation.effect.map { "no: \($0)" } ?? "yes"
        return "| `\(operation.rawValue)` | \(editions) | `\(operation.permission)` | \(repeats) |"
    }

    @Test("The table has a row for every operation, as the code knows it", arguments: CommerceOperation.allCases)
    func operations(_ operation: CommerceOperation) throws {
        let text = try #require(Self.text)
        #expect(text.contains(Self.row(operation)), "missing: \(Self.row(operation))")
    }

    @Test("The table has no row of an operation that is gone")
    func noMore() throws {
        let lines = try #require(Self.text).split(separator: "\n")
        let rows = lines.filter { $0.contains("/V1/") && $0.hasPrefix("| `") }
        #expect(rows.count == CommerceOperation.allCases.count)
    }

    @Test("Every deviation from the published schema is told", arguments: CommerceDeviation.all.map(\.operation))
    func deviations(_ operation: String) throws {
        #expect(try #require(Self.text).contains("- `\(operation)`:"))
    }
}

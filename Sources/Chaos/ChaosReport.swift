import Foundation

/// What a run has done and found.
public struct ChaosReport: Sendable {
    public let findings: [Finding]
    /// Counts of what happened, by name.
    public let tally: [String: Int]
    /// How deliveries ended.
    public let reasons: [String: Int]
    /// What the platforms did wrong.
    public let faults: [String: Int]
    /// In the store.
    public let events: Int
    public let orders: Int
    public let stormed: Duration
    public let took: Duration

    /// Lines of each kind of finding that are printed.
    private static let shown = 20

    public var text: String {
        let seconds = stormed / .seconds(1)
        let rows: [(String, String)] =
            [
                ("orders", "\(orders), \(Self.number(Double(orders) / max(seconds, 0.001))) a second"),
                (
                    "events",
                    "\(events) in the store; \(tally["acknowledged"] ?? 0) acknowledged, "
                        + "\(tally["acknowledged again"] ?? 0) of them again"
                ),
                ("time", "\(Self.number(seconds)) s in the storm, \(Self.number(took / .seconds(1))) s in all"),
                ("memory", "\(Self.number(Double(tally["resident KiB"] ?? 0) / 1024)) MiB resident at most"),
                ("", ""),
            ] + Self.section(tally.filter { !Self.inRowsOfItsOwn.contains($0.key) }) + [("", "")]
            + Self.section(faults.reduce(into: [:]) { $0["answered: \($1.key)"] = $1.value }) + [("", "")]
            + Self.section(reasons.reduce(into: [:]) { $0["ended as \($1.key)"] = $1.value })
        let width = rows.map(\.0.count).max() ?? 0
        let table = rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value
        }
        return (table + [""] + verdict).joined(separator: "\n")
    }

    private static let inRowsOfItsOwn: Set = ["acknowledged", "acknowledged again", "resident KiB"]

    private static func section(_ counts: [String: Int]) -> [(String, String)] {
        counts.sorted { $0.key < $1.key }.map { ($0.key, String($0.value)) }
    }

    private var verdict: [String] {
        guard !findings.isEmpty else {
            return [
                "Every acknowledged event is accounted for; no effect is missing, doubled or out of order; "
                    + "every process kept the pauses that it was asked for."
            ]
        }
        return Finding.Check.allCases.flatMap { check -> [String] in
            let found = findings.filter { $0.check == check }
            guard !found.isEmpty else { return [] }
            let more = found.count > Self.shown ? ["  … and \(found.count - Self.shown) more"] : []
            return ["\(check.rawValue): \(found.count)"] + found.prefix(Self.shown).map { "  \($0.text)" } + more
        }
    }

    private static func number(_ value: Double) -> String {
        value.formatted(.number.precision(.fractionLength(1)).locale(Locale(identifier: "en_US")))
    }
}

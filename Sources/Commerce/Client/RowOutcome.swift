/// What became of rows that were written together: an answer of 200 may refuse some of them.
public struct RowOutcome<Row: Sendable & Equatable>: Sendable, Equatable {
    public struct Refusal: Sendable, Equatable {
        public var row: Row
        /// Why, in Commerce's words; several where it has several.
        public var messages: [String]

        public init(row: Row, messages: [String]) {
            self.row = row
            self.messages = messages
        }
    }

    /// Not written. All other rows were, unless `unattributed` says otherwise.
    public var refused: [Refusal]
    /// Refusals that name no row that was sent. Somebody has to look: some row was not written.
    public var unattributed: [String]

    public init(refused: [Refusal] = [], unattributed: [String] = []) {
        self.refused = refused
        self.unattributed = unattributed
    }

    public var isComplete: Bool { refused.isEmpty && unattributed.isEmpty }

    static func joined(_ parts: [RowOutcome]) -> RowOutcome {
        RowOutcome(refused: parts.flatMap(\.refused), unattributed: parts.flatMap(\.unattributed))
    }

    /// Finds the rows that complaints are about. They carry no index: a row is meant if its SKU is among the values
    /// that the complaint names. Of several rows of one SKU those are meant whose other marks it names most of.
    static func matching(
        _ complaints: [CommerceComplaint], to rows: [Row], sku: (Row) -> String, marks: (Row) -> [String]
    ) -> RowOutcome {
        var messages: [Int: [String]] = [:]
        var unattributed: [String] = []
        let bySKU = Dictionary(grouping: rows.indices) { sku(rows[$0]).lowercased() }
        for complaint in complaints {
            let values = Set(complaint.parameters.values.map { $0.lowercased() })
            let candidates = values.flatMap { bySKU[$0] ?? [] }
            let scores = candidates.map { index in marks(rows[index]).count { values.contains($0.lowercased()) } }
            guard let best = scores.max() else {
                unattributed.append(complaint.message)
                continue
            }
            for (index, score) in zip(candidates, scores) where score == best {
                messages[index, default: []].append(complaint.message)
            }
        }
        let refused = messages.sorted { $0.key < $1.key }.map { Refusal(row: rows[$0.key], messages: $0.value) }
        return RowOutcome(refused: refused, unattributed: unattributed)
    }
}

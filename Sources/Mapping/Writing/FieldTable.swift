/// A document as the table that a consultant would draw.
public struct FieldTable: Sendable, Equatable, Encodable {
    public struct Row: Sendable, Equatable, Encodable {
        /// Where the rule is from.
        public enum Standing: String, Sendable, Encodable {
            case shipped, own
            /// Shipped, and taken away by the company.
            case removed
            /// Filled by the flow itself.
            case flow
            /// Filled by nobody, though a rule could.
            case unused
        }

        public var field: String
        /// `text (60)`
        public var type: String
        public var isRequired: Bool
        /// `order.order_currency_code`; empty where there is no rule.
        public var source: String
        /// What is done with it, in words; empty for nothing.
        public var rules: String
        public var standing: Standing
        /// `order-header.yaml:12`; empty where there is no rule.
        public var place: String
        public var note: String
    }

    public var mapping: String
    public var from: String
    public var to: String
    /// In the document's sequence; then what is removed, the flow's fields, and those that nobody fills.
    public var rows: [Row]
}

extension MappingSet {
    /// - Returns: `nil` if there is no such document.
    public func table(of name: String) -> FieldTable? {
        guard let document = documents[name] else { return nil }
        let target = targets[document.to]
        func row(_ field: String, _ standing: FieldTable.Row.Standing, place: String = "") -> FieldTable.Row {
            let known = target?.fields[field]
            return FieldTable.Row(
                field: field, type: known?.kind.label ?? "", isRequired: known?.isRequired ?? false, source: "",
                rules: "", standing: standing, place: place, note: known?.note ?? "")
        }
        var rows = document.fields.map { field in
            var row = row(field.name, field.isOwn ? .own : .shipped, place: field.place)
            row.source = field.rule.sourceWords
            row.rules = field.rule.words
            return row
        }
        rows += document.removed.map { row($0.name, .removed, place: $0.place) }
        let owned = target?.owned ?? []
        rows += owned.sorted().map { row($0, .flow) }
        let listed = Set(rows.map(\.field))
        rows += (target?.fields.keys.sorted() ?? []).filter { !listed.contains($0) }.map { row($0, .unused) }
        return FieldTable(mapping: name, from: document.from, to: document.to, rows: rows)
    }
}

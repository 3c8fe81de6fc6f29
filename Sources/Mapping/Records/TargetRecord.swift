/// All fields of one kind of record that documents may fill: `dynamics.SalesOrderHeader`.
public struct TargetRecord: Sendable, Equatable {
    public let name: String
    /// Fields by name.
    public let fields: [String: TargetField]
    /// Fields that the flow fills itself, because the record is found again by them.
    public let owned: Set<String>

    public init(_ name: String, owned: Set<String> = [], _ fields: [TargetField]) {
        self.name = name
        self.owned = owned
        self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

import Foundation
import JSON

/// One entity set of the OData service: its properties and their types, which are what requests are checked against.
struct EntitySchema: Sendable {
    enum Kind: Sendable, Equatable {
        case string
        case decimal
        case int32
        case int64
        case dateTime
        /// - Parameter type: Short name in `Microsoft.Dynamics.DataEntities`.
        case enumeration(type: String, symbols: [String])
    }

    struct Property: Sendable {
        let name: String
        let kind: Kind
        var isReadOnly = false
        var isRequired = false
    }

    let set: String
    let type: String
    let key: [String]
    let properties: [Property]
    private let byName: [String: Property]
    /// The whole set is read-only.
    let isReadOnly: Bool

    init(set: String, type: String, key: [String], isReadOnly: Bool = false, _ groups: [[Property]]) {
        self.set = set
        self.type = type
        self.key = key
        self.isReadOnly = isReadOnly
        properties = [Property(name: "dataAreaId", kind: .string)] + groups.joined()
        byName = Dictionary(properties.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Names are case-sensitive.
    func property(_ name: String) -> Property? { byName[name] }

    static let namespace = "Microsoft.Dynamics.DataEntities"
    var fullType: String { "\(Self.namespace).\(type)" }
}

extension EntitySchema.Kind {
    /// What F&O shows for a field that nobody set: it has no nulls in these tables.
    var empty: JSONValue {
        switch self {
        case .string: ""
        case .decimal, .int32, .int64: 0
        case .dateTime: "1900-01-01T00:00:00Z"
        case .enumeration(_, let symbols): .string(symbols.first ?? "")
        }
    }

    var edmName: String {
        switch self {
        case .string: "Edm.String"
        case .decimal: "Edm.Decimal"
        case .int32: "Edm.Int32"
        case .int64: "Edm.Int64"
        case .dateTime: "Edm.DateTimeOffset"
        case .enumeration(let type, _): "\(EntitySchema.namespace).\(type)"
        }
    }

    /// Whether a JSON value fits the type. Numbers in quotes do not.
    func accepts(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.string, .string): true
        case (.decimal, .number): value.numberValue != nil
        case (.int32, .number): value.intValue.map { Int32(exactly: $0) != nil } ?? false
        case (.int64, .number): value.intValue != nil
        case (.dateTime, .string(let text)): ODataDate.isDateTimeOffset(text)
        case (.enumeration(_, let symbols), .string(let text)): symbols.contains(text)
        default: false
        }
    }
}

extension [EntitySchema.Property] {
    /// - Parameter names: Separated by white space.
    static func of(_ kind: EntitySchema.Kind, _ names: String) -> Self {
        names.split(whereSeparator: \.isWhitespace).map { EntitySchema.Property(name: String($0), kind: kind) }
    }

    static func noYes(_ names: String) -> Self { of(.enumeration(type: "NoYes", symbols: ["No", "Yes"]), names) }

    var readOnly: Self {
        map { property in
            var copy = property
            copy.isReadOnly = true
            return copy
        }
    }

    var required: Self {
        map { property in
            var copy = property
            copy.isRequired = true
            return copy
        }
    }
}

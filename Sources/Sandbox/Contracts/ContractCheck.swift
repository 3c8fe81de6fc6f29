import JSON

/// Compares one body with its schema.
struct ContractCheck {
    let definitions: [String: ContractSchema]
    /// Pointers of members that may be missing although the schema requires them; `*` for any index.
    let optional: Set<String>
    private(set) var violations: [ContractViolation] = []

    /// More than this are not told: one is enough to refuse.
    static let mostViolations = 20
    /// Definitions refer to each other, some in circles; a body ends before this.
    static let deepest = 32

    init(definitions: [String: ContractSchema], optional: Set<String>) {
        self.definitions = definitions
        self.optional = optional
    }

    /// - Parameters:
    ///   - place: The pointer of the value.
    ///   - pattern: The same with `*` for indices.
    mutating func check(_ value: JSONValue, _ schema: ContractSchema, place: String, pattern: String, depth: Int = 0)
    {
        guard violations.count < Self.mostViolations, depth < Self.deepest else { return }
        switch (schema, value) {
        case (.anything, _), (.number, .number), (.boolean, .bool): return
        case (.reference(let name), _):
            check(value, definitions[name] ?? .anything, place: place, pattern: pattern, depth: depth + 1)
        case (.integer, .number(let number)) where number.integer(Int.self) != nil: return
        case (.string(let allowed), .string(let text)):
            if !allowed.isEmpty, !allowed.contains(text) { report(place, .notOneOf(allowed)) }
        case (.array(let element), .array(let values)):
            for (index, value) in values.enumerated() {
                check(value, element, place: "\(place)/\(index)", pattern: pattern + "/*", depth: depth + 1)
            }
        case (.object(let properties, let required), .object(let members)):
            checkMembers(members, properties, required, place: place, pattern: pattern, depth: depth)
        default: report(place, .wrongType(found: value, expected: schema.typeName))
        }
    }

    private mutating func checkMembers(
        _ members: JSONObject, _ properties: [String: ContractSchema], _ required: [String], place: String,
        pattern: String, depth: Int
    ) {
        for name in required where members[name] == nil && !optional.contains("\(pattern)/\(name)") {
            report("\(place)/\(name)", .missing)
        }
        for member in members.fields {
            guard let schema = properties[member.key] else {
                report("\(place)/\(member.key)", .unknown)
                continue
            }
            check(
                member.value, schema, place: "\(place)/\(member.key)", pattern: "\(pattern)/\(member.key)",
                depth: depth + 1)
        }
    }

    private mutating func report(_ place: String, _ problem: ContractViolation.Problem) {
        violations.append(ContractViolation(place, problem))
    }
}

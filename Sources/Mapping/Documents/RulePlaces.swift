/// Where a rule and its parts stand, for complaints that are found once everything is read.
struct RulePlaces: Sendable, Equatable {
    struct Place: Sendable, Equatable {
        var line: Int
        var column: Int
    }

    var file: String
    /// Of the target field's name.
    var row: Place
    /// By the part's key: `fields.CurrencyCode.from`.
    var parts: [String: Place] = [:]

    func problem(_ key: String, found: String, expected: String) -> MappingProblem {
        let place = parts[key] ?? row
        return MappingProblem(
            file: file, line: place.line, column: place.column, key: key, found: found, expected: expected)
    }
}

import Mapping
import Relay

extension Verdict {
    /// A record that needs a value which nobody has entered yet: parked with the row to add, and released by it.
    /// - Parameters:
    ///   - key: The row, with the record's legal entity.
    ///   - columns: Those that the record needs, at least one.
    ///   - record: `order 000000042`.
    static func missingValue(_ key: ValueKey, columns: [String], record: String) -> Verdict {
        let company = key.scope.isEmpty ? "all legal entities" : "legal entity \(key.scope)"
        let names = columns.joined(separator: ", ")
        return .park(
            "missing-value",
            "The value table \(key.table) has no \(names) for \"\(key.key)\" in \(company), which \(record) needs.",
            advice: "Add the row, and all records that wait for it go on: \(command(key, columns)) (leave out "
                + "--legal-entity if the row is for all).",
            waitsFor: key.text)
    }

    /// As it can be typed, but for the values.
    private static func command(_ key: ValueKey, _ columns: [String]) -> String {
        let words = ["causeway values set", key.table, quoted(key.key)] + columns.map { "\($0)=…" }
        let company = key.scope.isEmpty ? [] : ["--legal-entity \(key.scope)"]
        return (words + company + ["--why …"]).joined(separator: " ")
    }

    /// For a shell: records come from outside, and nothing in them may be a command.
    private static func quoted(_ word: String) -> String {
        let plain = word.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                || "_-.,:/+@".unicodeScalars.contains(scalar)
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}

import HTTPServer
import HTTPTypes
import Mapping

extension Problem {
    static func unknownTable(_ name: String, known: [String]) -> Problem {
        Problem(
            "unknown-table", status: .notFound, title: "No such value table",
            detail: "There is no value table \(name.prefix(ValueTableDefinition.nameLimit)). Known tables: "
                + known.joined(separator: ", ") + ". values.tables in causeway.yaml declares others.")
    }

    static func unknownValue(_ key: ValueKey) -> Problem {
        Problem(
            "unknown-value", status: .notFound, title: "No such row",
            detail: "There is no row \(key). A row for one legal entity and a row for all of them are two; "
                + "GET /operator/v1/values/\(key.table) lists them.")
    }

    /// - Parameter problems: Each with line, column, what was found and what was expected.
    static func unusableValues(_ problems: String) -> Problem {
        Problem(
            "unusable-values", status: .unprocessableContent, title: "The rows cannot be used",
            detail: "Nothing was changed: \(problems).")
    }

    static func tooManyValues(_ error: ValueKeeper.TooManyRows) -> Problem {
        unusableValues(
            "\(error.table) would have \(error.rows) rows, expected at most \(ValueTableDefinition.rowLimit)")
    }
}

import HTTPServer
import JSON
import Mapping

extension OperatorOrder {
    /// `values`: column → text; with `merge`, `null` empties a column and those that are not named stay.
    mutating func values(
        of table: ValueTableDefinition, _ mode: ValueEdit.Mode
    ) throws(Problem) -> [String: String] {
        let node = member("values")
        guard let object = node.value?.objectValue, !object.isEmpty else {
            throw Self.refused(node, "an object with at least one of " + table.columns.joined(separator: ", "))
        }
        var values: [String: String] = [:]
        for field in object.fields {
            let member = node[field.key]
            guard table.columns.contains(field.key) else {
                let near = NearestName.of(field.key, among: table.columns).map { "perhaps \($0)" }
                throw .unusableBody(
                    "\(member.path): found an unknown column, expected "
                        + (near ?? "one of " + table.columns.joined(separator: ", ")) + ".")
            }
            if field.value == .null, mode == .merge {
                values[field.key] = ""
                continue
            }
            guard let text = field.value.stringValue.map(ValueText.trimmed), ValueText.problem(value: text) == nil
            else {
                throw Self.refused(member, "a text of at most \(ValueTableDefinition.valueLimit) characters")
            }
            values[field.key] = text
        }
        guard mode == .merge || values.values.contains(where: { !$0.isEmpty }) else {
            throw Self.refused(node, "at least one value; DELETE takes a row away")
        }
        return values
    }
}

import Mapping

extension ValueTableCatalog {
    /// `values`: tables that a company has besides the standard ones, and columns that it adds to those.
    init(_ section: ConfigurationSection?) {
        guard let section else {
            self.init()
            return
        }
        let tables = section.section("tables")
        let own = tables.map { tables in
            tables.keys.compactMap { ValueTableDefinition(tables, $0) }
        }
        tables?.finish()
        section.finish()
        self.init(own: own ?? [])
    }
}

extension ValueTableDefinition {
    private static let expectedName =
        "a name of lower-case letters, digits and dashes, a letter first, at most \(nameLimit)"

    /// - Returns: `nil` only if a problem was noted.
    fileprivate init?(_ tables: ConfigurationSection, _ name: String) {
        guard let section = tables.section(name) else {
            tables.missing(name, expected: "key and columns of the table")
            return nil
        }
        let standard = ValueTableCatalog.standard[name]
        if !Self.isName(name) { tables.refuseKey(name, expected: Self.expectedName) }
        let key = standard?.key ?? section.columnName("key")
        let side: Side = section.choice("keysOf", default: standard?.keysOf ?? .commerce)
        if standard != nil {
            for fixed in ["key", "keysOf"] where section.child(fixed) != nil {
                section.refuse(
                    fixed, found: "a \(fixed)", expected: "columns alone, since \(name) is a standard table")
            }
        }
        let columns = section.columnNames(besides: [key] + (standard?.columns ?? []))
        section.finish()
        self.init(
            name: name, key: key, columns: (standard?.columns ?? []) + columns, keysOf: side,
            summary: standard?.summary ?? "")
    }
}

extension ConfigurationSection {
    fileprivate func columnName(_ key: String) -> String {
        let expected = "the name of the key: letters, digits and _, a letter first"
        if child(key) == nil { missing(key, expected: expected) }
        return value(key, expected: expected) { ValueTableDefinition.isColumnName($0) ? $0 : nil } ?? ""
    }

    fileprivate func columnNames(besides taken: [String]) -> [String] {
        let limit = ValueTableDefinition.columnLimit
        if child("columns") == nil { missing("columns", expected: "a list with the names of the columns") }
        var names: [String] = []
        for item in list("columns") {
            let expected = "a name of letters, digits and _, a letter first, that no other column has"
            guard let name = scalar(item.node, at: item.path, expected: expected) else { continue }
            if ValueTableDefinition.isColumnName(name), !(taken + names).contains(name) {
                names.append(name)
            } else {
                reading.note(item.node, item.path, found: "\"\(name)\"", expected: expected)
            }
        }
        if names.count + taken.count > limit {
            refuse("columns", found: "\(names.count + taken.count) columns", expected: "at most \(limit)")
        }
        return names
    }
}

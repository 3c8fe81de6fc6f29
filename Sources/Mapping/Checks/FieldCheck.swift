import JSON

/// Holds one row of a field table against what is known of both sides.
struct FieldCheck {
    let field: MappingDocument.Field
    let target: TargetField
    let shape: SourceShape
    let catalog: MappingCatalog
    private(set) var problems: [MappingProblem] = []

    private var rule: FieldRule { field.rule }

    init(_ field: MappingDocument.Field, target: TargetField, shape: SourceShape, catalog: MappingCatalog) {
        self.field = field
        self.target = target
        self.shape = shape
        self.catalog = catalog
    }

    static func problems(
        _ field: MappingDocument.Field, target: TargetField, shape: SourceShape, catalog: MappingCatalog
    ) -> [MappingProblem] {
        var check = FieldCheck(field, target: target, shape: shape, catalog: catalog)
        check.source()
        check.fallback()
        check.conditions()
        check.table()
        check.uselessParts()
        return check.problems
    }

    mutating func note(_ part: String, found: String, expected: String) {
        let key = "fields.\(field.name)" + (part.isEmpty ? "" : ".\(part)")
        problems.append(field.places.problem(key, found: found, expected: expected))
    }

    private mutating func source() {
        switch rule.source {
        case .constant(let value): constant(value)
        case .first(let paths):
            repeated(paths, "from")
            for (index, path) in paths.enumerated() {
                single(path, part(of: "from", index, paths)) { $0.rule(reading: $1, at: $2, of: path) }
            }
        case .joined(let paths, _):
            repeated(paths, "from")
            for (index, path) in paths.enumerated() {
                guard read(path, part(of: "from", index, paths)) == .object else { continue }
                note(part(of: "from", index, paths), found: "\(path), an object", expected: "texts to join")
            }
            rule(reading: .text, at: "join", of: nil)
        case .call(let name, let paths): call(name, paths)
        case .each(let path, _, _):
            switch read(path, "each") {
            case nil, .list?, .object?, .unknown?: break
            case .text?, .number?, .flag?, .date?:
                note("each", found: "\(path), a single value", expected: "a path that leads to a list")
            }
        }
    }

    private mutating func call(_ name: String, _ paths: [MappingPath]) {
        for (index, path) in paths.enumerated() { _ = read(path, part(of: "with", index, paths)) }
        guard let function = catalog.functions.first(where: { $0.name == name }) else {
            note(
                "call", found: "the unknown function \(name)",
                expected: NearestName.advice(name, among: catalog.functions.map(\.name).sorted()))
            return
        }
        guard !function.arguments.contains(paths.count) else { return }
        let (least, most) = (function.arguments.lowerBound, function.arguments.upperBound)
        note(
            paths.isEmpty ? "call" : "with", found: "\(paths.count) paths",
            expected: (least == most ? "\(least)" : "\(least) to \(most)") + " for \(name)")
    }

    /// `nil` once a problem was noted.
    private mutating func read(_ path: MappingPath, _ part: String) -> SourceShape.Reading? {
        do throws(SourceShape.Stranger) {
            return try shape.reading(of: path)
        } catch {
            note(part, found: error.found, expected: error.expected)
            return nil
        }
    }

    private mutating func single(
        _ path: MappingPath, _ part: String,
        then check: (inout FieldCheck, SourceShape.Reading, String) -> Void
    ) {
        guard let reading = read(path, part) else { return }
        switch (reading, target.kind) {
        case (.list, .texts): return
        case (_, .records):
            note(part, found: "\(path)", expected: "a repeated part: each, mapping and as")
        case (.list, _):
            note(part, found: "\(path), a list", expected: "one value: an index such as \(path)[0], or join")
        case (.object, _): note(part, found: "\(path), an object", expected: "one of its fields")
        default: check(&self, reading, part)
        }
    }

    private mutating func repeated(_ paths: [MappingPath], _ part: String) {
        for (index, path) in paths.enumerated() where paths[..<index].contains(path) {
            note("\(part)[\(index)]", found: "\(path) once more", expected: "each path once")
        }
    }

    private func part(of name: String, _ index: Int, _ paths: [MappingPath]) -> String {
        field.places.parts["fields.\(field.name).\(name)[\(index)]"] == nil ? name : "\(name)[\(index)]"
    }

    private mutating func fallback() {
        switch rule.fallback {
        case nil: break
        case .constant(let value)?: fits(value, "default")
        case .first(let paths)?:
            for (index, path) in paths.enumerated() {
                single(path, part(of: "default.from", index, paths)) { _, _, _ in }
            }
        }
    }

    private mutating func conditions() {
        for (index, condition) in rule.conditions.enumerated() {
            let list = field.places.parts["fields.\(field.name).when[\(index)].path"] != nil
            let part = list ? "when[\(index)].path" : "when.path"
            guard let reading = read(condition.path, part), condition.isComparison else { continue }
            guard reading == .list || reading == .object else { continue }
            note(
                part, found: "\(condition.path), \(reading == .list ? "a list" : "an object")",
                expected: "one value to compare; or present")
        }
    }

    private mutating func table() {
        guard let use = rule.table, let tables = catalog.tables else { return }
        guard let columns = tables[use.table] else {
            note(
                "table", found: "the unknown value table \(use.table)",
                expected: NearestName.advice(use.table, among: tables.keys.sorted()))
            return
        }
        guard !columns.contains(use.column) else { return }
        note(
            "column", found: "no column \(use.column) in \(use.table)",
            expected: NearestName.advice(use.column, among: columns.sorted()))
    }
}

extension MappingCondition {
    fileprivate var isComparison: Bool {
        switch test {
        case .isPresent: false
        case .isOneOf, .isNoneOf, .isAbove, .isBelow: true
        }
    }
}

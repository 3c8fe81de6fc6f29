/// What is known of the records that a document reads: what stands at a path, as far as anybody can tell.
struct SourceShape {
    enum Reading: Equatable {
        case text, number, flag, date
        case list, object
        /// Where anything may stand.
        case unknown
    }

    /// Why nothing can stand at a path.
    struct Stranger: Error {
        var found: String
        var expected: String
    }

    private let roots: [String: SourceRecord]

    init(_ records: [SourceRecord]) {
        roots = Dictionary(records.map { ($0.root, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var names: [String] { roots.keys.sorted() }

    func reading(of path: MappingPath) throws(Stranger) -> Reading {
        guard let record = roots[path.root] else {
            throw Stranger(
                found: "\(path), which begins with no known record",
                expected: NearestName.advice(path.root, among: names))
        }
        var kind: SourceRecord.Kind? = .object(record.fields)
        var isOpen = record.isOpen
        var walked = path.root
        for step in path.steps {
            guard let known = kind else { return .unknown }
            kind = try Self.step(step, from: known, isOpen: isOpen, at: walked)
            isOpen = false
            switch step {
            case .member(let name): walked += ".\(name)"
            case .index(let index): walked += "[\(index)]"
            }
        }
        return Self.reading(kind)
    }

    /// - Returns: `nil` where anything may stand.
    private static func step(
        _ step: MappingPath.Step, from kind: SourceRecord.Kind, isOpen: Bool, at place: String
    ) throws(Stranger) -> SourceRecord.Kind? {
        switch (step, kind) {
        case (_, .object(nil)), (_, .list(.object(nil))): return nil
        case (.member(let name), .object(let fields?)):
            if let field = fields[name] { return field }
            guard !isOpen else { return nil }
            throw Stranger(
                found: "no field \(name) in \(place)", expected: NearestName.advice(name, among: fields.keys.sorted())
            )
        case (.index, .list(let element)): return element
        case (.member(let name), .list(let element)):
            // A list of named values is read by name.
            if case .object(let fields?) = element, fields["attribute_code"] != nil || fields["key"] != nil {
                return fields["value"]
            }
            throw Stranger(found: "\(place), a list, followed by .\(name)", expected: "an index such as \(place)[0]")
        case (.member(let name), _):
            throw Stranger(found: "\(place), a single value, followed by .\(name)", expected: "the path to end there")
        case (.index, _):
            throw Stranger(found: "\(place), which is no list, followed by an index", expected: "no index")
        }
    }

    private static func reading(_ kind: SourceRecord.Kind?) -> Reading {
        switch kind {
        case .text?: .text
        case .number?: .number
        case .flag?: .flag
        case .date?: .date
        case .list?: .list
        case .object(_?)?: .object
        case .object(nil)?, nil: .unknown
        }
    }
}

extension NearestName {
    /// For what somebody expected: `perhaps order.items`, or all that there is.
    static func advice(_ name: String, among known: [String]) -> String {
        if let nearest = of(name, among: known) { return "perhaps \(nearest)" }
        guard !known.isEmpty else { return "a known name; there is none" }
        let more = known.count > listed ? ", …" : ""
        return "one of " + known.prefix(listed).joined(separator: ", ") + more
    }

    /// Names that a message lists.
    private static let listed = 12
}

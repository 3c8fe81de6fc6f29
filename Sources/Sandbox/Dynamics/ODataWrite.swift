import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// One write as it came, by itself or in a change set.
struct ODataWrite {
    private enum Action {
        case create(JSONObject)
        case update([String: ODataLiteral], JSONObject)
        case delete([String: ODataLiteral])
    }

    /// What a write did.
    enum Done {
        case created(ODataTable.Row, effect: (order: String, SandboxEffect.Kind)?)
        /// Updated or deleted.
        case changed
    }

    let schema: EntitySchema
    private let action: Action
    private let ifMatch: String?
    private let isCrossCompany: Bool

    init(_ request: Request, _ path: ODataPath) throws(ODataRefusal) {
        switch (request.method, path) {
        case (.post, .set(let set)):
            schema = try .known(set)
            action = .create(try Self.object(request))
        case (.patch, .entity(let set, let key)):
            schema = try .known(set)
            action = .update(key, try Self.object(request))
        case (.delete, .entity(let set, let key)):
            schema = try .known(set)
            action = .delete(key)
        default:
            throw ODataRefusal(
                status: .methodNotAllowed, message: "An error has occurred.",
                inner: "The requested resource does not support http method '\(request.method.rawValue)'.")
        }
        ifMatch = request.headers[.ifMatch]
        isCrossCompany = try ODataQuery(request.query, schema).isCrossCompany
    }

    private static func object(_ request: Request) throws(ODataRefusal) -> JSONObject {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw ODataRefusal(
                status: .unsupportedMediaType, message: "An error has occurred.",
                inner: "The body of a create or an update is application/json.")
        }
        guard let sent = (try? JSONValue.parse(request.body, repeatedNames: .refused))?.objectValue else {
            throw .malformed("The body is no JSON object.")
        }
        return sent
    }

    func apply(
        to books: inout DynamicsBooks, _ faults: WriteFaults, at date: Date
    ) throws(ODataRefusal) -> Done {
        switch action {
        case .create(let sent):
            if let refusal = faults.takeRefusal(schema) { throw refusal }
            let position = try books.create(schema, sent, at: date)
            return .created(books.table(schema).rows[position], effect: books.effect(schema, position))
        case .update(let key, let sent):
            let position = try matching(key, &books, faults)
            if let refusal = faults.takeRefusal(schema) { throw refusal }
            try books.change(schema, position, sent)
        case .delete(let key):
            let position = try matching(key, &books, faults)
            if let refusal = faults.takeRefusal(schema) { throw refusal }
            try books.delete(schema, position)
        }
        return .changed
    }

    /// The row of that key, if it is in the version that `If-Match` names. F&O takes a change without that header.
    private func matching(
        _ key: [String: ODataLiteral], _ books: inout DynamicsBooks, _ faults: WriteFaults
    ) throws(ODataRefusal) -> Int {
        let query = try ODataQuery.of(key, schema, isCrossCompany: isCrossCompany)
        guard let position = books.position(query, schema) else {
            throw .notFound("No row of '\(schema.set)' has this key.")
        }
        if faults.takeRival() { books[keyPath: DynamicsBooks.path(schema)].update(position) { _ in } }
        guard let ifMatch, ifMatch != "*" else { return position }
        guard books.table(schema).rows[position].etag == ifMatch else { throw .preconditionFailed }
        return position
    }
}

extension EntitySchema {
    static func known(_ set: String) throws(ODataRefusal) -> EntitySchema {
        guard let schema = named(set) else { throw .notFound("Resource not found for the segment '\(set)'.") }
        return schema
    }
}

extension ODataQuery {
    /// The one row of a key, of which every field must be given.
    static func of(
        _ key: [String: ODataLiteral], _ schema: EntitySchema, isCrossCompany: Bool
    ) throws(ODataRefusal) -> ODataQuery {
        guard Set(key.keys) == Set(schema.key) else {
            throw .malformed(
                "The key of '\(schema.set)' is \(schema.key.joined(separator: ", ")); all must be given.")
        }
        var query = try ODataQuery(nil, schema)
        query.isCrossCompany = isCrossCompany
        for name in schema.key {
            guard let property = schema.property(name), let literal = key[name] else { continue }
            let part = ODataFilter.compare(property: name, .eq, try literal.value(of: property))
            query.filter = query.filter.map { .and($0, part) } ?? part
        }
        return query
    }
}

extension DynamicsBooks {
    /// The first row that the query finds.
    func position(_ query: ODataQuery, _ schema: EntitySchema) -> Int? {
        query.page(of: table(schema), schema, company: defaultCompany, pageSize: 1).positions.first
    }
}

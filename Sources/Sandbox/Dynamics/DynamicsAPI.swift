import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// F&O's OData service under `/data`.
struct DynamicsAPI: Responder {
    let core: DynamicsCore

    func respond(to request: Request) async -> Response {
        var response = attempt(request)
        // F&O's activity id, which Microsoft's support asks for.
        if let name = Self.activityID { response.headers[name] = UUID().uuidString.lowercased() }
        return response
    }

    private static let activityID = HTTPField.Name("ms-dyn-aid")

    private func attempt(_ request: Request) -> Response {
        do throws(ODataRefusal) {
            let path = try ODataPath(request.path)
            core.counters.count("\(request.method.rawValue) \(path.name)")
            let bearer = request.headers[.authorization]
            guard core.tokens.isValid(bearer: bearer, for: core.resourceURL, at: core.now()), core.identity.isListed
            else {
                throw .unauthorized
            }
            return try answer(path, request)
        } catch {
            return error.response
        }
    }

    private func answer(_ path: ODataPath, _ request: Request) throws(ODataRefusal) -> Response {
        switch (request.method, path) {
        case (.get, .serviceDocument): return serviceDocument
        case (.get, .set(let set)): return try list(try schema(set), request)
        case (.get, .count(let set)): return try count(try schema(set), request)
        case (.get, .entity(let set, let key)): return try read(try schema(set), key, request)
        case (.post, .set(let set)): return try create(try schema(set), request)
        default:
            throw ODataRefusal(
                status: .methodNotAllowed, message: "An error has occurred.",
                inner: "The sandbox reads (GET) and creates (POST); \(request.method.rawValue) is not simulated.")
        }
    }

    private func schema(_ set: String) throws(ODataRefusal) -> EntitySchema {
        guard let schema = EntitySchema.named(set) else {
            throw .notFound("Resource not found for the segment '\(set)'.")
        }
        return schema
    }

    private var serviceDocument: Response {
        let sets = EntitySchema.all.map { schema -> JSONValue in
            ["name": .string(schema.set), "kind": "EntitySet", "url": .string(schema.set)]
        }
        return ODataAnswer.json(["@odata.context": .string(context("")), "value": .array(sets)])
    }

    private func context(_ suffix: String) -> String { "\(core.environmentURL)/data/$metadata\(suffix)" }

    private func list(_ schema: EntitySchema, _ request: Request) throws(ODataRefusal) -> Response {
        let query = try ODataQuery(request.query, schema)
        let (page, rows) = core.books.withLock { books in
            let table = books.table(schema)
            let page = query.page(
                of: table, schema, company: books.defaultCompany, pageSize: books.configuration.pageSize)
            return (page, page.positions.map { table.rows[$0] })
        }
        var json: JSONObject = ["@odata.context": .string(context("#\(schema.set)"))]
        if query.wantsCount { json.append("@odata.count", .int(page.total)) }
        json.append("value", .array(rows.map { .object(render($0, schema, query.select)) }))
        if let token = page.nextSkipToken {
            let link = query.nextLink("\(core.environmentURL)/data/\(schema.set)", skipToken: token)
            json.append("@odata.nextLink", .string(link))
        }
        return ODataAnswer.json(.object(json))
    }

    private func count(_ schema: EntitySchema, _ request: Request) throws(ODataRefusal) -> Response {
        let query = try ODataQuery(request.query, schema)
        let total = core.books.withLock { books in
            query.page(of: books.table(schema), schema, company: books.defaultCompany, pageSize: 1).total
        }
        return .text(String(total))
    }

    private func read(
        _ schema: EntitySchema, _ key: [String: ODataLiteral], _ request: Request
    ) throws(ODataRefusal) -> Response {
        guard Set(key.keys) == Set(schema.key) else {
            throw .malformed(
                "The key of '\(schema.set)' is \(schema.key.joined(separator: ", ")); all must be given.")
        }
        var query = try ODataQuery(request.query, schema)
        query.filter = nil
        for name in schema.key {
            guard let property = schema.property(name), let literal = key[name] else { continue }
            let part = ODataFilter.compare(property: name, .eq, try literal.value(of: property))
            query.filter = query.filter.map { .and($0, part) } ?? part
        }
        let row = core.books.withLock { books in
            let table = books.table(schema)
            return query.page(of: table, schema, company: books.defaultCompany, pageSize: 1).positions.first
                .map { table.rows[$0] }
        }
        guard let row else { throw .notFound("No row of '\(schema.set)' has this key.") }
        return ODataAnswer.json(.object(entity(row, schema, query.select)))
    }

    private func create(_ schema: EntitySchema, _ request: Request) throws(ODataRefusal) -> Response {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            throw ODataRefusal(
                status: .unsupportedMediaType, message: "An error has occurred.",
                inner: "The body of a create is application/json.")
        }
        guard let sent = (try? JSONValue.parse(request.body, repeatedNames: .refused))?.objectValue else {
            throw .malformed("The body is no JSON object.")
        }
        let date = core.now()
        let row = try core.books.withLock { books throws(ODataRefusal) in
            let position = try books.create(schema, sent, at: date)
            if let (order, effect) = books.effect(schema, position) { core.journal.note(order, effect) }
            return books.table(schema).rows[position]
        }
        var response = ODataAnswer.json(.object(entity(row, schema, nil)), status: .created)
        let key = schema.key.map { "\($0)='\(row.text($0))'" }.joined(separator: ",")
        response.headers[.location] = "\(core.environmentURL)/data/\(schema.set)(\(key))"
        return response
    }

    private func entity(_ row: ODataTable.Row, _ schema: EntitySchema, _ select: [String]?) -> JSONObject {
        var json: JSONObject = ["@odata.context": .string(context("#\(schema.set)/$entity"))]
        json.append(contentsOf: render(row, schema, select))
        return json
    }

    /// All properties of the set, or the selected ones.
    private func render(_ row: ODataTable.Row, _ schema: EntitySchema, _ select: [String]?) -> JSONObject {
        var json: JSONObject = ["@odata.etag": .string(row.etag)]
        let properties = select.map { $0.compactMap(schema.property) } ?? schema.properties
        for property in properties {
            json.append(property.name, row.fields[property.name] ?? property.kind.empty)
        }
        return json
    }
}

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
            if let set = path.entitySet, core.identity.closedSets.contains(set) { throw .forbidden(set) }
            return try answer(path, request)
        } catch {
            return error.response
        }
    }

    private func answer(_ path: ODataPath, _ request: Request) throws(ODataRefusal) -> Response {
        switch (request.method, path) {
        case (.post, .batch): return try BatchAPI(api: self).answer(request)
        case (.get, _): return try read(path, request)
        default: return try write(path, request)
        }
    }

    func read(_ path: ODataPath, _ request: Request) throws(ODataRefusal) -> Response {
        switch path {
        case .serviceDocument: return serviceDocument
        case .set(let set): return try list(try .known(set), request)
        case .count(let set): return try count(try .known(set), request)
        case .entity(let set, let key): return try read(try .known(set), key, request)
        case .batch:
            throw ODataRefusal(
                status: .methodNotAllowed, message: "An error has occurred.", inner: "A batch is sent with POST.")
        }
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
            return (page, page.positions.map { render(table.rows[$0], schema, query, books) })
        }
        var json: JSONObject = ["@odata.context": .string(context("#\(schema.set)"))]
        if query.wantsCount { json.append("@odata.count", .int(page.total)) }
        json.append("value", .array(rows.map { .object($0) }))
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
        let asked = try ODataQuery(request.query, schema)
        let query = try ODataQuery.of(key, schema, isCrossCompany: asked.isCrossCompany)
        let row = core.books.withLock { books in
            books.position(query, schema).map { render(books.table(schema).rows[$0], schema, asked, books) }
        }
        guard let row else { throw .notFound("No row of '\(schema.set)' has this key.") }
        return ODataAnswer.json(.object(entity(row, schema)))
    }

    func write(_ path: ODataPath, _ request: Request) throws(ODataRefusal) -> Response {
        let write = try ODataWrite(request, path)
        let date = core.now()
        let done = try core.books.withLock { books throws(ODataRefusal) in
            let done = try write.apply(to: &books, core.writeFaults, at: date)
            note(done)
            return done
        }
        return response(to: write, done)
    }

    func note(_ done: ODataWrite.Done) {
        if case .created(_, let effect?) = done { core.journal.note(effect.order, effect.1) }
    }

    func response(to write: ODataWrite, _ done: ODataWrite.Done) -> Response {
        guard case .created(let row, _) = done else { return Response(status: .noContent) }
        var response = ODataAnswer.json(
            .object(entity(render(row, write.schema, nil), write.schema)), status: .created)
        let key = write.schema.key.map { "\($0)='\(row.text($0))'" }.joined(separator: ",")
        response.headers[.location] = "\(core.environmentURL)/data/\(write.schema.set)(\(key))"
        return response
    }

    private func entity(_ row: JSONObject, _ schema: EntitySchema) -> JSONObject {
        var json: JSONObject = ["@odata.context": .string(context("#\(schema.set)/$entity"))]
        json.append(contentsOf: row)
        return json
    }

    /// The row with what belongs to it.
    private func render(
        _ row: ODataTable.Row, _ schema: EntitySchema, _ query: ODataQuery, _ books: DynamicsBooks
    ) -> JSONObject {
        var json = render(row, schema, query.select)
        for expansion in query.expand {
            let navigation = expansion.navigation
            let related = books.related(row, navigation).map {
                JSONValue.object(render($0, navigation.target, expansion.select))
            }
            json.append(navigation.name, .array(related))
        }
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

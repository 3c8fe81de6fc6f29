import Flows
import HTTPServer
import HTTPTypes
import Mapping
import Relay

/// `/operator/v1/values`: value tables, as a whole.
struct ValueRoutes: Sendable {
    /// Names of rows that records wait for, in one answer.
    static let awaitedLimit = 500

    let keeper: ValueKeeper
    let clock: any WallClock
    /// Tells the dispatcher that records go on.
    let wakeAll: @Sendable () -> Void

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/values") { _, _ in try await tables() }
        door.on(.get, "/values/{table}") { try await rows($0, try table($1)) }
        door.on(.put, "/values/{table}") { try await load($0, try table($1)) }
        door.on(.get, "/values/{table}/{key}") { try await show($0, try table($1), $1) }
        door.on(.put, "/values/{table}/{key}") { try await set($0, try table($1), $1, .replace) }
        door.on(.patch, "/values/{table}/{key}") { try await set($0, try table($1), $1, .merge) }
        door.on(.delete, "/values/{table}/{key}") { try await remove($0, try table($1), $1) }
    }

    private func tables() async throws -> Response {
        let awaited = try await keeper.awaited(limit: Self.awaitedLimit)
        let snapshot = keeper.snapshot
        return OperatorJSON.response(
            ValueTablesJSON(
                tables: keeper.catalog.tables.map { ValueTableJSON($0, rows: snapshot.count(of: $0.name)) },
                awaited: awaited.compactMap(AwaitedJSON.init)))
    }

    private func rows(_ request: Request, _ table: ValueTableDefinition) async throws -> Response {
        let query = try QueryParameters(request.query, known: ["format", "limit", "after"])
        let limit = try query.limit(default: 100)
        let after = try query.value("after", expected: "next of the page before", ValueKey.init(text:))
        let rows = keeper.snapshot.rows(of: table.name)
        guard try isCSV(query, request) else {
            return OperatorJSON.response(ValueRowsJSON(table, rows, after: after, limit: limit))
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8; header=present", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename=\"\(table.name).csv\"",
            ], body: ValueSheet.bytes(rows, of: table))
    }

    private func isCSV(_ query: QueryParameters, _ request: Request) throws(Problem) -> Bool {
        let format = try query.value("format", expected: "csv or json") { ["csv": true, "json": false][$0] }
        return format ?? (request.headers[.accept]?.contains("text/csv") ?? false)
    }

    private func load(_ request: Request, _ table: ValueTableDefinition) async throws -> Response {
        let query = try QueryParameters(request.query, known: ["mode", "dryRun", "by", "why"])
        let modes = ValueEdit.Mode.allCases.map(\.rawValue).joined(separator: " or ")
        let mode = try query.value("mode", expected: modes, ValueEdit.Mode.init(rawValue:)) ?? .merge
        let isDryRun = try query.value("dryRun", expected: "true or false") { ["true": true, "false": false][$0] }
        let sheet: ValueSheet
        do throws(ValueSheetProblems) {
            sheet = try ValueSheet(request.body, of: table)
        } catch {
            throw Problem.unusableValues(error.description)
        }
        let edit = { @Sendable snapshot in
            ValueEdit(
                sheet.rows, columns: sheet.columns, of: table.name, mode, removesOthers: mode == .replace,
                in: snapshot)
        }
        guard isDryRun != true else { return try looked(edit) }
        return try await changed(by: try act(query, request), edit)
    }

    private func show(_ request: Request, _ table: ValueTableDefinition, _ path: PathParameters) async throws
        -> Response
    {
        let key = try key(QueryParameters(request.query, known: ["legalEntity"]), table, path)
        guard let row = keeper.snapshot.row(at: key) else { throw Problem.unknownValue(key) }
        return OperatorJSON.response(ValueRowJSON(row))
    }

    private func set(
        _ request: Request, _ table: ValueTableDefinition, _ path: PathParameters, _ mode: ValueEdit.Mode
    ) async throws -> Response {
        let key = try key(QueryParameters(request.query, known: ["legalEntity"]), table, path)
        var order = try OperatorOrder(request)
        let act = try order.act(at: clock.now())
        let values = try order.values(of: table, mode)
        try order.finish()
        let row = ValueTableRow(key, values.filter { !$0.value.isEmpty })
        return try await changed(by: act) { snapshot in
            ValueEdit([row], columns: Array(values.keys), of: table.name, mode, removesOthers: false, in: snapshot)
        }
    }

    private func remove(_ request: Request, _ table: ValueTableDefinition, _ path: PathParameters) async throws
        -> Response
    {
        let query = try QueryParameters(request.query, known: ["legalEntity", "by", "why"])
        let key = try key(query, table, path)
        return try await changed(by: try act(query, request)) { snapshot in
            guard let row = snapshot.row(at: key) else { throw Problem.unknownValue(key) }
            return ValueEdit(removing: row.key)
        }
    }
}

extension ValueRoutes {
    private func table(_ path: PathParameters) throws(Problem) -> ValueTableDefinition {
        guard let table = keeper.catalog[path["table"]] else {
            throw .unknownTable(path["table"], known: keeper.catalog.tables.map(\.name))
        }
        return table
    }

    private func key(
        _ query: QueryParameters, _ table: ValueTableDefinition, _ path: PathParameters
    ) throws(Problem) -> ValueKey {
        let scope = try query.value("legalEntity", expected: ValueText.expectedScope, ValueText.scope) ?? ""
        let key = ValueText.trimmed(path["key"])
        if let expected = ValueText.problem(key: key) {
            throw .invalidParameter(table.key, found: key, expected: expected)
        }
        return ValueKey(table: table.name, scope: scope, key: key)
    }

    /// Where the body is no JSON object, the query says who and why.
    private func act(_ query: QueryParameters, _ request: Request) throws(Problem) -> OperatorAct {
        var order = OperatorOrder(["by": query["by"], "why": query["why"]], headers: request.headers)
        return try order.act(at: clock.now())
    }

    private func looked(_ edit: (ValueSnapshot) throws -> ValueEdit) throws -> Response {
        do {
            return OperatorJSON.response(ValueOutcomeJSON(try keeper.look(edit), isDryRun: true))
        } catch let error as ValueKeeper.TooManyRows {
            throw Problem.tooManyValues(error)
        }
    }

    private func changed(
        by act: OperatorAct, _ edit: @escaping @Sendable (ValueSnapshot) throws -> ValueEdit
    ) async throws -> Response {
        do {
            let outcome = try await keeper.change(by: act, edit)
            if outcome.released > 0 { wakeAll() }
            return OperatorJSON.response(ValueOutcomeJSON(outcome, isDryRun: false))
        } catch let error as ValueKeeper.TooManyRows {
            throw Problem.tooManyValues(error)
        }
    }
}

import Flows
import HTTPServer
import HTTPTypes
import Relay

/// `/operator/v1/reconciliations`: comparisons of both platforms, and what becomes of their findings.
struct ReconciliationRoutes: Sendable {
    let book: any ReconciliationBook
    /// `nil` where no platform is called.
    let desk: ReconciliationDesk?
    let clock: any WallClock

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/reconciliations") { request, _ in try await list(request) }
        door.on(.post, "/reconciliations") { request, _ in try await begin(request) }
        door.on(.get, "/reconciliations/{id}") { try await show($0, $1) }
        door.on(.post, "/reconciliations/{id}/findings/{number}/repair") { request, parameters in
            try await settle(request, parameters) { try await $0.repair($1, of: $2, act: $3) }
        }
        door.on(.post, "/reconciliations/{id}/findings/{number}/accept") { request, parameters in
            try await settle(request, parameters) { try await $0.accept($1, of: $2, act: $3) }
        }
    }

    private func list(_ request: Request) async throws -> Response {
        let query = try QueryParameters(request.query, known: ["before", "limit"])
        let before = try query.value("before", expected: "a reconciliation's id") {
            Int64($0).map { ReconciliationID($0) }
        }
        let limit = try query.limit(default: 50)
        let found = try await book.reconciliations(before: before, limit: limit)
        return OperatorJSON.response(
            ReconciliationsJSON(
                reconciliations: found.map { ReconciliationJSON($0) },
                next: found.count == limit ? found.last?.id.rawValue : nil))
    }

    private func begin(_ request: Request) async throws -> Response {
        let now = clock.now()
        var order = try OperatorOrder(request)
        let from = try order.moment("from") { Moment.past($0, now: now) }
        let until = try order.moment("until") { Moment.past($0, now: now) }
        let by = try order.text("by", limit: OperatorOrder.byLimit)
        try order.finish()
        guard let desk else { throw Problem.reconciliationOff }
        do {
            let begun = try await desk.begin(
                from: from ?? (until ?? now) + (.zero - desk.settings.period), until: until ?? now,
                by: by ?? "operator")
            var response = OperatorJSON.response(ReconciliationJSON(begun), status: .accepted)
            response.headers[.location] = "\(OperatorDoor.prefix)/reconciliations/\(begun.id)"
            return response
        } catch let refused as ReconciliationDesk.Refused {
            throw Problem.refused(refused, settle: desk.settings.settle)
        }
    }

    private func show(_ request: Request, _ parameters: PathParameters) async throws -> Response {
        let query = try QueryParameters(request.query, known: ["state", "after", "limit", "format"])
        let states = ReconciliationFinding.State.allCases.map(\.rawValue).joined(separator: ", ")
        let state = try query.value(
            "state", expected: "one of \(states)", ReconciliationFinding.State.init(rawValue:))
        let after = try query.value("after", expected: "a finding's number") { Int($0) } ?? 0
        let isCSV =
            try query.value("format", expected: "json or csv") { ["json": false, "csv": true][$0] } ?? false
        let found = try await reconciliation(parameters)
        guard !isCSV else {
            let findings = try await book.findings(
                of: found.id, in: state, after: after, limit: ReconciliationSettings.mostFindings)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8", .xContentTypeOptions: "nosniff",
                    .contentDisposition: "attachment; filename=\"reconciliation-\(found.id).csv\"",
                ], body: ReconciliationCSV.bytes(findings))
        }
        let limit = try query.limit(default: 100)
        let findings = try await book.findings(of: found.id, in: state, after: after, limit: limit)
        var page = ReconciliationJSON(found)
        page.findings = findings.map(FindingJSON.init)
        page.next = findings.count == limit ? findings.last?.number : nil
        return OperatorJSON.response(page)
    }

    private func settle(
        _ request: Request, _ parameters: PathParameters,
        _ settle: (ReconciliationDesk, Int, ReconciliationID, OperatorAct) async throws -> ReconciliationFinding
    ) async throws -> Response {
        var order = try OperatorOrder(request)
        let act = try order.act(at: clock.now())
        try order.finish()
        let id = try await reconciliation(parameters).id
        guard let number = Int(parameters["number"]), number > 0 else {
            throw Problem.unknownFinding(parameters["number"])
        }
        guard let desk else { throw Problem.reconciliationOff }
        do {
            return OperatorJSON.response(FindingJSON(try await settle(desk, number, id, act)))
        } catch let refused as ReconciliationDesk.Refused {
            throw Problem.refused(refused, settle: desk.settings.settle)
        } catch let refused as FindingRepair.NeedsPerson {
            throw Problem.needsPerson(refused.description)
        } catch let fault as any DeliveryFault {
            throw Problem.repairFailed(fault.reason)
        }
    }

    private func reconciliation(_ parameters: PathParameters) async throws -> Reconciliation {
        guard let id = Int64(parameters["id"]), let found = try await book.reconciliation(ReconciliationID(id)) else {
            throw Problem.unknownReconciliation(parameters["id"])
        }
        return found
    }
}

import Cryptography
import Dynamics
import Flows
import HTTPServer
import HTTPTypes
import JSON
import Relay

/// Changing one event.
struct RepairRoutes: Sendable {
    let store: any OperatorStore
    let clock: any WallClock
    /// What the fields of a company's own business events are called.
    let fields: NoticeFields
    let wakeAll: @Sendable () -> Void

    func add(to door: inout OperatorDoor) {
        door.on(.post, "/events/{id}/replay") { try await replay($0, $1.eventID(), mayBeFinished: true) }
        door.on(.post, "/events/{id}/release") { try await replay($0, $1.eventID(), mayBeFinished: false) }
        door.on(.post, "/events/{id}/skip") { try await skip($0, $1.eventID()) }
        door.on(.post, "/events/{id}/resend") { try await resend($0, $1.eventID()) }
    }

    /// To release is to replay what waits or is parked, and never what has ended.
    private func replay(_ request: Request, _ id: EventID, mayBeFinished: Bool) async throws -> Response {
        var order = try OperatorOrder(request)
        let act = try order.act(at: clock.now())
        let all = mayBeFinished ? try order.flag("all") ?? false : false
        try order.finish()
        try await demand(id)
        var selection = EventSelection()
        selection.event = id
        selection.states = all ? BulkOrder.replayable : BulkOrder.unfinished
        let page = try await store.replay(selection, isBulk: false, act: act, after: nil, limit: 1)
        if page.deliveries.isEmpty, try await store.body(of: id) == nil { throw Problem.refused(.bodyGone(id)) }
        return changed(id, page)
    }

    private func skip(_ request: Request, _ id: EventID) async throws -> Response {
        var order = try OperatorOrder(request)
        let act = try order.act(at: clock.now())
        try order.finish()
        try await demand(id)
        var selection = EventSelection()
        selection.event = id
        return changed(id, try await store.skip(selection, act: act, after: nil, limit: 1))
    }

    private func resend(_ request: Request, _ id: EventID) async throws -> Response {
        var order = try OperatorOrder(request)
        let act = try order.act(at: clock.now())
        let edit = EventEdit(body: try order.editedBody(), patches: try order.patches())
        try order.finish()
        guard let event = try await store.event(id)?.event else { throw Problem.unknownEvent("\(id)") }
        do {
            try edit.check(forFlows: event.deliveries.map(\.flow))
        } catch {
            throw Problem.unusableBody("body, bodyBase64, patches: \(error).")
        }
        if let body = edit.body { try EditedBody.check(body, of: event, fields) }
        guard let copy = try await store.resend(id, as: edit, act: act) else { throw Problem.unknownEvent("\(id)") }
        wakeAll()
        var response = OperatorJSON.response(ResentJSON(event: copy, insteadOf: id), status: .created)
        response.headers[.location] = "\(OperatorDoor.prefix)/events/\(copy)"
        return response
    }

    private func demand(_ id: EventID) async throws {
        guard try await store.event(id) != nil else { throw Problem.unknownEvent("\(id)") }
    }

    private func changed(_ id: EventID, _ page: RepairPage) -> Response {
        if !page.deliveries.isEmpty { wakeAll() }
        return OperatorJSON.response(ChangedJSON(event: id, deliveries: page.deliveries))
    }
}

private struct ResentJSON: Encodable {
    var event: EventID
    var insteadOf: EventID
}

extension OperatorOrder {
    /// Steps that one edit may patch.
    static let patchLimit = 50

    /// `body`, any JSON, or `bodyBase64`, the exact bytes.
    fileprivate mutating func editedBody() throws(Problem) -> [UInt8]? {
        let json = member("body")
        let exact = member("bodyBase64")
        switch (json.value, exact.value) {
        case (nil, nil): return nil
        case (let value?, nil): return JSONWriter.bytes(value)
        case (nil, .string(let text)?):
            guard let bytes = Base64.decode(text), !bytes.isEmpty else { throw Self.refused(exact, "base64") }
            return bytes
        case (nil, _?): throw Self.refused(exact, "base64")
        case (_?, _?): throw .unusableBody("bodyBase64: found beside body, expected only one of them.")
        }
    }

    /// Step → JSON merge patch, an object.
    fileprivate mutating func patches() throws(Problem) -> [String: [UInt8]] {
        let node = member("patches")
        guard let value = node.value else { return [:] }
        let expected = "an object of at most \(Self.patchLimit) steps, each with an object of members to change"
        guard let steps = value.objectValue, (1...Self.patchLimit).contains(steps.count) else {
            throw Self.refused(node, expected)
        }
        var patches: [String: [UInt8]] = [:]
        for step in steps.fields {
            guard Self.isUsable(step.key, Self.textLimit), let patch = step.value.objectValue, !patch.isEmpty else {
                throw Self.refused(
                    JSONNode(path: "patches.\(step.key.prefix(JSONNode.foundLimit))", value: step.value), expected)
            }
            patches[step.key] = JSONWriter.bytes(step.value)
        }
        return patches
    }
}

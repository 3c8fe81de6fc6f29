import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// Commerce's REST interface, in the shapes of both editions. What Adobe's schema does not allow is refused.
struct CommerceAPI: Responder {
    let book: CommerceBook
    let desk: ShopDesk
    let paas: CommerceContract
    let saas: CommerceContract
    let signIn: ShopSignIn
    let journal: EffectJournal
    let counters: RequestCounters
    /// Called after a record was written.
    let onWrite: @Sendable (ShopNews) -> Void
    /// The same for an order that is new.
    let onCreate: @Sendable (Int) -> Void

    func respond(to request: Request) async -> Response {
        do throws(CommerceRefusal) {
            guard let path = ShopPath(request.path) else { throw .noRoute }
            let contract = path.edition == .paas ? paas : saas
            let match =
                path.isBulk
                ? contract.bulkMatch(request.method, path.segments) : contract.match(request.method, path.segments)
            guard let match else { throw .noRoute }
            counters.count(match.operation.name)
            try signIn.check(request)
            if let resource = desk.faults.plan.missingResources[match.operation.name] { throw .notAllowed(resource) }
            return try serve(request, path, match, contract)
        } catch {
            return error.response
        }
    }

    private func serve(
        _ request: Request, _ path: ShopPath, _ match: CommerceContract.Match, _ contract: CommerceContract
    ) throws(CommerceRefusal) -> Response {
        let body = try checkedBody(match, request, contract, isBulk: path.isBulk)
        try checkPage(match, request.query)
        let store = path.store ?? HTTPField.Name("Store").flatMap { request.headers[$0] }
        if path.isBulk {
            guard let handler = ShopDesk.handlers[match.operation.name] else { throw .noRoute }
            let bodies = (body.arrayValue ?? []).compactMap(\.objectValue)
            let answer = desk.submit(match.operation.name, handler: handler, bodies: bodies, store: store)
            return .json(JSONWriter.bytes(answer, style: .php), status: .accepted)
        }
        let answer: JSONValue
        if let route = CommerceRoute(match) {
            answer = try self.answer(route, request)
        } else {
            guard let handler = ShopDesk.handlers[match.operation.name] else { throw .noRoute }
            let call = ShopCall(
                name: match.operation.name, values: match.values, query: request.query,
                body: body.objectValue ?? [:], store: store)
            let made = try handler(desk, call)
            answer = try trimmed(made, request)
            if let order = Self.changedOrder(call) { onWrite(.order(order)) }
            if let news = ShopNews(match.operation.name, made) { onWrite(news) }
        }
        return .json(JSONWriter.bytes(answer, style: .php))
    }

    /// The operations of the desk that save the order they are about.
    private static let orderSaves: Set = [
        "POST /V1/order/{orderId}/ship", "POST /V1/orders/{id}/cancel", "POST /V1/orders/{id}/hold",
        "POST /V1/orders/{id}/unhold",
    ]

    private static func changedOrder(_ call: ShopCall) -> Int? {
        guard orderSaves.contains(call.name) else { return nil }
        return Int(call.values["orderId"] ?? call.values["id"] ?? "")
    }

    private func answer(_ route: CommerceRoute, _ request: Request) throws(CommerceRefusal) -> JSONValue {
        switch route {
        case .searchOrders:
            let criteria = try SearchCriteria(query: request.query)
            let page = try criteria.page(of: book.candidates(for: criteria))
            return try trimmed(listing(page.rows.map(\.rest), criteria, page.total), request)
        case .searchInvoices:
            let criteria = try SearchCriteria(query: request.query)
            let page = try criteria.page(of: book.invoiceCandidates(for: criteria))
            return try trimmed(listing(page.rows.map(\.rest), criteria, page.total), request)
        case .order(let id):
            guard let order = book.order(entityID: try entityID(id)) else { throw .noSuchEntity }
            return try trimmed(.object(order.rest), request)
        case .comments(let id):
            guard let order = book.order(entityID: try entityID(id)) else { throw .noSuchEntity }
            let comments = order.comments.map { $0.rest(orderID: order.entityID) }
            return try trimmed(listing(comments, SearchCriteria(), comments.count), request)
        case .saveOrder:
            let order = try saveOrder(request)
            onWrite(.order(order.entityID))
            return try trimmed(.object(order.rest), request)
        case .createOrder:
            let order = try createOrder(request)
            onCreate(order.entityID)
            return try trimmed(.object(order.rest), request)
        case .addComment(let id):
            let order = try entityID(id)
            try addComment(order, request)
            onWrite(.order(order))
            return true
        case .invoiceOrder(let id):
            let order = try entityID(id)
            let invoice = try book.addInvoice(orderID: order, try invoiceRequest(request))
            note(.invoice(comment: invoice.comment ?? ""), orderID: invoice.orderID)
            onWrite(.order(order))
            onWrite(.invoice(invoice.entityID))
            return .int(invoice.entityID)
        }
    }

    func note(_ effect: SandboxEffect.Kind, orderID: Int) {
        if let order = book.order(entityID: orderID) { journal.note(order.incrementID, effect) }
    }

    private func listing(_ rows: [JSONObject], _ criteria: SearchCriteria, _ total: Int) -> JSONValue {
        [
            "items": .array(rows.map(JSONValue.object)), "search_criteria": criteria.json,
            "total_count": .int(total),
        ]
    }

    private func trimmed(_ value: JSONValue, _ request: Request) throws(CommerceRefusal) -> JSONValue {
        guard let pair = QueryString.parse(request.query ?? "")?.first(where: { $0.name == "fields" }) else {
            return value
        }
        guard let filter = FieldsFilter(pair.value) else { throw .bad("Invalid \"fields\": \"%1\".", pair.value) }
        return filter.apply(value)
    }

    /// An increment id in the place of an entity id is not found, however many digits it has.
    private func entityID(_ text: String) throws(CommerceRefusal) -> Int {
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw .wrongType(.string(text), expected: "int")
        }
        guard text.first != "0", let id = Int(text) else { throw .noSuchEntity }
        return id
    }
}

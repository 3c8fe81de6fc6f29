import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// Commerce's REST interface, in the shape of the on-premises and cloud editions: `/rest/{store}/V1/…`.
struct CommerceAPI: Responder {
    let book: CommerceBook
    let signIn: ShopSignIn
    let journal: EffectJournal
    let counters: RequestCounters
    /// Called with the order's entity id after it was written.
    let onWrite: @Sendable (Int) -> Void

    func respond(to request: Request) async -> Response {
        do throws(CommerceRefusal) {
            guard let route = CommerceRoute(method: request.method, path: request.path) else { throw .noRoute }
            counters.count(route.name)
            try signIn.check(request)
            return .json(JSONWriter.bytes(try answer(route, request), style: .php))
        } catch {
            return error.response
        }
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
        case .invoice(let id):
            guard let invoice = book.invoice(entityID: try entityID(id)) else { throw .noSuchEntity }
            return try trimmed(.object(invoice.rest), request)
        case .comments(let id):
            guard let order = book.order(entityID: try entityID(id)) else { throw .noSuchEntity }
            let comments = order.comments.map { $0.rest(orderID: order.entityID) }
            return try trimmed(listing(comments, SearchCriteria(), comments.count), request)
        case .saveOrder:
            let order = try saveOrder(request)
            onWrite(order.entityID)
            return try trimmed(.object(order.rest), request)
        case .addComment(let id):
            let order = try entityID(id)
            try addComment(order, request)
            onWrite(order)
            return true
        case .invoiceOrder(let id):
            let order = try entityID(id)
            let invoice = try book.addInvoice(orderID: order, try invoiceRequest(request))
            note(.invoice(comment: invoice.comment ?? ""), orderID: invoice.orderID)
            onWrite(order)
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

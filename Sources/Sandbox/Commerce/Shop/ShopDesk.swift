import Foundation
import JSON

/// Serves what is neither an order nor an invoice: by the operation's name in Adobe's schema.
struct ShopDesk: Sendable {
    typealias Handler = @Sendable (ShopDesk, ShopCall) throws(CommerceRefusal) -> JSONValue

    let book: CommerceBook
    let shelves: ShopShelves
    let faults: ShopFaults
    let journal: EffectJournal
    let now: @Sendable () -> Date

    static let handlers: [String: Handler] = [
        orderHandlers, shipmentHandlers, refundHandlers, returnHandlers, customerHandlers, companyHandlers,
        productHandlers, categoryHandlers, priceHandlers, stockHandlers, bulkHandlers,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    var date: String { TimeText(now()).commerce }

    func note(_ effect: SandboxEffect.Kind, orderID: Int) {
        if let order = book.order(entityID: orderID) { journal.note(order.incrementID, effect) }
    }

    func order(_ id: Int) throws(CommerceRefusal) -> CommerceOrder {
        guard let order = book.order(entityID: id) else { throw .noSuchEntity }
        return order
    }

    /// A page of a shelf, as a list operation gives it.
    func search(_ shelf: ShopShelf, _ call: ShopCall) throws(CommerceRefusal) -> JSONValue {
        let criteria = try SearchCriteria(query: call.query)
        let rows = shelves[shelf].map { ShelfRow(record: $0, key: shelf.key) }
        let page = try criteria.page(of: rows)
        return [
            "items": .array(page.rows.map { .object($0.record) }), "search_criteria": criteria.json,
            "total_count": .int(page.total),
        ]
    }

    /// The comments of a document, as their operation gives them.
    func comments(_ shelf: ShopShelf, _ call: ShopCall) throws(CommerceRefusal) -> JSONValue {
        let comments = try shelves.record(shelf, id: try call.id("id"))["comments"]?.arrayValue ?? []
        return ["items": .array(comments), "search_criteria": [:], "total_count": .int(comments.count)]
    }

    static func searching(_ shelf: ShopShelf) -> Handler {
        { desk, call throws(CommerceRefusal) in try desk.search(shelf, call) }
    }

    static func reading(_ shelf: ShopShelf, by name: String) -> Handler {
        { desk, call throws(CommerceRefusal) in .object(try desk.shelves.record(shelf, id: try call.id(name))) }
    }

    static func commenting(_ shelf: ShopShelf) -> Handler {
        { desk, call throws(CommerceRefusal) in try desk.comments(shelf, call) }
    }
}

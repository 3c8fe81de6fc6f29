import Foundation
import HTTPServer
import JSON

extension CommerceAPI {
    /// The members of an order that an update may carry here. Commerce takes all of the order's fields and some of
    /// them do harm (magento2#22431, #29953); a sandbox that refuses the rest finds that out early.
    private static let orderFields: Set = [
        "entity_id", "increment_id", "ext_order_id", "ext_customer_id", "status", "customer_email", "grand_total",
        "base_grand_total",
    ]
    private static let commentFields: Set = [
        "comment", "created_at", "entity_id", "entity_name", "is_customer_notified", "is_visible_on_front",
        "parent_id", "status", "extension_attributes",
    ]

    func saveOrder(_ request: Request) throws(CommerceRefusal) -> CommerceOrder {
        let body = try CommerceBody.root(request, known: ["entity"])
        let entity = try body.required(
            "entity", body.object("entity", type: "OrderInterface", known: Self.orderFields))
        let id = try entity.required("entity_id", entity.int("entity_id"))
        guard let order = book.order(entityID: id) else { throw .noSuchEntity }
        try refuseChanges(entity, of: order)
        let extOrderID = try entity.string("ext_order_id")
        let extCustomerID = try entity.string("ext_customer_id")
        let status = try entity.string("status")
        let changed = try book.update(entityID: id) { order in
            if let extOrderID { order.extOrderID = extOrderID }
            if let extCustomerID { order.extCustomerID = extCustomerID }
            if let status { order.status = status }
        }
        if let extOrderID { note(.externalNumber(extOrderID), orderID: id) }
        return changed
    }

    /// What identifies the order or is computed may be repeated, and must then be right.
    private func refuseChanges(_ entity: CommerceBody, of order: CommerceOrder) throws(CommerceRefusal) {
        if let id = try entity.string("increment_id"), id != order.incrementID {
            throw .bad("Order \"%1\" has the increment id \"%2\".", String(order.entityID), order.incrementID)
        }
        if let email = try entity.string("customer_email"), email != order.placed.buyer.email {
            throw .bad("The sandbox does not change \"%1\" of an order.", "customer_email")
        }
        if let total = try entity.decimal("grand_total"), total != order.amounts.grandTotal {
            throw .bad("The sandbox does not change \"%1\" of an order.", "grand_total")
        }
        if let total = try entity.decimal("base_grand_total"), total != order.baseAmounts.grandTotal {
            throw .bad("The sandbox does not change \"%1\" of an order.", "base_grand_total")
        }
    }

    func addComment(_ orderID: Int, _ request: Request) throws(CommerceRefusal) {
        let body = try CommerceBody.root(request, known: ["statusHistory"])
        let history = try body.required(
            "statusHistory",
            body.object("statusHistory", type: "OrderStatusHistoryInterface", known: Self.commentFields))
        let text = try history.required("comment", history.string("comment"))
        let isNotified = try history.required("is_customer_notified", history.int("is_customer_notified"))
        let isVisible = try history.required("is_visible_on_front", history.int("is_visible_on_front"))
        let parentID = try history.required("parent_id", history.int("parent_id"))
        let status = try history.string("status")
        guard book.order(entityID: orderID) != nil else { throw .noSuchEntity }
        guard parentID == orderID else {
            throw .bad("\"parent_id\" is %1, but the comment is for order %2.", String(parentID), String(orderID))
        }
        try book.addComment(entityID: orderID) { id, order, date in
            CommerceOrder.Comment(
                id: id, text: text, status: status ?? order.status, isCustomerNotified: isNotified,
                isVisibleOnFront: isVisible, createdAt: date)
        }
        note(.comment(text), orderID: orderID)
    }

    func invoiceRequest(_ request: Request) throws(CommerceRefusal) -> InvoiceRequest {
        let body = try CommerceBody.root(
            request, known: ["capture", "items", "notify", "appendComment", "comment", "arguments"])
        var invoice = InvoiceRequest()
        invoice.isCaptured = try body.bool("capture") ?? false
        _ = try body.bool("notify")
        _ = try body.bool("appendComment")
        _ = try body.object(
            "arguments", type: "InvoiceCreationArgumentsInterface", known: ["extension_attributes"])
        let comment = try body.object(
            "comment", type: "InvoiceCommentCreationInterface",
            known: ["comment", "is_visible_on_front", "extension_attributes"])
        if let comment {
            invoice.comment = try comment.required("comment", comment.string("comment"))
            _ = try comment.required("is_visible_on_front", comment.int("is_visible_on_front"))
        }
        if let items = try body.list("items"), !items.isEmpty { invoice.quantities = try quantities(items) }
        return invoice
    }

    private func quantities(_ items: [JSONValue]) throws(CommerceRefusal) -> [Int: Decimal] {
        var quantities: [Int: Decimal] = [:]
        for value in items {
            guard let object = value.objectValue else {
                throw .wrongType(value, expected: "InvoiceItemCreationInterface")
            }
            let item = try CommerceBody(
                object, type: "InvoiceItemCreationInterface",
                known: ["order_item_id", "qty", "extension_attributes"])
            let id = try item.required("order_item_id", item.int("order_item_id"))
            quantities[id, default: 0] += try item.required("qty", item.decimal("qty"))
        }
        return quantities
    }
}

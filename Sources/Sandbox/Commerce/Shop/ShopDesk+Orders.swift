import JSON

extension ShopDesk {
    static let orderHandlers: [String: Handler] = [
        "GET /V1/orders/{id}/statuses": { desk, call throws(CommerceRefusal) in
            .string(try desk.order(try call.id("id")).status)
        },
        "GET /V1/order-statuses": { _, _ throws(CommerceRefusal) in .array(statuses) },
        "GET /V1/invoices/{id}": { desk, call throws(CommerceRefusal) in
            guard let invoice = desk.book.invoice(entityID: try call.id("id")) else { throw .noSuchEntity }
            return .object(invoice.rest)
        },
        "GET /V1/invoices/{id}/comments": { desk, call throws(CommerceRefusal) in
            guard let invoice = desk.book.invoice(entityID: try call.id("id")) else { throw .noSuchEntity }
            let comments = invoice.rest["comments"]?.arrayValue ?? []
            return ["items": .array(comments), "search_criteria": [:], "total_count": .int(comments.count)]
        },
        "POST /V1/invoices/{id}/capture": { desk, call throws(CommerceRefusal) in
            let invoice = try desk.book.captureInvoice(entityID: try call.id("id"))
            desk.note(.state("captured"), orderID: invoice.orderID)
            return "true"
        },
        "POST /V1/orders/{id}/cancel": { desk, call throws(CommerceRefusal) in
            try desk.change(call) { order throws(CommerceRefusal) in order.cancel() }
        },
        "POST /V1/orders/{id}/hold": { desk, call throws(CommerceRefusal) in
            try desk.change(call) { order throws(CommerceRefusal) in
                try order.hold()
                return true
            }
        },
        "POST /V1/orders/{id}/unhold": { desk, call throws(CommerceRefusal) in
            try desk.change(call) { order throws(CommerceRefusal) in
                try order.unhold()
                return true
            }
        },
        "GET /V1/store/storeViews": { _, _ throws(CommerceRefusal) in .array(storeViews) },
    ]

    /// - Parameter body: Whether it did what it was asked for.
    private func change(
        _ call: ShopCall, _ body: (inout CommerceOrder) throws(CommerceRefusal) -> Bool
    ) throws(CommerceRefusal) -> JSONValue {
        let id = try call.id("id")
        let changed = try book.change(entityID: id, body)
        if changed { note(.state(try order(id).state), orderID: id) }
        return .bool(changed)
    }

    private static let statuses: [JSONValue] = [
        status("pending", "Pending", "new"), status("processing", "Processing", "processing"),
        status("complete", "Complete", "complete"), status("closed", "Closed", "closed"),
        status("canceled", "Canceled", "canceled"), status("holded", "On Hold", "holded"),
    ]

    private static func status(_ status: String, _ label: String, _ state: String) -> JSONValue {
        [
            "status": .string(status), "label": .string(label), "state": .string(state), "default": true,
            "visible_on_front": true,
        ]
    }

    private static let storeViews: [JSONValue] = [
        [
            "id": 1, "code": "default", "name": "Default Store View", "website_id": 1, "store_group_id": 1,
            "is_active": 1,
        ],
        ["id": 2, "code": "de", "name": "Deutsch", "website_id": 1, "store_group_id": 1, "is_active": 1],
    ]
}

import Foundation
import HTTPTypes
import JSON

extension ShopDesk {
    /// The inventory sources of the simulated shop.
    static let sources = ["default", "central", "outlet"]

    static let stockHandlers: [String: Handler] = [
        "GET /V1/inventory/source-items": searching(.sourceItems),
        "GET /V1/inventory/sources": { _, _ throws(CommerceRefusal) in
            let items = sources.map { code -> JSONValue in
                ["source_code": .string(code), "name": .string(code.capitalized), "enabled": true]
            }
            return ["items": .array(items), "search_criteria": [:], "total_count": .int(items.count)]
        },
        "POST /V1/inventory/source-items": { desk, call throws(CommerceRefusal) in
            let rows = call.list("sourceItems")
            try desk.check(rows)
            try desk.shelves.change { state throws(CommerceRefusal) in
                for row in rows {
                    state[.sourceItems].removeAll {
                        $0["sku"] == row["sku"] && $0["source_code"] == row["source_code"]
                    }
                    _ = state.add(.sourceItems, row)
                }
            }
            return []
        },
        "POST /V1/inventory/source-items-delete": { desk, call throws(CommerceRefusal) in
            let rows = call.list("sourceItems")
            try desk.shelves.change { state throws(CommerceRefusal) in
                for row in rows {
                    state[.sourceItems].removeAll {
                        $0["sku"] == row["sku"] && $0["source_code"] == row["source_code"]
                    }
                }
            }
            return []
        },
        "GET /V1/inventory/get-product-salable-quantity/{sku}/{stockId}": { desk, call throws(CommerceRefusal) in
            let sku = try desk.product(call.text("sku"))["sku"]
            let items = desk.shelves[.sourceItems].filter { $0["sku"] == sku && $0["status"] == 1 }
            let onHand = items.reduce(Decimal(0)) { $0 + ($1["quantity"]?.numberValue ?? 0) }
            return .number(onHand - desk.reserved(sku?.stringValue ?? ""))
        },
    ]

    /// All or nothing: one row that can't be written refuses the call.
    private func check(_ rows: [JSONObject]) throws(CommerceRefusal) {
        guard !rows.isEmpty else { throw .bad("Input data is empty") }
        var errors: [JSONValue] = []
        for row in rows {
            let (sku, source) = (row["sku"]?.stringValue ?? "", row["source_code"]?.stringValue ?? "")
            if !hasProduct(sku) {
                errors.append([
                    "message": "Product with SKU \"%sku\" does not exist.", "parameters": ["sku": .string(sku)],
                ])
            }
            if !Self.sources.contains(source) {
                errors.append([
                    "message": "Source with source code \"%code\" does not exist.",
                    "parameters": ["code": .string(source)],
                ])
            }
        }
        guard errors.isEmpty else {
            throw CommerceRefusal(status: .badRequest, message: "Validation Failed", errors: errors)
        }
    }

    /// What orders hold that have not shipped.
    private func reserved(_ sku: String) -> Decimal {
        book.orders.filter { $0.state != "canceled" }.reduce(0) { total, order in
            total + order.items.filter { $0.sku == sku }.reduce(0) { $0 + $1.quantityToShip }
        }
    }
}

import HTTPServer
import JSON

extension OperatorSurface {
    /// Newest orders shown; the counts are of all.
    static let maxShown = 100

    var state: JSONObject {
        let (shop, erp, doubles) = (commerce.snapshot(), dynamics.snapshot(), dynamics.doubles())
        let orders = shop.orders.suffix(Self.maxShown).map { order -> JSONValue in
            [
                "incrementID": .string(order.incrementID), "entityID": .int(order.entityID),
                "storeID": .int(order.storeID), "state": .string(order.state), "status": .string(order.status),
                "extOrderID": .optional(order.extOrderID), "currency": .string(order.currency),
                "grandTotal": .number(order.grandTotal), "totalInvoiced": .number(order.totalInvoiced),
                "comments": .array(order.comments.map(JSONValue.string)),
            ]
        }
        let salesOrders = erp.orders.suffix(Self.maxShown).map { order -> JSONValue in
            [
                "salesOrderNumber": .string(order.salesOrderNumber), "dataAreaId": .string(order.dataAreaId),
                "customersOrderReference": .string(order.customersOrderReference),
                "customerAccount": .string(order.orderingCustomerAccount), "status": .string(order.status),
                "processingStatus": .string(order.processingStatus), "totalAmount": .number(order.totalAmount),
                "lines": .int(order.lines.count),
            ]
        }
        return [
            "commerce": [
                "orderCount": .int(shop.orders.count), "invoiceCount": .int(shop.invoices.count),
                "orders": .array(orders), "requests": Self.json(commerce.requestCounts),
            ],
            "dynamics": [
                "orderCount": .int(erp.orders.count), "customerCount": .int(erp.customers.count),
                "invoiceCount": .int(erp.invoices.count), "orders": .array(salesOrders),
                "eventErrors": .array(erp.eventErrors.suffix(Self.maxShown).map(JSONValue.string)),
                "requests": Self.json(dynamics.requestCounts),
            ],
            "doubles": [
                "orders": Self.json(doubles.orders), "lines": Self.json(doubles.lines),
                "customers": Self.json(doubles.customers),
            ],
            "faults": .object(faults),
        ]
    }

    private static func json(_ counts: [String: Int]) -> JSONValue {
        .object(JSONObject(counts.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: .int($0.value)) }))
    }

    private static func json(_ doubles: [DynamicsDoubles.Double]) -> JSONValue {
        .array(doubles.prefix(maxShown).map { .string($0.description) })
    }
}

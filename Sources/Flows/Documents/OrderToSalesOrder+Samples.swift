import Commerce
import JSON
import Mapping
import Relay

extension OrderToSalesOrder: MappingSampling {
    public var sampledDocuments: Set<String> {
        [
            "order-header", "order-customer", "order-line", "order-change", "order-cancel", "order-hold",
            "order-release",
        ]
    }

    public func samples(of document: String, body: [UInt8]) async throws -> [MappingSample] {
        let order = try await order(in: body)
        let records = try OrderRecords(order, policy: policy, values: context.values)
        let title = "order \(order.incrementID)"
        func sample(_ title: String, _ roots: [String: JSONValue]) -> MappingSample {
            MappingSample(title: title, records: roots, scope: records.dataAreaID)
        }
        switch document {
        case "order-customer": return [sample("customer of \(title)", records.customer)]
        case "order-line": return records.lines.enumerated().map { sample("line \($0 + 1) of \(title)", $1) }
        default: return [sample(title, records.header)]
        }
    }

    /// As when it is carried: an event that only says that an order changed is read from the shop.
    private func order(in body: [UInt8]) async throws -> CommerceOrder {
        guard let notice = try CommerceEvent.orderNotice(in: body) else { return try CommerceOrder.read(body) }
        return try await IncomingOrder.changed(notice).order(from: context.commerce)
    }
}

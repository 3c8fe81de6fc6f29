import Commerce
import JSON
import Relay

/// Which quotation a quote became, for the order that comes of it.
enum QuotationLink {
    static func key(quote id: Int, in dataAreaID: String) -> LinkKey {
        LinkKey(kind: "quote", scope: dataAreaID, key: String(id))
    }

    /// The quotation of the quote that was ordered; `nil` for an order that no quotation led to.
    /// - Parameter order: With `quote_id`, the cart that was ordered.
    static func quotation(
        of order: CommerceOrder, in dataAreaID: String, _ context: FlowContext
    ) async throws -> String? {
        let value = order.document.objectValue?["quote_id"]
        guard let id = value?.intValue ?? value?.stringValue.flatMap({ Int($0) }) else { return nil }
        return try await context.links.value(of: key(quote: id, in: dataAreaID))
    }
}

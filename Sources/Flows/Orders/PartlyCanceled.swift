import Commerce
import Foundation
import JSON
import Relay

extension CommerceOrder {
    /// The first item of which a part, or all, is cancelled.
    private var canceledItem: (quantity: Decimal, item: CommerceOrderItem)? {
        let documents = document.objectValue?["items"]?.arrayValue ?? []
        for (item, document) in zip(items, documents) {
            let canceled = document.objectValue?["qty_canceled"]
            let quantity = canceled?.numberValue ?? canceled?.stringValue.flatMap { Decimal(exactly: $0) } ?? 0
            if quantity > 0 { return (quantity, item) }
        }
        return nil
    }

    /// Refuses an order that is not in F&O yet and of which a part is cancelled already: its amounts are those of the
    /// whole, and nothing in it says what is left of them.
    /// - Throws: A `Verdict` that parks.
    func refusePartlyCanceled() throws(Verdict) {
        guard let (quantity, item) = canceledItem else { return }
        throw .park(
            "partly-canceled",
            "Order \(incrementID): \(quantity) of \(item.qtyOrdered) \(item.sku) are cancelled, and the order is not in "
                + "F&O yet.",
            advice: "Enter what is left of this order in F&O by hand, then skip the event.")
    }
}

import Dynamics
import Relay

extension SalesInvoicePosted {
    /// - Throws: A `Verdict` that parks what is no such event.
    init(_ event: StoredEvent) throws(Verdict) {
        do throws(BusinessEventError) {
            self = try SalesInvoicePosted(event.body)
        } catch {
            throw .park("unreadable-event", "The business event cannot be read: \(error)")
        }
    }
}

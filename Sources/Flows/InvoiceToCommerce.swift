import Commerce
public import Dynamics
import Foundation
public import Relay

/// A sales invoice posted in F&O becomes an invoice in Commerce, with the quantities that were invoiced.
///
/// The event is a thin notice: the invoice and its lines are read by OData first.
public struct InvoiceToCommerce: Flow {
    public static let name = "InvoiceToCommerce"
    public static let patchableSteps = [PatchableStep("invoice", keys: ["comment", "appendComment"])]

    private let context: FlowContext
    private let policy: InvoicePolicy
    private var commerce: CommerceClient { context.commerce }
    private var dynamics: DynamicsClient { context.dynamics }

    public init(_ context: FlowContext, policy: InvoicePolicy = InvoicePolicy()) {
        self.context = context
        self.policy = policy
    }

    public func read(_ event: StoredEvent) throws -> SalesInvoicePosted {
        do {
            return try SalesInvoicePosted(event.body)
        } catch {
            throw Verdict.park("unreadable-event", "The business event cannot be read: \(error)")
        }
    }

    public func run(_ posted: SalesInvoicePosted, _ steps: Steps) async throws -> String? {
        let key = LinkKey(kind: "invoice", scope: posted.LegalEntity, key: posted.InvoiceId)
        try await refuseCarried(posted, key, steps)
        let incrementID = try await steps.once("order") {
            try await self.incrementID(of: posted, header(of: posted))
        }
        if steps.hasConcluded("invoice"), let id = try await steps.linked(key) { return summary(id, incrementID) }
        guard let order = try await commerce.order(incrementID: incrementID), let orderID = order.entityID else {
            throw Verdict.retry(
                "unknown-commerce-order",
                "Invoice \(posted.InvoiceId) belongs to order \(incrementID), which Commerce does not know.",
                advice: "Check that commerce.baseURL is the shop that the order came from.")
        }
        let lines = try await dynamics.salesInvoiceLines(
            invoiceNumber: posted.InvoiceId, dataAreaId: posted.LegalEntity)
        guard !lines.isEmpty else { throw notReadable(posted, "the lines of ") }
        let items = try InvoiceMatch.items(
            of: order, invoicedBy: lines.map(InvoiceMatch.Line.init), charges: policy.charges,
            invoiceNumber: posted.InvoiceId)

        let marker = "Invoice \(posted.InvoiceId) posted in Dynamics 365 (\(posted.LegalEntity))."
        let id = try await steps.ensure("invoice", link: key) {
            try await commerce.invoices(orderID: orderID).first { $0.comments.contains(marker) }
                .map { String($0.entityID) }
        } create: {
            String(
                try await commerce.createInvoice(
                    orderID: orderID, items: items, capture: policy.capture, notify: policy.notify, comment: marker))
        }
        return summary(id, incrementID)
    }

    private func summary(_ id: String, _ incrementID: String) -> String {
        "Commerce invoice \(id) of order \(incrementID)"
    }

    /// Several events may tell of one invoice; after the first there is nothing to read and nothing to write.
    private func refuseCarried(_ posted: SalesInvoicePosted, _ key: LinkKey, _ steps: Steps) async throws {
        guard !steps.hasConcluded("invoice"), let id = try await steps.linked(key) else { return }
        throw Verdict.skip(
            "invoice-carried",
            "Invoice \(posted.InvoiceId) is Commerce invoice \(id) since an earlier event.")
    }

    private func header(of posted: SalesInvoicePosted) async throws -> SalesInvoiceHeaderRow {
        let found = try await dynamics.salesInvoiceHeaders(
            invoiceNumber: posted.InvoiceId, dataAreaId: posted.LegalEntity)
        guard let any = found.first else { throw notReadable(posted) }
        guard let expected = posted.SalesOrderId else { return any }
        // What F&O holds decides; an event is only a notice.
        guard let header = found.first(where: { $0.SalesOrderNumber == expected }) else {
            throw Verdict.park(
                "invoice-of-another-order",
                "The event says that invoice \(posted.InvoiceId) is of sales order \(expected); in F&O it is of "
                    + "\(any.SalesOrderNumber ?? "none").",
                advice: "Look at the invoice in F&O; skip the event if it is not a notice of it.")
        }
        return header
    }

    /// The event is sent with the posting's commit, but a read may reach another node a moment earlier.
    private func notReadable(_ posted: SalesInvoicePosted, _ part: String = "") -> Verdict {
        .retry(
            "invoice-not-readable",
            "F&O does not show \(part)invoice \(posted.InvoiceId) in \(posted.LegalEntity) yet.")
    }

    /// By our own link, or by the reference that the order carried into F&O.
    private func incrementID(of posted: SalesInvoicePosted, _ invoice: SalesInvoiceHeaderRow) async throws -> String {
        guard let number = invoice.SalesOrderNumber ?? posted.SalesOrderId, !number.isEmpty else {
            throw Verdict.park(
                "summary-invoice", "Invoice \(posted.InvoiceId) names no sales order: it sums up several.",
                advice: "Record this invoice in Commerce by hand, then skip the event.")
        }
        if let known = try await context.links.key(kind: "order", scope: posted.LegalEntity, value: number) {
            return known
        }
        guard let reference = invoice.CustomersOrderReference, !reference.isEmpty else {
            throw Verdict.skip(
                "not-a-web-order",
                "Sales order \(number) has no link and no CustomersOrderReference: it did not come from Commerce.")
        }
        return reference
    }
}

public struct InvoicePolicy: Sendable, Equatable {
    /// Whether Commerce captures the payment with the invoice.
    public var capture: Bool
    /// Whether Commerce sends the shopper its invoice e-mail.
    public var notify: Bool
    /// Products in F&O that stand for shipping and the like, and for no item of an order.
    public var charges: Set<String>

    public init(capture: Bool = false, notify: Bool = false, charges: Set<String> = []) {
        self.capture = capture
        self.notify = notify
        self.charges = charges
    }
}

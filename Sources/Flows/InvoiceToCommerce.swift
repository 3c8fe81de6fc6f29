import Commerce
public import Dynamics
import Foundation
import JSON
import Mapping
public import Relay

/// A sales invoice posted in F&O becomes an invoice in Commerce, with the quantities that were invoiced; one that sums
/// up several orders becomes one in each of them.
///
/// The event is a thin notice: the invoice and its lines are read by OData first.
public struct InvoiceToCommerce: Flow {
    public static let name = "InvoiceToCommerce"
    public static let patchableSteps = [
        PatchableStep("invoice", keys: ["comment", "appendComment"]),
        PatchableStep("invoice #", keys: ["comment", "appendComment"]),
    ]

    private let context: FlowContext
    private let policy: InvoicePolicy
    private let creditNotes: CreditNoteToCommerce?
    private var commerce: CommerceClient { context.commerce }
    private var dynamics: DynamicsClient { context.dynamics }

    /// - Parameter creditNotes: Carries invoices below zero; without it they are skipped.
    public init(
        _ context: FlowContext, policy: InvoicePolicy = InvoicePolicy(), creditNotes: CreditNoteToCommerce? = nil
    ) {
        self.context = context
        self.policy = policy
        self.creditNotes = creditNotes
    }

    public func read(_ event: StoredEvent) throws -> SalesInvoicePosted { try SalesInvoicePosted(event) }

    public func run(_ posted: SalesInvoicePosted, _ steps: Steps) async throws -> String? {
        if posted.InvoiceAmountInAccountingCurrency < 0, let creditNotes {
            return try await creditNotes.run(posted, steps)
        }
        let key = LinkKey(kind: "invoice", scope: posted.LegalEntity, key: posted.InvoiceId)
        try await refuseCarried(posted, key, steps)
        let header = try await header(of: posted)
        guard let number = header.SalesOrderNumber ?? posted.SalesOrderId, !number.isEmpty else {
            return try await carrySummary(posted, header, key, steps)
        }
        let lines = try await dynamics.salesInvoiceLines(
            invoiceNumber: posted.InvoiceId, dataAreaId: posted.LegalEntity)
        guard !lines.isEmpty else { throw notReadable(posted, "the lines of ") }
        let part = InvoicedOrder(salesOrder: number, lines: lines.map(ItemMatch.Line.init))
        return try await carry(part, of: posted, header, step: "invoice", key, steps)
    }

    /// - Returns: What came of it, for a person.
    private func carry(
        _ part: InvoicedOrder, of posted: SalesInvoicePosted, _ header: SalesInvoiceHeaderRow, step: String,
        _ key: LinkKey, _ steps: Steps
    ) async throws -> String {
        let orders = WebOrders(context: context)
        let incrementID = try await orders.incrementID(of: part.salesOrder, in: posted.LegalEntity) {
            if header.SalesOrderNumber == part.salesOrder { return header.CustomersOrderReference }
            return try await orders.incrementID(of: part.salesOrder, in: posted.LegalEntity)
        }
        if steps.hasConcluded(step), let id = try await steps.linked(key) { return summary(id, incrementID) }
        let (_, orderID) = try await orders.order(incrementID, of: "Invoice \(posted.InvoiceId)")
        let marker = Self.marker(posted.InvoiceId, posted.LegalEntity)
        let id = try await steps.ensure(step, link: key) {
            try await commerce.invoices(orderID: orderID).first { $0.comments.contains(marker) }
                .map { String($0.entityID) }
        } create: {
            let body = try await body(of: part, posted, header, orderID: orderID, marker: marker)
            return String(try await commerce.createInvoice(orderID: orderID, body: body))
        }
        return summary(id, incrementID)
    }

    /// The comment by which an invoice in Commerce is told from others.
    static func marker(_ invoiceNumber: String, _ dataAreaID: String) -> String {
        "Invoice \(invoiceNumber) posted in Dynamics 365 (\(dataAreaID))."
    }

    /// Read now: what an earlier invoice took is no longer there to invoice.
    private func body(
        of part: InvoicedOrder, _ posted: SalesInvoicePosted, _ header: SalesInvoiceHeaderRow, orderID: Int,
        marker: String
    ) async throws -> JSONValue {
        guard let order = try await commerce.order(entityID: orderID) else {
            throw Verdict.unknownOrder("\(orderID)")
        }
        let names = ProductNames(values: context.values, scope: posted.LegalEntity)
        let items = try InvoiceMatch.items(
            of: order, invoicedBy: part.lines, charges: policy.charges, invoiceNumber: posted.InvoiceId,
            isSame: names.isSame)
        let records = ["invoice": try JSONValue(encoding: header), "order": order.document]
        var record = try context.fill(
            "invoice", records, scope: posted.LegalEntity, title: "Invoice \(posted.InvoiceId)")
        record.set(
            "items", .array(items.map { ["order_item_id": .int($0.orderItemID), "qty": .number($0.qty)] }))
        record.set("capture", .bool(policy.capture.captures(order.payment?.method)))
        record.set("comment.comment", .string(marker))
        record.set("appendComment", true)
        return record.json
    }

    /// One invoice for several orders: the lines have to say which is whose.
    private func carrySummary(
        _ posted: SalesInvoicePosted, _ header: SalesInvoiceHeaderRow, _ key: LinkKey, _ steps: Steps
    ) async throws -> String {
        guard let property = policy.orderProperty else {
            throw Verdict.park(
                "summary-invoice", "Invoice \(posted.InvoiceId) names no sales order: it sums up several.",
                advice: "Name the property of F&O's invoice lines that holds the sales order under "
                    + "invoices.orderProperty, if the environment has one; or record this invoice in Commerce by hand, "
                    + "then skip the event.")
        }
        let rows = try await dynamics.openSalesInvoiceLines(
            invoiceNumber: posted.InvoiceId, dataAreaId: posted.LegalEntity)
        guard !rows.isEmpty else { throw notReadable(posted, "the lines of ") }
        var told: [String] = []
        for part in try InvoicedOrder.split(rows, by: property, invoice: posted.InvoiceId) {
            let own = LinkKey(kind: key.kind, scope: key.scope, key: "\(posted.InvoiceId) \(part.salesOrder)")
            told.append(
                try await carry(part, of: posted, header, step: "invoice \(part.salesOrder)", own, steps))
        }
        return told.joined(separator: "; ")
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
}

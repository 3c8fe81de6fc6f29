import Commerce
import Dynamics
import Foundation
import JSON
import Mapping
public import Relay

/// The money of a paid invoice of the shop becomes a line in a customer payment journal of F&O. Posting the journal is
/// F&O's business.
public struct InvoiceToPaymentJournal: Flow {
    public static let name = "InvoiceToPaymentJournal"
    public static let patchableSteps = [PatchableStep("payment", keys: PaymentJournal.keys)]

    private let context: FlowContext
    private let legalEntities: LegalEntities
    private let policy: PaymentPolicy
    private let journal: PaymentJournal

    public init(_ context: FlowContext, legalEntities: LegalEntities, policy: PaymentPolicy = PaymentPolicy()) {
        self.context = context
        self.legalEntities = legalEntities
        self.policy = policy
        journal = PaymentJournal(context.dynamics)
    }

    public func read(_ event: StoredEvent) throws -> IncomingRecord { try IncomingRecord(event) }

    public func run(_ incoming: IncomingRecord, _ steps: Steps) async throws -> String? {
        let id = incoming.notice.entityID
        guard let invoice = try await context.commerce.invoice(id: id), let number = invoice.incrementID else {
            throw Verdict.unknownRecord(incoming.notice)
        }
        guard invoice.state == .paid else {
            throw Verdict.skip(
                "invoice-not-paid", "Invoice \(number) of Commerce is not paid; once it is, that is carried.")
        }
        let sold = try await CarriedOrder.find(id: invoice.orderID, in: context, legalEntities)
        try refuseMethod(of: sold.order, number)
        let reference = policy.referencePrefix + number
        let link = LinkKey(kind: "payment", scope: sold.dataAreaID, key: reference)
        if !steps.hasConcluded("payment"), let place = try await steps.linked(link) {
            throw Verdict.skip("payment-carried", "The payment of invoice \(number) is in \(place) already.")
        }
        let entry = try await entry(of: invoice, number, reference, sold)
        return try await journal.ensure("payment", entry, link: link, steps)
    }

    private func refuseMethod(of order: CommerceOrder, _ invoice: String) throws {
        guard let method = order.payment?.method, policy.skippedMethods.contains(method) else { return }
        throw Verdict.skip(
            "no-payment",
            "Invoice \(invoice) of order \(order.incrementID) is paid by \(method), which brings no money.")
    }

    private func entry(
        of invoice: CommerceInvoice, _ number: String, _ reference: String, _ sold: CarriedOrder
    ) async throws -> PaymentJournal.Entry {
        let settlement = try await settlement(of: invoice, sold)
        let records: [String: JSONValue] = [
            "invoice": invoice.document, "order": sold.order.document, "money": sold.money(of: invoice.document),
            "settlement": settlement?.json ?? .object([:]),
        ]
        let title = "Invoice \(number) of order \(sold.order.incrementID)"
        let line = try context.fill("payment-line", records, scope: sold.dataAreaID, title: title)
        let header = try context.fill("payment-journal", records, scope: sold.dataAreaID, title: title)
        let entry = PaymentJournal.Entry(
            line: line, header: header,
            journal: PaymentJournal.Entry.journal("payments", policy.journal, line, reference: reference),
            dataAreaID: sold.dataAreaID, account: sold.invoiceAccount, reference: reference)
        guard entry.amount > 0 else {
            throw Verdict.skip("no-payment", "\(title) comes to \(entry.amount): no money came.")
        }
        return entry
    }

    private func settlement(of invoice: CommerceInvoice, _ sold: CarriedOrder) async throws -> Settlement? {
        guard policy.isSettled else { return nil }
        // One that sums up several orders is linked with the order's number behind its own.
        let linked = try await context.links.key(
            kind: "invoice", scope: sold.dataAreaID, value: String(invoice.entityID)
        ).map { $0.replacing(" \(sold.salesOrder.SalesOrderNumber)", with: "") }
        let invoices =
            linked == nil
            ? try await context.dynamics.salesInvoiceHeaders(
                salesOrderNumber: sold.salesOrder.SalesOrderNumber, dataAreaId: sold.dataAreaID) : []
        let amount = sold.money(of: invoice.document).objectValue?["amount"]?.numberValue
        return .of(amount: amount ?? 0, linked: linked, invoices: invoices)
    }
}

extension Verdict {
    /// A hook or an event that leaves before Commerce commits is faster than the record it tells of.
    static func unknownRecord(_ notice: RecordNotice) -> Verdict {
        .retry(
            "unknown-commerce-record", "Commerce does not know \(notice.subject), or it has no number yet.",
            advice: "Check that the webhook or event and commerce.baseURL belong to the same shop.")
    }
}

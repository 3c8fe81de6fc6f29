import Relay

/// The flows that this gateway can run, and the lanes they run in.
public enum KnownFlow: String, Sendable, CaseIterable {
    case orderToSalesOrder = "OrderToSalesOrder"
    case invoiceToCommerce = "InvoiceToCommerce"
    case shipmentToCommerce = "ShipmentToCommerce"
    case orderStatusToCommerce = "OrderStatusToCommerce"
    case invoiceToPaymentJournal = "InvoiceToPaymentJournal"
    case creditMemoToDynamics = "CreditMemoToDynamics"
    case creditNoteToCommerce = "CreditNoteToCommerce"
    case returnToReturnOrder = "ReturnToReturnOrder"
    case returnStatusToCommerce = "ReturnStatusToCommerce"
    case customerToDynamics = "CustomerToDynamics"
    case companyToDynamics = "CompanyToDynamics"
    case quoteToQuotation = "QuoteToQuotation"
    case customerToCommerce = "CustomerToCommerce"
    case companyCreditToCommerce = "CompanyCreditToCommerce"

    /// The platform that the flow writes to.
    var destination: KnownDestination {
        switch self {
        case .orderToSalesOrder, .invoiceToPaymentJournal, .creditMemoToDynamics, .returnToReturnOrder,
            .customerToDynamics, .companyToDynamics, .quoteToQuotation:
            .dynamics
        case .invoiceToCommerce, .shipmentToCommerce, .orderStatusToCommerce, .creditNoteToCommerce,
            .returnStatusToCommerce, .customerToCommerce, .companyCreditToCommerce:
            .commerce
        }
    }

    var lane: String { "\(destination.rawValue)/\(rawValue)" }
}

extension Inspection {
    /// Also the lanes that nothing has gone through yet, so that dashboards and alerts can be made on the first day.
    func everyLane(now: Timestamp) async throws -> [LaneOverview] {
        let lanes = try await lanes(now: now)
        let seen = Set(lanes.map(\.lane))
        let silent = KnownFlow.allCases.map(\.lane).filter { !seen.contains($0) }
        return (lanes + silent.map { LaneOverview(lane: $0, counts: [:]) }).sorted { $0.lane < $1.lane }
    }
}

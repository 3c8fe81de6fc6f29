import Commerce
import Relay

extension CommerceRecordKind {
    /// The flow that carries such records; a kind without one is stored and not carried.
    var flow: KnownFlow? {
        switch self {
        case .order: .orderToSalesOrder
        case .invoice: .invoiceToPaymentJournal
        case .creditmemo: .creditMemoToDynamics
        case .return: .returnToReturnOrder
        case .customer: .customerToDynamics
        case .company: .companyToDynamics
        case .quote: .quoteToQuotation
        }
    }
}

extension RelaySettings {
    /// Where Commerce's records go, whatever way they come.
    var recordRoutes: [CommerceRecordKind: [Route]] {
        var routes: [CommerceRecordKind: [Route]] = [:]
        for kind in CommerceRecordKind.allCases { routes[kind] = kind.flow.map { [route(of: $0)] } ?? [] }
        return routes
    }
}

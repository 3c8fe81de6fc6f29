import Flows
import Relay

extension GatewayConfiguration {
    /// The flows of payments, refunds and returns.
    func moneyFlows(_ context: FlowContext) -> [any Flow] {
        let orders = orderPolicy
        return [
            InvoiceToPaymentJournal(context, legalEntities: legalEntities, policy: payments),
            CreditMemoToDynamics(context, orders: orders, payments: payments, policy: refunds),
            CreditNoteToCommerce(context, orders: orders, policy: refunds),
            ReturnToReturnOrder(context, orders: orders, policy: refunds), ReturnStatusToCommerce(context),
        ]
    }
}

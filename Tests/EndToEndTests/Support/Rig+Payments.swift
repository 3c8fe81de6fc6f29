import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

/// Money of the shop: what tests of payments, refunds and returns have in common.
extension Rig {
    /// Both platforms compute the same tax.
    static var taxed: SandboxConfiguration {
        var platforms = SandboxConfiguration()
        platforms.dynamics.salesTaxPercent = ["usmf": 20, "dat": 20]
        return platforms
    }

    /// Says what the shop's payment methods are in F&O.
    func payBy(_ method: String, as name: String = "CARD", offset: String = "USMF CARD") async throws {
        let body = """
            {"by":"anna","why":"new method","values":{"CustomerPaymentMethodName":"\(name)","OffsetAccountType":"Bank",
            "OffsetAccountDisplayValue":"\(offset)"}}
            """
        let answer = try await operate(.put, "/values/payment-methods/\(method)", body: body)
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
    }

    /// Invoices an order in the shop and waits for the delivery of the invoice's webhook to end.
    func pay(
        _ incrementID: String, items: [String: Decimal]? = nil
    ) async throws -> (invoice: Int, outcome: Outcome) {
        let invoice = try await sandbox.commerce.makeInvoice(incrementID: incrementID, items: items)
        return (invoice, try await outcomes.next(of: "invoice \(invoice)"))
    }

    /// Posts the credit note of a return order and waits for the delivery of its event to end.
    func credit(_ returnOrder: String, in dataAreaID: String = "usmf") async throws -> Outcome {
        try await sandbox.dynamics.postCreditNote(returnOrder: returnOrder, dataAreaId: dataAreaID)
        return try await outcomes.next(of: "sales order \(dataAreaID)/\(returnOrder)")
    }

    /// Carries the newest event of a subject once more, from its first step on.
    func replay(_ subject: String) async throws -> Outcome {
        let event = try #require(outcomes.story.newest[subject])
        let body = #"{"all":true,"by":"anna","why":"to be sure"}"#
        #expect(try await operate(.post, "/events/\(event)/replay", body: body).status == 200)
        return try await outcomes.next(of: subject)
    }
}

extension SandboxOrder {
    /// Paid by card through a provider.
    func paid(by method: String) -> SandboxOrder {
        var copy = self
        copy.paymentMethod = method
        return copy
    }
}

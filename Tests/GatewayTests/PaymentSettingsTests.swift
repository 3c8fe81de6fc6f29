import Flows
import Foundation
import Testing

@testable import Gateway

@Suite("The sections payments and refunds")
struct PaymentSettingsTests {
    private static func yaml(_ sections: String) -> String {
        """
        commerce:
          baseURL: https://shop.example.com
          auth: { bearer: { token: t } }
          webhooks: { signatures: [ { hmacSecret: 0123456789abcdef } ] }
        dynamics:
          environment: https://contoso.operations.dynamics.com
          auth: { clientSecret: { tenant: t, clientID: c, clientSecret: s } }
          businessEvents: { tokens: [ 0123456789abcdef ] }
        legalEntities: { default: usmf }
        \(sections)
        """
    }

    @Test("are left to the defaults where they are missing, and then nobody looks for their entity sets")
    func defaults() throws {
        let configuration = try GatewayConfiguration.read(yaml: Self.yaml(""))
        #expect(configuration.payments == PaymentPolicy() && configuration.refunds == RefundPolicy())
        #expect(configuration.moreEntitySets.isEmpty)
    }

    @Test("are read as they stand")
    func values() throws {
        let configuration = try GatewayConfiguration.read(
            yaml: Self.yaml(
                """
                payments: { journal: perPayment, skipMethods: [ invoice ], referencePrefix: W, settle: false }
                refunds:
                  as: creditOrder
                  returnPrefix: R-
                  shipping: FREIGHT
                  adjustments: { refund: GOODWILL, fee: RESTOCK }
                  payments: true
                  offlineMethods: [ cash ]
                  difference: adjust
                  tolerance: "0.10"
                  returnToStock: true
                  notify: true
                  returnStatuses: [ approved ]
                """))
        #expect(
            configuration.payments
                == PaymentPolicy(
                    journal: .perPayment, skippedMethods: ["invoice"], referencePrefix: "W", isSettled: false))
        #expect(
            configuration.refunds
                == RefundPolicy(
                    form: .creditOrder, returnPrefix: "R-", shippingItem: "FREIGHT", extraItem: "GOODWILL",
                    feeItem: "RESTOCK", notesPayments: true, offlineMethods: ["cash"], difference: .adjust,
                    tolerance: Decimal(10) / 100, returnsToStock: true, notifies: true, carriedReturns: ["approved"]))
        #expect(configuration.moreEntitySets.count == 4)
    }

    @Test(
        "are refused with line and key where they are wrong",
        arguments: [
            ("payments: { journal: weekly }", "payments.journal", 10),
            ("payments: { jurnal: perDay }", "payments.jurnal", 10),
            ("payments: { referencePrefix: \"IN V\" }", "payments.referencePrefix", 10),
            ("payments: { skipMethods: free }", "payments.skipMethods", 10),
            ("payments: [ ]", "payments", 10), ("refunds:\n  as: gift", "refunds.as", 11),
            ("refunds:\n  tolerance: -1", "refunds.tolerance", 11),
            ("refunds:\n  returnPrefix: CM-", "refunds.returnPrefix", 11),
            ("refunds:\n  adjustments: { fees: X }", "refunds.adjustments.fees", 11),
            ("refunds:\n  returnStatuses: [ { a: b } ]", "refunds.returnStatuses[0]", 11),
        ])
    func refused(section: String, key: String, line: Int) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try GatewayConfiguration.read(yaml: Self.yaml(section))
        }
        #expect(error.problems.map(\.key) == [key] && error.problems.map(\.line) == [line])
    }
}

import Flows
import Foundation
import Relay
import Testing

@testable import Gateway

@Suite("reconciliation and syntheticOrder of the configuration")
struct ReconciliationSettingsTests {
    private static func read(_ more: String) throws -> GatewayConfiguration {
        try GatewayConfiguration.read(
            yaml: ConfigurationFixture.yaml + "\n" + more, environment: ConfigurationFixture.environment)
    }

    @Test("are read")
    func read() throws {
        let configuration = try Self.read(
            """
            reconciliation: { at: "02:30", period: 7d, settle: 1h, confirm: 0s, findings: 50, keep: 30d, shopInvoices: true, shipping: invoiced }
            syntheticOrder: { at: "05:00", sku: CHECK, email: Check@Example.com, currency: EUR, country: AT, store: 2, amount: 1.50, limit: 5m }
            alerts: { rules: { orderTime: { limit: 1m, count: 3, within: 2h }, reconciliation: false } }
            """)
        let reconciliation = configuration.reconciliation
        #expect(reconciliation.at == 150 && reconciliation.period == .seconds(7 * 86_400))
        #expect(reconciliation.settle == .seconds(3600) && reconciliation.confirm == .zero)
        #expect(reconciliation.findings == 50 && reconciliation.shopInvoices && reconciliation.shipping == .invoiced)
        let synthetic = try #require(configuration.syntheticOrder)
        #expect(synthetic.at == 300 && synthetic.sku == "CHECK" && synthetic.email == "check@example.com")
        #expect(
            synthetic.storeID == 2 && synthetic.amount == Decimal(string: "1.5") && synthetic.limit == .seconds(300))
        let rules = configuration.alerts.rules
        #expect(rules.orderTime == .init(limit: .seconds(60), count: 3, within: .seconds(7200)))
        #expect(!rules.reconciliation && rules.syntheticOrder)
    }

    @Test("are off by the clock, and without a synthetic order, unless configured")
    func defaults() throws {
        let configuration = try Self.read("")
        #expect(configuration.reconciliation == ReconciliationSettings() && configuration.reconciliation.at == nil)
        #expect(configuration.syntheticOrder == nil)
        #expect(try Self.read("reconciliation: { at: off, shipping: off }").reconciliation.shipping == .off)
        #expect(try Self.read("alerts: { rules: { orderTime: off } }").alerts.rules.orderTime == nil)
    }

    @Test(
        "are refused with key and expectation where they cannot be",
        arguments: [
            (#"reconciliation: { at: "25:00" }"#, "reconciliation.at"),
            (#"reconciliation: { at: noon }"#, "reconciliation.at"),
            ("reconciliation: { period: 1h, settle: 2h }", "reconciliation.settle"),
            ("reconciliation: { period: 500d }", "reconciliation.period"),
            ("reconciliation: { findings: 0 }", "reconciliation.findings"),
            ("reconciliation: { shipping: sometimes }", "reconciliation.shipping"),
            ("reconciliation: { ad: 1 }", "reconciliation.ad"),
            ("syntheticOrder: { sku: A, currency: EUR, country: AT }", "syntheticOrder.email"),
            ("syntheticOrder: { sku: A, email: nobody, currency: EUR, country: AT }", "syntheticOrder.email"),
            ("syntheticOrder: { email: a@b.c, currency: EUR, country: AT }", "syntheticOrder.sku"),
            ("syntheticOrder: { sku: A, email: a@b.c, currency: euro, country: AT }", "syntheticOrder.currency"),
            ("syntheticOrder: { sku: A, email: a@b.c, currency: EUR, country: Austria }", "syntheticOrder.country"),
            (
                "syntheticOrder: { sku: A, email: a@b.c, currency: EUR, country: AT, amount: 0 }",
                "syntheticOrder.amount"
            ),
            ("alerts: { rules: { orderTime: { count: 0 } } }", "alerts.rules.orderTime.count"),
        ])
    func refused(_ yaml: String, _ key: String) {
        let error = #expect(throws: ConfigurationError.self) { try Self.read(yaml) }
        #expect(error?.problems.contains { $0.key == key } == true, "\(error?.problems.map(\.key) ?? [])")
    }

    @Test(
        "a time of day is the next one, and never now",
        arguments: [(0, 150, 150), (150, 150, 1590), (151, 150, 1590), (1439, 0, 1440), (0, 0, 1440)]
            as [(Int64, Int, Int64)])
    func schedule(_ now: Int64, _ at: Int, _ next: Int64) {
        let day: Int64 = 20_000 * 86_400_000
        let moment = Timestamp(millisecondsSince1970: day + now * 60_000)
        #expect(DailySchedule(minute: at).next(after: moment).millisecondsSince1970 == day + next * 60_000)
    }
}

import Dynamics
import Flows
import Testing

@testable import Gateway

@Suite("The configuration of shipments, invoices, statuses and changes of orders")
struct ShippingSettingsTests {
    /// - Parameter more: Sections of their own.
    private static func read(more: String) throws(ConfigurationError) -> GatewayConfiguration {
        try ConfigurationFixture.read(replacing: "operator:", with: more + "\noperator:")
    }

    /// - Parameters:
    ///   - events: Added to `dynamics.businessEvents`.
    ///   - dynamics: Added to `dynamics`.
    private static func read(events: String, dynamics: String) throws(ConfigurationError) -> GatewayConfiguration {
        let tokens = "businessEvents: { tokens: [ ${D365_EVENT_TOKEN} ] }"
        return try ConfigurationFixture.read(
            replacing: tokens,
            with: "businessEvents: { tokens: [ ${D365_EVENT_TOKEN} ], \(events) }\n  \(dynamics)")
    }

    @Test("each key says what it says")
    func read() throws {
        let configuration = try Self.read(
            more: """
                shipments: { bundles: separately }
                invoices: { capture: online, captureByMethod: { stripe: always }, orderProperty: OrigSalesId }
                orderStatus: { tell: [ Confirmed, Invoiced ], canceled: comment, canceledLines: park }
                orders: { changes: { cancel: flag, hold: tell, edit: park, update: ignore, statuses: Active } }
                """)
        let shipping = configuration.shipping
        #expect(shipping.bundles == .separately)
        #expect(shipping.capture == CaptureRules(standard: .online, methods: ["stripe": .always]))
        #expect(shipping.invoiceOrderProperty == "OrigSalesId")
        #expect(shipping.told == ["Confirmed", "Invoiced"])
        #expect(shipping.cancellation == .comment && shipping.lineCancellation == .park)
        #expect(
            configuration.orderPolicy.changes
                == OrderChangePolicy(
                    cancellation: .flag, hold: .tell, edit: .park, update: .ignore, openStatuses: ["Active"]))
    }

    @Test("without a word all is as documented")
    func defaults() throws {
        let configuration = try Self.read(more: "")
        #expect(configuration.shipping == ShippingSettings())
        #expect(configuration.orderPolicy.changes == OrderChangePolicy())
        #expect(configuration.dynamics.shipments == ShipmentEntities())
    }

    @Test(
        "a mistake is refused with its line and what was expected",
        arguments: [
            ("shipments: { bundles: never }", "together, separately"),
            ("shipments: { sources: all }", "bundles"),
            ("invoices: { capture: yes }", "always, never, online"),
            ("invoices: { captureByMethod: { stripe: maybe } }", "always, never, online"),
            ("invoices: { orderProperty: \"Orig Sales\" }", "a property of the invoice lines"),
            ("orderStatus: { tell: [ Confirmd ] }", "SalesOrderProcessingStatus"),
            ("orderStatus: { canceled: delete }", "cancel, comment, ignore"),
            ("orders: { changes: { cancel: all } }", "deleteLines, cancelRemainder, flag, park, ignore"),
            ("orders: { changes: { statuses: [ Open ] } }", "SalesOrderProcessingStatus"),
        ])
    func refused(_ more: String, _ expected: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try Self.read(more: more) }
        let problem = try #require(error.problems.first)
        #expect(error.problems.count == 1)
        #expect(problem.line > 1 && problem.column > 0)
        #expect(problem.expected.contains(expected))
    }

    @Test("a route names the fields of a company's own event, and the entity those of its own set")
    func fields() throws {
        let dynamics = try Self.read(
            events: "routes: { Acme: { flow: ShipmentToCommerce, fields: { SalesOrderNumber: OrderNum } } }",
            dynamics: "entities: { shipments: { headers: AcmeSlips, fields: { PackingSlipId: SlipNum } } }"
        ).dynamics
        #expect(dynamics.businessEvents.routes["Acme"] == .shipmentToCommerce)
        #expect(dynamics.businessEvents.fields == NoticeFields(["Acme": ["SalesOrderNumber": "OrderNum"]]))
        #expect(dynamics.shipments.headers == "AcmeSlips")
        #expect(dynamics.shipments.name(.PackingSlipId) == "SlipNum")
        #expect(dynamics.shipments.name(.Quantity) == "Quantity")
    }

    @Test(
        "a route that nobody could follow is refused with line and column",
        arguments: [
            "routes: { Acme: ShipmentsToCommerce }", "routes: { Acme: { fields: { SalesOrderNumber: A } } }",
            "routes: { Acme: { flow: ShipmentToCommerce, fields: { Order: A } } }",
            "routes: { Acme: { flow: ShipmentToCommerce, names: {} } }",
        ])
    func badRoutes(_ events: String) throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Self.read(events: events, dynamics: "")
        }
        #expect(error.problems.count == 1)
        #expect(error.problems.allSatisfy { $0.line > 1 && $0.column > 0 })
    }
}

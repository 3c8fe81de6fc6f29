import Commerce
import Dynamics
import JSON
import Relay
import Testing

@testable import Gateway

@Suite("Section polling")
struct PollingSettingsTests {
    private static let piece = "operator: { token: ${OPERATOR_TOKEN} }"

    private static func read(_ keys: String) throws -> PollingSettings {
        try ConfigurationFixture.read(replacing: piece, with: "polling: \(keys)").polling
    }

    @Test("nothing is polled unless it is configured, and not what is switched off")
    func off() throws {
        #expect(try ConfigurationFixture.read().polling.isOn == false)
        let off = try Self.read(
            "{ commerce: { orders: { enabled: false } }, dynamics: { invoices: { enabled: false } } }")
        #expect(off == PollingSettings())
    }

    @Test("lists of Commerce have times, an overlap, a start and pages of their own")
    func commerce() throws {
        let settings = try Self.read(
            "{ commerce: { orders: {}, companies: { from: 2026-01-01, every: 1h, pageSize: 50, pagesPerRound: 3 },"
                + " invoices: { overlap: 15m, from: now } } }")
        #expect(settings.commerce[.order] == PollSettings())
        let companies = try #require(settings.commerce[.company])
        #expect(companies.from == .at(Timestamp(millisecondsSince1970: 1_767_225_600_000)))
        #expect(companies.every == .seconds(3600) && companies.pageSize == 50 && companies.pagesPerRound == 3)
        #expect(settings.commerce[.invoice]?.overlap == .seconds(900) && settings.commerce.count == 3)
    }

    @Test("entities of F&O are as standard has them, and every name can be replaced")
    func dynamics() throws {
        let settings = try Self.read(
            """

              dynamics:
                invoices: { every: 10m, overlap: 3d }
                salesOrders: { window: 30d, event: MyOrderEvent }
                customers: { fields: { CustomerAccount: CustomerAccount, Blocked: OnHoldStatus } }
                shipments:
                  entitySet: MyPackingSlips
                  key: PackingSlipId
                  date: DeliveryDate
                  event: MyPackingSlipPosted
                  fields: { PackingSlipId: PackingSlipId, SalesOrderId: SalesId }
            """)
        let byName = Dictionary(uniqueKeysWithValues: settings.dynamics.map { ($0.name, $0) })
        let invoices = try #require(byName["dynamics/invoices"])
        #expect(invoices.entitySet == "SalesInvoiceHeadersV2" && invoices.cursor == .date(property: "InvoiceDate"))
        #expect(invoices.poll.overlap == .seconds(3 * 86_400) && invoices.event == SalesInvoicePosted.businessEventId)
        let orders = try #require(byName["dynamics/salesOrders"])
        #expect(
            orders.cursor
                == .digest(window: .init(property: "OrderCreationDateTime", length: .seconds(30 * 86_400))))
        #expect(orders.event == "MyOrderEvent" && orders.required == "CustomersOrderReference")
        #expect(
            byName["dynamics/customers"]?.fields == ["CustomerAccount": "CustomerAccount", "Blocked": "OnHoldStatus"])
        let shipments = try #require(byName["dynamics/shipments"])
        #expect(shipments.cursor == .date(property: "DeliveryDate") && shipments.key == ["PackingSlipId"])
        #expect(shipments.properties == ["dataAreaId", "PackingSlipId", "SalesId", "DeliveryDate"])
    }

    static let refused: [(String, String)] = [
        ("{ commerce: { quotes: {} } }", "polling.commerce.quotes"),
        ("{ commerce: { orders: { every: 0s } } }", "polling.commerce.orders.every"),
        ("{ commerce: { orders: { from: yesterday } } }", "polling.commerce.orders.from"),
        ("{ commerce: { orders: { pageSize: 0 } } }", "polling.commerce.orders.pageSize"),
        ("{ commerce: { orders: { enabled: perhaps } } }", "polling.commerce.orders.enabled"),
        ("{ commerce: { orders: { entitySet: X } } }", "polling.commerce.orders.entitySet"),
        ("{ dynamics: { invoices: { entitySet: 'A/B' } } }", "polling.dynamics.invoices.entitySet"),
        ("{ dynamics: { invoices: { window: 3d } } }", "polling.dynamics.invoices.window"),
        ("{ dynamics: { customers: { date: X } } }", "polling.dynamics.customers.date"),
        ("{ dynamics: { salesOrders: { fields: { A: 'b c' } } } }", "polling.dynamics.salesOrders.fields.A"),
        ("{ dynamics: { shipments: {} } }", "polling.dynamics.shipments.entitySet"),
        ("{ dynamics: { shipments: {} } }", "polling.dynamics.shipments.fields"),
        ("{ dynamics: { prices: {} } }", "polling.dynamics.prices"),
    ]

    @Test("what makes no sense is refused at its place", arguments: refused)
    func refuses(keys: String, place: String) {
        let error = #expect(throws: ConfigurationError.self) { try Self.read(keys) }
        #expect(error?.problems.contains { $0.key == place } == true, "\(String(describing: error))")
    }
}

@Suite("Events that polling makes")
struct PolledEventTests {
    private let now = Timestamp(millisecondsSince1970: 1_767_261_612_447)

    private func events(_ name: String) throws -> EntityEvents {
        let settings = try #require(
            EntityPollSettings.presets(EntitySetNames()).first { $0.name == "dynamics/\(name)" })
        let route = RelaySettings().route(of: .invoiceToCommerce)
        return EntityEvents(
            settings: settings, legalEntities: ["usmf"], routes: [SalesInvoicePosted.businessEventId: route])
    }

    @Test("an invoice is the very event that a push of it is, and its flow can read it")
    func invoice() throws {
        let row: JSONObject = [
            "dataAreaId": "USMF", "InvoiceNumber": "CIV-1", "LedgerVoucher": "V", "SalesOrderNumber": "SO-1",
            "InvoiceDate": "2026-01-15T12:00:00Z", "InvoiceCustomerAccountNumber": "C-1", "TotalInvoiceAmount": 242,
            "TotalTaxAmount": 42,
        ]
        let event = try #require(try events("invoices").event(of: row, occurrence: nil, at: now))
        #expect(event.dedupKey == "SalesInvoicePosted usmf/CIV-1" && event.subject == "sales order usmf/SO-1")
        #expect(event.source == "dynamics" && event.routes.map(\.flow) == ["InvoiceToCommerce"])
        #expect(event.searchKeys.contains(SearchKey(.invoice, "CIV-1", in: "usmf")))
        let posted = try SalesInvoicePosted(event.body)
        #expect(posted.InvoiceId == "CIV-1" && posted.SalesOrderId == "SO-1" && posted.LegalEntity == "usmf")
    }

    @Test("a sales order that came from no shop is none of ours; one that did waits in its order's queue")
    func salesOrder() throws {
        var row: JSONObject = [
            "dataAreaId": "usmf", "SalesOrderNumber": "SO-1", "CustomersOrderReference": "",
            "SalesOrderStatus": "Backorder",
        ]
        let events = try events("salesOrders")
        #expect(events.event(of: row, occurrence: "1", at: now) == nil)
        row["CustomersOrderReference"] = "000000042"
        let event = try #require(events.event(of: row, occurrence: "1", at: now))
        #expect(event.subject == "sales order usmf/SO-1" && event.kind == "SalesOrderChanged" && event.routes.isEmpty)
        let later = try #require(events.event(of: row, occurrence: "2", at: now))
        #expect(later.dedupKey != event.dedupKey)
    }

    @Test("a record of Commerce is a notice that its flow reads like any other")
    func commerce() throws {
        let row = ListedRecord(
            entityID: 17, updatedAt: now,
            fields: ["entity_id": 17, "increment_id": "000000017", "order_id": 42, "state": 2])
        let event = NewEvent(polled: row, .invoice, occurrence: "", receivedAt: now, routes: [])
        #expect(event.dedupKey == "invoice 17 state 2" && event.subject == "invoice 17" && event.kind == "invoice")
        #expect(try CommerceEvent.recordNotice(in: event.body, kind: .invoice).orderID == 42)
    }

    @Test("two changes of an order within a second are two events")
    func orders() throws {
        func event(_ status: String) -> NewEvent {
            let row = ListedRecord(
                entityID: 42, updatedAt: now,
                fields: ["entity_id": 42, "increment_id": "000000042", "status": .string(status)])
            return NewEvent(polled: row, .order, occurrence: "", receivedAt: now, routes: [])
        }
        #expect(event("pending").subject == "order 000000042")
        #expect(event("pending").dedupKey == event("pending").dedupKey)
        #expect(event("pending").dedupKey != event("processing").dedupKey)
        #expect(try CommerceEvent.orderNotice(in: event("pending").body)?.incrementID == "000000042")
    }
}

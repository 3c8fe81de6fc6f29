import Dynamics
import Foundation
import HTTPClient
import HTTPTypes
import JSON
import Logging
import Relay
import Sandbox
import SignIn
import Synchronization
import Testing

/// Tokens of the sandbox's own sign-in, kept until one is refused.
private final class SandboxTokens: AccessTokenSource {
    private let kept = Mutex<String?>(nil)
    private let issued = Mutex(0)
    private let request: OutboundRequest
    private let transport: any HTTPTransport

    init(_ addresses: SandboxAddresses, _ configuration: SandboxDynamicsConfiguration, _ transport: any HTTPTransport)
    {
        let form = PercentEncoding.form([
            ("grant_type", "client_credentials"), ("client_id", configuration.clientID),
            ("client_secret", configuration.clientSecret), ("scope", "\(addresses.dynamicsBaseURL)/.default"),
        ])
        request = OutboundRequest(
            method: .post, url: "\(addresses.authorityURL)/\(configuration.tenant)/oauth2/v2.0/token",
            headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8))
        self.transport = transport
    }

    var count: Int { issued.withLock { $0 } }

    func token() async throws -> String {
        if let token = kept.withLock({ $0 }) { return token }
        let answer = try JSONValue.parse(try await transport.send(request).body)
        let token = try #require(answer.objectValue?["access_token"]?.stringValue)
        issued.withLock { $0 += 1 }
        kept.withLock { $0 = token }
        return token
    }

    func invalidate(_ token: String) async { kept.withLock { if $0 == token { $0 = nil } } }
}

/// A sandbox that serves on loopback, and a client that calls it over a socket.
private struct Environment {
    let sandbox: Sandbox
    let odata: ODataClient
    let client: DynamicsClient
    let tokens: SandboxTokens

    static func run(
        _ change: (inout SandboxConfiguration) -> Void = { _ in }, _ body: (Environment) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        change(&configuration)
        let transport = CurlTransport(configuration: TransportConfiguration(userAgent: "tests"))
        let sandbox = try Sandbox(configuration: configuration, transport: transport, logger: Logger(label: "test"))
        let addresses = try sandbox.start()
        let tokens = SandboxTokens(addresses, configuration.dynamics, transport)
        let odata = ODataClient(environment: addresses.dynamicsBaseURL, tokens: tokens, transport: transport)
        let environment = Environment(
            sandbox: sandbox, odata: odata, client: DynamicsClient(odata: odata), tokens: tokens)
        do {
            try await body(environment)
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }

    func order(_ reference: String = "000000001") async throws -> SalesOrderHeaderRow {
        var customer = NewCustomer(dataAreaId: "usmf", PartyType: .Person)
        customer.PersonLastName = "O'Neil"
        customer.CustomerGroupId = "30"
        customer.SalesCurrencyCode = "EUR"
        customer.PrimaryContactEmail = "o'neil@example.com"
        let account = try await client.createCustomer(customer).CustomerAccount
        var header = NewSalesOrderHeader(dataAreaId: "usmf", OrderingCustomerAccountNumber: account)
        header.InvoiceCustomerAccountNumber = account
        header.CustomersOrderReference = reference
        header.RequestedShippingDate = ODataDate(year: 2026, month: 1, day: 16)
        header.DefaultShippingSiteId = "1"
        header.DefaultShippingWarehouseId = "11"
        return try await client.createSalesOrderHeader(header)
    }

    func lines(_ order: SalesOrderHeaderRow, _ items: String...) -> [NewSalesOrderLine] {
        items.enumerated().map { index, item in
            var line = NewSalesOrderLine(
                dataAreaId: "usmf", SalesOrderNumber: order.SalesOrderNumber, LineNumber: Decimal(index + 1))
            line.ItemNumber = item
            line.OrderedSalesQuantity = 2
            line.SalesPrice = Decimal(string: "0.1")
            return line
        }
    }

    func held(_ order: SalesOrderHeaderRow) -> Int {
        sandbox.dynamics.orders(reference: order.CustomersOrderReference ?? "", dataAreaId: "usmf")
            .map(\.lines.count).reduce(0, +)
    }
}

private struct InvoiceWithLines: ODataRow {
    var SalesOrderNumber: String
    var SalesInvoiceLinesV3: [SalesInvoiceLineRow]

    static let properties = ["SalesOrderNumber"]
    static let expansions = [ODataExpansion("SalesInvoiceLinesV3", SalesInvoiceLineRow.self)]
}

private struct NewReference: Encodable, Sendable {
    var CustomerRequisitionNumber: String
}

@Suite("OData calls to the sandbox, over sockets", .timeLimit(.minutes(5)))
struct ODataSandboxTests {
    @Test("Each typed filter finds its row")
    func filters() async throws {
        try await Environment.run { it in
            let order = try await it.order("O'Neil 1")
            let filters: [ODataFilter] = [
                try .eq("CustomersOrderReference", "O'Neil 1"), try .contains("CustomersOrderReference", "Neil"),
                try .begins("CustomersOrderReference", with: "o'n"),
                try .eq("SalesOrderStatus", SalesStatus.Backorder).and(.ne("SalesOrderStatus", SalesStatus.Invoiced)),
                try .on("RequestedShippingDate", try #require(ODataDate(year: 2026, month: 1, day: 16))),
                try .eq("RequestedShippingDate", try #require(ODataDate(year: 2026, month: 1, day: 16))),
                try .le("OrderTotalAmount", Decimal(0)).and(.gt("OrderTotalAmount", Decimal(-1))),
                try .oneOf("SalesOrderNumber", ["X", order.SalesOrderNumber]), .isEmpty("Email"),
                try .ge("OrderCreationDateTime", Timestamp(millisecondsSince1970: 0)),
                try .eq("CustomersOrderReference", "X").or(.eq("CustomersOrderReference", "Y")).not,
            ]
            for filter in filters {
                let found: [SalesOrderHeaderRow] = try await it.odata.rows("SalesOrderHeadersV2", where: filter)
                #expect(found == [order], "\(filter)")
                #expect(try await it.odata.count("SalesOrderHeadersV2", where: filter) == 1)
            }
        }
    }

    @Test("Pages are followed to the end, one by one or together, and a window is cut from a total order")
    func pages() async throws {
        try await Environment.run {
            $0.dynamics.pageSize = 2
        } _: { it in
            let order = try await it.order()
            for line in it.lines(order, "MUG-01", "LAMP-02", "GIFT-BOX", "MUG-01", "MUG-01") {
                _ = try await it.client.createSalesOrderLine(line)
            }
            let query = ODataQuery<SalesOrderLineRow>(
                where: try .eq("SalesOrderNumber", order.SalesOrderNumber))
            var sizes: [Int] = []
            for try await page in it.odata.pages("SalesOrderLinesV3", query.countingAll()) {
                sizes.append(page.rows.count)
            }
            #expect(sizes == [2, 2, 1])
            #expect(try await it.odata.rows("SalesOrderLinesV3", query).count == 5)
            let window = query.window(skip: 1, top: 2, by: ODataOrder("LineNumber", descending: true))
            #expect(try await it.odata.rows("SalesOrderLinesV3", window).map(\.LineNumber) == [4, 3])
        }
    }

    @Test("Related rows come in the same call")
    func expand() async throws {
        try await Environment.run { it in
            let order = try await it.order()
            _ = try await it.client.createSalesOrderLines(it.lines(order, "MUG-01", "LAMP-02"))
            try await it.sandbox.dynamics.postInvoice(salesOrder: order.SalesOrderNumber, dataAreaId: "usmf")
            let invoices: [InvoiceWithLines] = try await it.odata.rows("SalesInvoiceHeadersV2")
            #expect(invoices.map(\.SalesOrderNumber) == [order.SalesOrderNumber])
            #expect(invoices.first?.SalesInvoiceLinesV3.map(\.ProductNumber) == ["MUG-01", "LAMP-02"])
        }
    }

    @Test("A row is changed in the version that was read, read again where somebody was faster, and deleted")
    func revisions() async throws {
        try await Environment.run { it in
            let order = try await it.order()
            let key = try ODataKey(["dataAreaId": "usmf", "SalesOrderNumber": order.SalesOrderNumber])
            let changes = NewReference(CustomerRequisitionNumber: "R'1")
            let read: ODataTagged<SalesOrderHeaderRow>? = try await it.odata.taggedRow(
                "SalesOrderHeadersV2", key: key)
            let found = try #require(read)
            it.sandbox.dynamics.changeRowsBeforeNextUpdates()
            let stale = await fault {
                try await it.odata.update("SalesOrderHeadersV2", key: key, changes, if: found.unchanged)
            }
            #expect(stale?.reason.code == "d365-stale")

            it.sandbox.dynamics.changeRowsBeforeNextUpdates(2)
            let revised = try await it.odata.revise("SalesOrderHeadersV2", key: key, as: SalesOrderHeaderRow.self) {
                _ in changes
            }
            #expect(revised != nil)
            let written = try await it.odata.count(
                "SalesOrderHeadersV2", where: .eq("CustomerRequisitionNumber", "R'1"))
            #expect(written == 1)
            #expect(try await it.odata.delete("SalesOrderHeadersV2", key: key, if: .exists))
            #expect(try await !it.odata.delete("SalesOrderHeadersV2", key: key, if: .exists))
            #expect(try await it.client.salesOrder(number: order.SalesOrderNumber, dataAreaId: "usmf") == nil)
        }
    }

    @Test("The lines of an order come in one transaction, with the rows as F&O completed them")
    func changeSet() async throws {
        try await Environment.run { it in
            let order = try await it.order()
            let rows = try await it.client.createSalesOrderLines(it.lines(order, "MUG-01", "LAMP-02"))
            #expect(rows.map(\.ItemNumber) == ["MUG-01", "LAMP-02"])
            #expect(rows.map(\.LineAmount) == [Decimal(string: "0.2"), Decimal(string: "0.2")])
            #expect(rows.allSatisfy { !$0.InventoryLotId.isEmpty })
            #expect(it.held(order) == 2)
        }
    }

    @Test("One line that is refused leaves none, and the fault names it")
    func rollback() async throws {
        try await Environment.run { it in
            let order = try await it.order()
            let refusal = await fault {
                try await it.client.createSalesOrderLines(it.lines(order, "MUG-01", "RETIRED-01", "LAMP-02"))
            }
            #expect(
                refusal
                    == .validation(
                        ODataCall(method: "POST", entitySet: "SalesOrderLinesV3", place: "operation 2 of 3"),
                        sentences: ["Item number RETIRED-01 is stopped for sales"]))
            #expect(it.held(order) == 0)
            #expect(try await it.client.createSalesOrderLines(it.lines(order, "MUG-01")).count == 1)
        }
    }

    @Test("Change sets of one batch stand and fall by themselves, reads among them")
    func mixedBatch() async throws {
        try await Environment.run { it in
            let order = try await it.order()
            let good = try it.lines(order, "MUG-01").map { try ODataChange.create("SalesOrderLinesV3", $0) }
            let bad = try it.lines(order, "LAMP-02", "NOPE").map { try ODataChange.create("SalesOrderLinesV3", $0) }
            let query = ODataQuery<SalesOrderLineRow>(where: try .eq("SalesOrderNumber", order.SalesOrderNumber))
            let results = try await it.odata.batch([
                .changeSet(bad), .changeSet(good), .read(ODataBatchRead("SalesOrderLinesV3", query)),
                .read(ODataBatchRead("SalesOrderLinesV2", query)),
            ])
            #expect(throws: ODataFault.self) { try results[0].get() }
            #expect(try results[1].get().map(\.status) == [201])
            #expect(try results[2].get().first?.page(as: SalesOrderLineRow.self).rows.map(\.ItemNumber) == ["MUG-01"])
            #expect(throws: ODataFault.notFound(ODataCall(method: "GET", entitySet: "SalesOrderLinesV2"))) {
                try results[3].get()
            }
            #expect(it.held(order) == 1)
        }
    }

    @Test("A batch whose answer is lost may have happened, and has")
    func lostAnswer() async throws {
        try await Environment.run { it in
            let order = try await it.order()
            it.sandbox.dynamics.faults.update { $0.cutAfterCommit = 1 }
            let lost = await fault { try await it.client.createSalesOrderLines(it.lines(order, "MUG-01", "LAMP-02")) }
            #expect(lost?.failureKind == .unclearOutcome)
            #expect(it.held(order) == 2)
        }
    }

    @Test("A token that expires in mid-flow is renewed once, and nothing is done twice")
    func expiredToken() async throws {
        try await Environment.run { it in
            let order = try await it.order()
            it.sandbox.dynamics.expireTokens()
            _ = try await it.client.createSalesOrderLines(it.lines(order, "MUG-01"))
            it.sandbox.dynamics.expireTokens()
            _ = try await it.client.findSalesOrders(customersOrderReference: "000000001", dataAreaId: "usmf")
            #expect(it.tokens.count == 3)
            #expect(it.held(order) == 1)
        }
    }

    @Test(
        "Refusals of the business logic are the same whether they come with 400 or 500", arguments: [400, 500])
    func infolog(_ status: Int) async throws {
        try await Environment.run { it in
            let order = try await it.order()
            it.sandbox.dynamics.refuseNextWrite(infolog: "Customer C-1 is on hold", status: status)
            let refusal = await fault { try await it.client.createSalesOrderLine(it.lines(order, "MUG-01")[0]) }
            #expect(refusal?.reason.code == "d365-validation")
            #expect(refusal?.reason.advice?.contains("On hold") == true)
            it.sandbox.dynamics.refuseNextWrite(infolog: "Customer C-1 is on hold", status: status)
            let set = await fault { try await it.client.createSalesOrderLines(it.lines(order, "MUG-01", "LAMP-02")) }
            #expect(set?.reason.code == "d365-validation")
            #expect(it.held(order) == 0)
        }
    }

    @Test("A busy F&O, and one behind a maintenance page, say how long to wait, if they do")
    func busy() async throws {
        try await Environment.run { it in
            func asked() async -> ODataFault? { await fault { try await it.client.ping("CustomersV3") } }
            _ = await asked()
            it.sandbox.dynamics.faults.update {
                $0.nextTooManyRequests = 1
                $0.retryAfterSeconds = 7
            }
            #expect(await asked()?.retryAfter == .seconds(7))
            it.sandbox.dynamics.faults.update {
                $0.nextTooManyRequests = 1
                $0.retryAfterSeconds = nil
            }
            #expect(await asked()?.retryAfter == .seconds(30))
            it.sandbox.dynamics.faults.update { $0.nextMaintenancePages = 1 }
            let away = await asked()
            #expect(away?.failureKind == .unavailable)
            #expect(away?.retryAfter == nil)
            it.sandbox.dynamics.faults.update { $0.nextServerErrors = 1 }
            #expect(await asked()?.failureKind == .conflict)
        }
    }

    @Test("The entity sets are listed, and each of those that Causeway uses can be read")
    func entitySets() async throws {
        try await Environment.run { it in
            let sets = try await it.client.entitySets()
            #expect(Set(sets).isSuperset(of: it.client.names.all))
            for set in it.client.names.all { try await it.client.ping(set) }
        }
    }
}

import Foundation
import HTTPClient
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Invoices and business events of the simulated D365")
struct InvoicePostingTests {
    @Test("A posted invoice is a header and lines without item numbers, and an event with F&O's formats")
    func invoice() async throws {
        let stage = try await stage()
        let number = try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "USMF")
        #expect(number == "CIV-000001")
        let header = try await stage.data(.get, "SalesInvoiceHeadersV2?$filter=InvoiceNumber eq 'CIV-000001'")
        #expect(try header.text("value.0.CustomersOrderReference") == "000000001")
        #expect(try header.text("value.0.InvoiceDate") == "2026-01-01T12:00:00Z")
        #expect(try header.number("value.0.TotalInvoiceAmount") == 60)
        let lines = try await stage.data(.get, "SalesInvoiceV3Lines?$filter=InvoiceNumber eq 'CIV-000001'")
        #expect(try lines.text("value.0.ProductNumber") == "P-MUG")
        #expect(try lines.number("value.0.InvoicedQuantity") == 4)
        #expect(lines["value.0"]?.objectValue?["ItemNumber"] == nil)
        #expect(lines["value.0"]?.objectValue?["InventoryLotId"] == nil)

        let event = try #require(stage.transport.requests.first)
        #expect(event.url == "http://gateway/events/dynamics/token")
        let json = try #require(try JSONValue.parse(event.body ?? []).objectValue)
        #expect(json["BusinessEventId"] == "SalesInvoicePostedBusinessEvent")
        #expect(json["EventTime"] == "/Date(1767261612000)/")
        #expect(json["EventTimeIso8601"] == "2026-01-01T10:00:12.5000000Z")
        #expect(json["InvoiceDate"] == "/Date(1767225600000)/")
        #expect(json["InvoiceDueDate"] == "/Date(1769817600000)/")
        #expect(json["InvoiceId"] == "CIV-000001" && json["SalesOrderId"] == "SO-000001")
        #expect(json["InvoiceAccount"] == "C-000001" && json["LegalEntity"] == "usmf")
        #expect(
            String(decoding: event.body ?? [], as: UTF8.self).contains(#""InvoiceAmountInAccountingCurrency":60.0"#))
        #expect(json.keys == json.keys.sorted())
    }

    @Test("Partial invoices take what is left, and the order is invoiced when nothing is")
    func partial() async throws {
        let stage = try await stage()
        try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf", lines: [1: 1])
        #expect(stage.dynamics.snapshot().orders.first?.processingStatus == "PartiallyInvoiced")
        await #expect(throws: SandboxError.quantityTooLarge(salesOrder: "SO-000001", lineNumber: "1", left: "3")) {
            try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf", lines: [1: 4])
        }
        try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
        let snapshot = stage.dynamics.snapshot()
        #expect(snapshot.orders.first?.status == "Invoiced")
        #expect(snapshot.invoices.map(\.totalAmount) == [10, 50])
        #expect(snapshot.invoices.map { $0.lines.map(\.quantity) } == [[1], [3, 2]])
        await #expect(throws: SandboxError.nothingToInvoice(salesOrder: "SO-000001")) {
            try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
        }
        #expect(try await stage.createLine("SO-000001").body.contains("is not open"))
    }

    @Test("Misuse names what is missing")
    func misuse() async throws {
        let stage = try await stage()
        await #expect(throws: SandboxError.unknownSalesOrder(number: "SO-9", dataAreaId: "usmf")) {
            try await stage.dynamics.postInvoice(salesOrder: "SO-9", dataAreaId: "usmf")
        }
        await #expect(throws: SandboxError.unknownLine(salesOrder: "SO-000001", lineNumber: "7")) {
            try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf", lines: [7: 1])
        }
        stage.sandbox.setGateway(webhookURL: nil, eventURL: nil)
        await #expect(throws: SandboxError.noEventURL) { try await stage.dynamics.sendTestEvent() }
    }

    @Test("The test event has the smallest control number and no time")
    func testEvent() async throws {
        let stage = try await stage()
        #expect(try await stage.dynamics.sendTestEvent())
        let body = String(decoding: stage.transport.requests[0].body ?? [], as: UTF8.self)
        #expect(body.contains(#""ControlNumber":-9223372036854775808"#))
        #expect(body.contains("BusinessEventsTestEndpointContract") && !body.contains("EventTime"))
    }

    @Test("An event is repeated three times, then waits in the error log until a person sends it again")
    func errorLog() async throws {
        let stage = try await stage(RecordingTransport(500, nil, 404, 503))
        try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
        #expect(stage.transport.requests.count == 4)
        #expect(Set(stage.transport.requests.map(\.body)).count == 1)
        #expect(stage.dynamics.snapshot().eventErrors == ["CIV-000001"])
        #expect(await stage.dynamics.resendFailedEvents() == 1)
        #expect(stage.dynamics.snapshot().eventErrors.isEmpty)
    }

    @Test("An event that is taken at the second attempt is not sent a third time")
    func secondAttempt() async throws {
        let stage = try await stage(RecordingTransport(503, 202))
        try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
        #expect(stage.transport.requests.count == 2)
        #expect(stage.dynamics.snapshot().eventErrors.isEmpty)
    }

    @Test("Control numbers rise, with gaps")
    func controlNumbers() async throws {
        let stage = try await stage()
        try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf", lines: [1: 1])
        try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
        let numbers = try stage.transport.requests.map { request in
            try #require(try JSONValue.parse(request.body ?? []).objectValue?["ControlNumber"]?.intValue)
        }
        #expect(numbers[0] > 5_600_000_000 && numbers[1] > numbers[0] + 1)
    }

    /// With one order: four mugs at 10 and two lamps at 10.
    private func stage(_ transport: RecordingTransport = RecordingTransport()) async throws -> Stage {
        let stage = try Stage(transport) {
            $0.dynamics.items["usmf"] = [SandboxItem("MUG-01", productNumber: "P-MUG"), SandboxItem("LAMP-02")]
        }
        let order = try await stage.createOrder(try await stage.createCustomer())
        try await stage.createLine(order, #""ItemNumber":"MUG-01","OrderedSalesQuantity":4,"SalesPrice":10"#)
        try await stage.createLine(order, #""ItemNumber":"LAMP-02","OrderedSalesQuantity":2,"SalesPrice":10"#)
        stage.sandbox.setGateway(webhookURL: nil, eventURL: "http://gateway/events/dynamics/token")
        return stage
    }
}

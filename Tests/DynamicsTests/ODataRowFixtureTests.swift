import Dynamics
import Foundation
import Testing

private struct InvoiceRow: ODataRow {
    var InvoiceDate: ODataDate?
    var DueDate: ODataDate?
    var TotalInvoiceAmount: Decimal
    var RecordId: Int64

    enum CodingKeys: String, CodingKey, CaseIterable {
        case InvoiceDate, DueDate, TotalInvoiceAmount, RecordId
    }

    static let properties = CodingKeys.allCases.map(\.rawValue)
}

@Suite("Rows as F&O writes them")
struct ODataRowFixtureTests {
    @Test("Noon dates are days, the empty date is none, amounts and numbers are exact to the last digit")
    func values() async throws {
        let transport = ScriptedTransport(.answer(200, ODataFixture.invoice))
        let row: InvoiceRow? = try await odata(transport).row("SalesInvoiceHeadersV2", key: ODataKey(["A": "1"]))
        #expect(row?.InvoiceDate == ODataDate(year: 2026, month: 1, day: 15))
        #expect(row?.DueDate == nil)
        #expect(row?.TotalInvoiceAmount == Decimal(string: "79228162514264.337593"))
        #expect(row?.RecordId == 9_007_199_254_740_993)
    }

    @Test("A reference that two orders carry finds both, and a status that is new is kept as it came")
    func doubleReference() async throws {
        let transport = ScriptedTransport(.answer(200, ODataFixture.doubleReference))
        let rows = try await DynamicsClient(odata: odata(transport))
            .findSalesOrders(customersOrderReference: "000000123", dataAreaId: "usmf")
        #expect(rows.map(\.SalesOrderNumber) == ["SO-004512", "SO-004513"])
        #expect(rows.map(\.SalesOrderStatus) == [.Backorder, SalesStatus(rawValue: "SomethingNew")])
        #expect(rows.map(\.SalesOrderStatus?.rawValue) == ["Backorder", "SomethingNew"])
    }

    @Test("The day after a day is that of the calendar")
    func nextDay() {
        #expect(ODataDate(year: 2028, month: 2, day: 28)?.next == ODataDate(year: 2028, month: 2, day: 29))
        #expect(ODataDate(year: 2026, month: 12, day: 31)?.next == ODataDate(year: 2027, month: 1, day: 1))
        #expect(ODataDate(year: 9999, month: 12, day: 31)?.next == nil)
    }
}

import Dynamics
import Foundation
import Testing

@testable import Flows

@Suite("What a payment pays")
struct PaymentDecisionTests {
    private static func invoice(_ number: String, _ total: Decimal?) -> SalesInvoiceHeaderRow {
        var row = SalesInvoiceHeaderRow(dataAreaId: "usmf", InvoiceNumber: number)
        row.TotalInvoiceAmount = total
        return row
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var amount: Decimal = 100
        var linked: String?
        var invoices: [SalesInvoiceHeaderRow] = []
        let expected: Settlement
    }

    @Test(
        "is told by our own link, by the only invoice, or by the amount",
        arguments: [
            Case(testDescription: "nothing invoiced", expected: .prepayment),
            Case(
                testDescription: "only a credit note", invoices: [invoice("CIV-1", -100)], expected: .prepayment),
            Case(testDescription: "an unreadable total", invoices: [invoice("CIV-1", nil)], expected: .prepayment),
            Case(
                testDescription: "the only invoice, over another amount", invoices: [invoice("CIV-1", 40)],
                expected: .invoice("CIV-1")),
            Case(
                testDescription: "one of two by its amount", invoices: [invoice("CIV-1", 40), invoice("CIV-2", 100)],
                expected: .invoice("CIV-2")),
            Case(
                testDescription: "two over the same amount",
                invoices: [invoice("CIV-1", 100), invoice("CIV-2", 100)],
                expected: .open),
            Case(
                testDescription: "none of two", invoices: [invoice("CIV-1", 40), invoice("CIV-2", 50)],
                expected: .open),
            Case(
                testDescription: "the link before all others", linked: "CIV-9", invoices: [invoice("CIV-1", 100)],
                expected: .invoice("CIV-9")),
        ])
    func settlement(_ row: Case) {
        #expect(Settlement.of(amount: row.amount, linked: row.linked, invoices: row.invoices) == row.expected)
    }
}

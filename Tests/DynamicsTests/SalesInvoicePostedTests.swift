import Dynamics
import Foundation
import Testing

@Suite("The contract of a posted sales invoice")
struct SalesInvoicePostedTests {
    private typealias Fixtures = BusinessEventFixtures

    @Test("All fields are read, amounts without rounding and dates as days")
    func contract() throws {
        let invoice = try SalesInvoicePosted(Fixtures.invoicePosted(["InvoiceTaxAmount": "38.639999999999999"]))
        #expect(invoice.InvoiceAccount == "C-100042")
        #expect(invoice.InvoiceId == "CIV-000781")
        #expect(invoice.SalesOrderId == "SO-004512")
        #expect(invoice.LegalEntity == "usmf")
        #expect(invoice.InvoiceDate == ODataDate(year: 2026, month: 1, day: 1))
        #expect(invoice.InvoiceDueDate == ODataDate(year: 2026, month: 1, day: 31))
        #expect(invoice.InvoiceAmountInAccountingCurrency == 242)
        #expect(invoice.InvoiceTaxAmount == Decimal(string: "38.639999999999999"))
    }

    @Test("An amount that looks like an integer, an ISO date and an empty date are read")
    func variants() throws {
        let invoice = try SalesInvoicePosted(
            Fixtures.invoicePosted([
                "InvoiceAmountInAccountingCurrency": "-242", "InvoiceDate": #""2026-01-01T12:00:00Z""#,
                "InvoiceDueDate": #""/Date(-2208988800000)/""#, "SalesOrderId": #""""#, "LegalEntity": #""USMF""#,
            ]))
        #expect(invoice.InvoiceAmountInAccountingCurrency == -242)
        #expect(invoice.InvoiceDate == ODataDate(year: 2026, month: 1, day: 1))
        #expect(invoice.InvoiceDueDate == nil)
        #expect(invoice.SalesOrderId == nil)
        #expect(invoice.LegalEntity == "usmf")
    }

    static let bad: [(String, [String: String?])] = [
        ("InvoiceId is missing; expected the invoice number.", ["InvoiceId": #""""#]),
        ("InvoiceAccount is missing; expected the customer account that is invoiced.", ["InvoiceAccount": nil]),
        ("InvoiceTaxAmount is missing; expected a number.", ["InvoiceTaxAmount": nil]),
        (
            "InvoiceAmountInAccountingCurrency is \"242\"; expected a number.",
            ["InvoiceAmountInAccountingCurrency": #""242""#]
        ),
        ("LegalEntity is missing; expected a company id.", ["LegalEntity": nil, "BusinessEventLegalEntity": nil]),
        (
            "BusinessEventId is \"Other\"; expected SalesInvoicePostedBusinessEvent.",
            ["BusinessEventId": #""Other""#]
        ),
        (
            "InvoiceDate is \"2026-02-30T12:00:00Z\";"
                + " expected /Date(milliseconds since 1970)/ or an ISO 8601 time with its offset.",
            ["InvoiceDate": #""2026-02-30T12:00:00Z""#]
        ),
    ]

    @Test("A field that cannot be read is named", arguments: bad)
    func badField(_ message: String, _ changes: [String: String?]) {
        #expect {
            try SalesInvoicePosted(Fixtures.invoicePosted(changes))
        } throws: {
            "\($0)" == message
        }
    }
}

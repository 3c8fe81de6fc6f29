import Foundation
import JSON
import Relay
import Sandbox
import Testing

@Suite("A negotiable quote becomes a D365 quotation", .timeLimit(.minutes(5)))
struct QuoteRoadTests {
    private static let items = [
        SandboxQuoteItem(id: 71, sku: "MUG-01", quantity: 10, price: 12, percentOff: 25),
        SandboxQuoteItem(id: 72, sku: "LAMP-02", price: 50),
    ]

    @Test("with its lines, and what was negotiated about their prices")
    func whole() async throws {
        try await PartyRig.run { rig in
            let quote = try await rig.newQuote(Self.items)
            #expect(try await rig.saveQuote(quote, amountOff: 15).state == .done)
            let quotation = try #require(rig.erp.quotations.first)
            #expect(quotation["CustomersReference"] == .string("QUOTE-\(quote)"))
            #expect(quotation["RequestingCustomerAccountNumber"] == "C-000001")
            #expect(quotation["SalesQuotationExpiryDate"] == "2027-01-31T12:00:00Z")
            #expect(quotation["TotalDiscountAmount"]?.numberValue == 15)
            #expect(rig.erp.quotationLines.map { $0["LineAmount"]?.numberValue } == [90, 50])
            #expect(try await rig.saveQuote(quote).reason?.code == "unchanged")
        }
    }

    @Test("changes of prices, quantities and items change the quotation; no second one comes of it")
    func changed() async throws {
        try await PartyRig.run { rig in
            let quote = try await rig.newQuote(Self.items)
            try await rig.saveQuote(quote)
            let items = [
                SandboxQuoteItem(id: 71, sku: "MUG-01", quantity: 20, price: 12, percentOff: 50),
                SandboxQuoteItem(id: 73, sku: "TEE-M-RED", price: 25),
            ]
            #expect(try await rig.saveQuote(quote, items: items).state == .done)
            #expect(rig.erp.quotations.count == 1)
            #expect(rig.erp.quotationLines.map { $0["ItemNumber"] } == ["MUG-01", "TEE-M-RED"])
            #expect(rig.erp.quotationLines.map { $0["LineAmount"]?.numberValue } == [120, 25])
        }
    }

    @Test("creates whose answers were lost make no second quotation and no second line")
    func answerLost() async throws {
        try await PartyRig.run { rig in
            let quote = try await rig.newQuote(Self.items)
            rig.erp.faults.update { $0.cutAfterCommit = 0.5 }
            #expect(try await rig.saveQuote(quote).state == .done)
            #expect(rig.erp.quotations.count == 1 && rig.erp.quotationLines.count == 2)
        }
    }

    @Test("that is declined expires; one that is only begun is not carried")
    func states() async throws {
        try await PartyRig.run { rig in
            let quote = try await rig.newQuote(Self.items)
            #expect(try await rig.saveQuote(quote, status: "created").reason?.code == "quote-state")
            #expect(rig.erp.quotations.isEmpty)
            try await rig.saveQuote(quote, status: "processing_by_admin")
            #expect(try await rig.saveQuote(quote, status: "declined").state == .done)
            #expect(rig.erp.quotations.first?["SalesQuotationExpiryDate"] != "2027-01-31T12:00:00Z")
        }
    }

    @Test("an item that F&O does not have is parked with F&O's words")
    func unknownItem() async throws {
        try await PartyRig.run { rig in
            let quote = try await rig.newQuote([SandboxQuoteItem(id: 71, sku: "NOWHERE", price: 1)])
            let outcome = try await rig.saveQuote(quote)
            #expect(outcome.state == .parked)
            #expect(outcome.reason?.message.contains("NOWHERE") == true)
        }
    }
}

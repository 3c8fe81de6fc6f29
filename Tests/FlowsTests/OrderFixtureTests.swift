import Commerce
import Foundation
import JSON
import Mapping
import Relay
import Testing

@testable import Flows

@Suite("Orders of all kinds become what a bookkeeper accepts")
struct OrderFixtureTests {
    @Test("there are more than fifty of them, and each says what is to become of it")
    func count() {
        #expect(OrderFixture.all.count > 50)
        let known = ["becomes", "parks", "skips"].flatMap { OrderFixture.all(with: $0) }
        #expect(known.count == OrderFixture.all.count)
    }

    @Test("header, customer and lines are as written down", arguments: OrderFixture.all(with: "becomes"))
    func becomes(_ fixture: OrderFixture) throws {
        let draft = try fixture.draft()
        let expected = fixture.root["becomes"]
        let header = draft.header(account: "C-7")
        for field in expected["header"].value?.objectValue?.fields ?? [] {
            #expect(header[field.key] == field.value, "\(field.key)")
        }
        for field in expected["customer"].value?.objectValue?.fields ?? [] {
            #expect(draft.customer[field.key] == field.value, "\(field.key)")
        }
        let names = ["ItemNumber", "OrderedSalesQuantity", "SalesPrice", "LineDiscountAmount"]
        let lines = draft.lines(salesOrderNumber: "SO-1").map { line in
            JSONValue.object(
                JSONObject(
                    line.fields.filter { names.contains($0.name) }.map { .init(key: $0.name, value: $0.value) }))
        }
        #expect(lines == expected["lines"].value?.arrayValue)
    }

    @Test(
        "the sums agree to the cent in both currencies, as they are and as F&O will calculate them",
        arguments: OrderFixture.all(with: "becomes"), OrderMoney.Currency.allCases)
    func sums(_ fixture: OrderFixture, currency: OrderMoney.Currency) throws {
        let expected = fixture.root["becomes"]["sums"][currency.rawValue]
        guard expected.value != nil else { return }
        let draft = try fixture.draft(in: currency)
        #expect(draft.sale.sum == expected["lines"].value?.stringValue.map(money))
        #expect(draft.sale.sumInclTax == expected["withTax"].value?.stringValue.map(money))
        let lines = draft.lines(salesOrderNumber: "SO-1")
        guard lines.allSatisfy({ $0["SalesPrice"] != nil }) else { return }
        #expect(lines.reduce(0) { $0 + Self.lineAmount($1, in: draft.sale.currency) } == draft.sale.sum)
    }

    /// As F&O calculates it, rounded to the currency's smallest unit.
    private static func lineAmount(_ line: MappedRecord, in currency: String) -> Decimal {
        func number(_ name: String) -> Decimal { line[name]?.numberValue ?? 0 }
        let amount = number("OrderedSalesQuantity") * (number("SalesPrice") - number("LineDiscountAmount"))
        return amount.rounded(places: currency == "KWD" ? 3 : 2)
    }

    @Test("what does not fit is parked with the reason", arguments: OrderFixture.all(with: "parks"))
    func parks(_ fixture: OrderFixture) throws {
        let fault = #expect(throws: (any Error).self) { try fixture.draft() }
        let verdict = try #require(fault as? any DeliveryFault)
        #expect(verdict.reason.code == fixture.root["parks"]["code"].value?.stringValue)
        let part = try #require(fixture.root["parks"]["saying"].value?.stringValue)
        #expect(verdict.reason.message.contains(part), "\(verdict.reason.message)")
        #expect(verdict.reason.advice != nil)
        #expect(verdict.failureKind == .validation || (fault as? Verdict)?.disposition == .park)
    }

    @Test("what is not to be carried is skipped", arguments: OrderFixture.all(with: "skips"))
    func skips(_ fixture: OrderFixture) throws {
        let verdict = #expect(throws: Verdict.self) { try fixture.draft() }
        #expect(verdict?.disposition == .skip)
        #expect(verdict?.reason.code == fixture.root["skips"].value?.stringValue)
    }
}

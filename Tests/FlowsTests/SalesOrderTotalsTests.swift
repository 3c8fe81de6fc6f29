import Dynamics
import Foundation
import Relay
import Testing

@testable import Flows

@Suite("What F&O came to, against what was ordered")
struct SalesOrderTotalsTests {
    /// Rows of lines that F&O holds: the sample order's three, the first of which takes what the sum needs.
    private func rows(_ sum: String, count: Int = 3) -> [SalesOrderLineRow] {
        (1...count).map { number in
            var row = SalesOrderLineRow(
                dataAreaId: "usmf", InventoryLotId: "L-\(number)", SalesOrderNumber: "SO-1",
                LineNumber: Decimal(number))
            row.LineAmount = number == 1 ? money(sum) : 0
            return row
        }
    }

    private func policy(_ change: (inout OrderMoney) -> Void = { _ in }) -> OrderPolicy {
        var policy = samplePolicy()
        policy.tolerance = money("0.01")
        change(&policy.money)
        return policy
    }

    private func found(
        _ rows: [SalesOrderLineRow], total: String? = nil, _ policy: OrderPolicy
    ) throws -> String? {
        let draft = try SalesOrderDraft(sampleOrder(), policy: policy, rows: Self.groups)
        var header = SalesOrderHeaderRow(dataAreaId: "usmf", SalesOrderNumber: "SO-1")
        header.AreTotalsCalculated = total == nil ? .No : .Yes
        header.OrderTotalAmount = total.map(money) ?? 0
        return try draft.compare(rows, header: header, salesOrderNumber: "SO-1", policy: policy)
    }

    private static let groups: ValueRows = [
        "tax-groups AT": ["SalesTaxGroupCode": "DOM"], "tax-groups 0": ["SalesTaxItemGroupCode": "NONE"],
    ]

    @Test("may differ by the tolerance and no more", arguments: ["84.40", "84.41", "84.39"])
    func withinTolerance(sum: String) throws { #expect(try found(rows(sum), policy()) == nil) }

    @Test("a difference is parked with both figures", arguments: ["84.42", "84.38", "0", "168.80"])
    func differs(sum: String) throws {
        let verdict = try #require(#expect(throws: Verdict.self) { try found(rows(sum), policy()) })
        #expect(verdict.disposition == .park && verdict.reason.code == "totals-differ")
        #expect(verdict.reason.message.contains("\(money(sum))"))
        #expect(verdict.reason.message.contains("84.4"))
        #expect(verdict.reason.message.contains("\(money(sum) - money("84.4"))"))
    }

    @Test("where the policy is to warn, the difference is told and the order goes on")
    func warns() throws {
        let told = try found(rows("90"), policy { $0.whenTotalsDiffer = .warn })
        #expect(told?.contains("5.6") == true)
    }

    @Test("where nobody wants to know, it goes on in silence")
    func ignores() throws { #expect(try found(rows("90"), policy { $0.whenTotalsDiffer = .ignore }) == nil) }

    @Test(
        "a missing or additional line is parked even if the sum is right, whatever the policy", arguments: [2, 4],
        OrderMoney.Difference.allCases)
    func lineCount(count: Int, difference: OrderMoney.Difference) throws {
        let verdict = try #require(
            #expect(throws: Verdict.self) {
                try found(rows("84.40", count: count), policy { $0.whenTotalsDiffer = difference })
            })
        #expect(verdict.reason.code == "lines-differ")
    }

    @Test("where Commerce owns the tax, the total with tax has to be the order's, too")
    func totalWithTax() throws {
        let commerce = policy { $0.tax = .commerce }
        #expect(try found(rows("84.40"), total: "84.40", commerce) == nil)
        let verdict = #expect(throws: Verdict.self) { try found(rows("84.40"), total: "84.95", commerce) }
        #expect(verdict?.reason.message.contains("0.55") == true)
        #expect(try found(rows("84.40"), total: "101.28", policy()) == nil, "F&O's own tax is its own affair")
    }

    @Test("totals that F&O has not calculated say nothing")
    func notCalculated() throws {
        #expect(try found(rows("84.40"), policy { $0.tax = .commerce }) == nil)
    }
}

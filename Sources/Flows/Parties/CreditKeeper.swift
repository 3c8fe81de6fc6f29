import Commerce
import Dynamics
import Foundation
import JSON
import Relay

/// Keeps a company's credit in the shop at what F&O says of its account.
struct CreditKeeper: Sendable {
    /// What F&O says.
    struct Figures: Sendable, Equatable {
        /// 0 where the account has none.
        var limit: Decimal
        /// What the company owes, above zero; `nil` if balances are left alone.
        var owed: Decimal?
        /// ISO 4217.
        var currency: String
        var holdStatus: String

        var json: [JSONValue] {
            [
                .number(limit), owed.map(JSONValue.number) ?? .null, .string(currency), .string(holdStatus),
            ]
        }
    }

    static let properties = ["CreditLimit", "OnHoldStatus", "SalesCurrencyCode"]

    let context: FlowContext
    let policy: CompanyPolicy
    let steps: Steps
    private var commerce: CommerceClient { context.commerce }

    /// - Parameter row: With `CreditKeeper.properties`.
    func figures(_ notice: CustomerNotice, _ row: JSONObject) async throws -> Figures {
        var owed: Decimal?
        if let source = policy.balance {
            owed =
                try await context.dynamics.balance(
                    account: notice.CustomerAccount, dataAreaId: notice.LegalEntity, from: source) ?? 0
        }
        return Figures(
            limit: row["CreditLimit"]?.numberValue ?? 0, owed: owed,
            currency: row["SalesCurrencyCode"]?.stringValue ?? "",
            holdStatus: row["OnHoldStatus"]?.stringValue ?? "")
    }

    /// - Returns: Whether anything was to be changed.
    @discardableResult
    func keep(_ figures: Figures, ofCompany id: Int) async throws -> Bool {
        guard let credit = try await commerce.companyCredit(companyID: id) else {
            throw Verdict.skip("no-credit", "Company \(id) has no credit in Commerce.")
        }
        guard credit.currencyCode == figures.currency else {
            throw Verdict.park(
                "credit-currency",
                "The credit of company \(id) is in \(credit.currencyCode ?? "no currency"), its account in F&O in "
                    + "\(figures.currency).",
                advice: "Give both the same currency, then replay the event.")
        }
        let isLimitNew = try await keepLimit(figures.limit, credit)
        let isBalanceNew = try await keepBalance(figures.owed, credit)
        return isLimitNew || isBalanceNew
    }

    private func keepLimit(_ limit: Decimal, _ credit: CompanyCredit) async throws -> Bool {
        try await steps.once("credit limit") { () async throws -> Bool in
            guard (credit.creditLimit ?? 0) != limit else { return false }
            _ = try await commerce.updateCompanyCredit(companyID: credit.companyID) {
                $0.creditLimit = limit
                $0.comment = "Credit limit of Dynamics 365."
            }
            return true
        }
    }

    /// A balance moves by a difference, so a second move would be one too many: the comment, which no other event has,
    /// tells whether it happened.
    private func keepBalance(_ owed: Decimal?, _ credit: CompanyCredit) async throws -> Bool {
        guard let owed else { return false }
        guard (credit.balance ?? 0) != -owed || steps.claim.lease.attempt > 1 else { return false }
        let comment = "Balance of Dynamics 365, event \(steps.claim.event.id)."
        return try await steps.ensure("balance") { () async throws -> Bool? in
            try await commerce.hasMoved(creditID: credit.id, comment: comment) ? true : nil
        } create: {
            try await commerce.moveBalance(companyID: credit.companyID, to: -owed, comment: comment) != 0
        }
    }
}

public import Foundation
import Relay

extension CommerceClient {
    /// Moves a company's balance to what it should be, by the difference to what it is at that moment; nobody else of
    /// this process moves it in between. `GET /V1/companyCredits/company/{companyId}`,
    /// `POST /V1/companyCredits/{creditId}/increaseBalance` or `…/decreaseBalance` (`Magento_CompanyCredit::credits`).
    /// Not safe to repeat: look for the comment with `hasMoved` first.
    /// - Parameter wanted: Below zero is owed by the company, in the credit's currency.
    /// - Returns: By how much it moved; 0 if it was right as it is.
    /// - Throws: A `CommerceFault` that parks if the company has no credit.
    public func moveBalance(companyID: Int, to wanted: Decimal, comment: String) async throws -> Decimal {
        try await recordLocks.withLock("balance of company \(companyID)") {
            guard let credit = try await companyCredit(companyID: companyID) else {
                throw CommerceFault.gone(.companyCredit, companyID)
            }
            let difference = wanted - (credit.balance ?? 0)
            let currency = credit.currencyCode ?? ""
            // An increase is what a payment does; a decrease of this kind is the one that is neither an order nor a payment.
            if difference > 0 {
                try await increaseBalance(
                    creditID: credit.id, by: difference, currency: currency, .reimbursed, comment: comment)
            } else if difference < 0 {
                try await decreaseBalance(
                    creditID: credit.id, by: -difference, currency: currency, .updated, comment: comment)
            }
            return difference
        }
    }

    /// Whether a credit's history has an entry with this comment: `GET /V1/companyCredits/history`
    /// (`Magento_CompanyCredit::credits`). Safe to repeat.
    public func hasMoved(creditID: Int, comment: String) async throws -> Bool {
        let entries = try await searchAll(
            .companyCreditHistory,
            [[.init("company_credit_id", .eq, String(creditID))], [.init("comment", .like, "%\(comment)%")]],
            key: \.id
        ) { node throws(OrderReadingError) in try CreditEntry(node) }
        return entries.contains { $0.comment?.contains(comment) == true }
    }
}

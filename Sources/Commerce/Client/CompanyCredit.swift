public import Foundation
import JSON

/// What a company may owe, and owes. Amounts are in the credit's currency.
public struct CompanyCredit: Sendable, Equatable {
    /// Of the credit, not of the company.
    public var id: Int
    public var companyID: Int
    public var creditLimit: Decimal?
    /// Below zero: owed by the company. Computed by Commerce, as is `availableLimit`.
    public var balance: Decimal?
    public var availableLimit: Decimal?
    /// ISO 4217.
    public var currencyCode: String?
    public var mayExceedLimit: Bool
    /// Kept in the credit's history.
    public var comment: String?

    init(_ credit: JSONNode) throws(OrderReadingError) {
        id = try credit["id"].required(credit["id"].integer(), "a credit's id")
        companyID = try credit["company_id"].required(credit["company_id"].integer(), "a company's id")
        creditLimit = try credit["credit_limit"].decimal()
        balance = try credit["balance"].decimal()
        availableLimit = try credit["available_limit"].decimal()
        currencyCode = try credit["currency_code"].text()
        mayExceedLimit = try credit["exceed_limit"].flag() ?? false
        comment = nil
    }

    /// Without what Commerce computes.
    var json: JSONValue {
        .members([
            "company_id": .int(companyID), "credit_comment": comment.map(JSONValue.string),
            "credit_limit": creditLimit.map(JSONValue.number), "currency_code": currencyCode.map(JSONValue.string),
            "exceed_limit": .bool(mayExceedLimit), "id": .int(id),
        ])
    }
}

/// Why a balance moves.
/// https://developer.adobe.com/commerce/webapi/rest/b2b/credit-balance
public enum CreditOperation: Int, Sendable, CaseIterable {
    case allocated = 1
    case updated = 2
    case purchased = 3
    case reimbursed = 4
    case refunded = 5
    case reverted = 6
}

/// A line of a credit's history.
public struct CreditEntry: Sendable, Equatable {
    public var id: Int
    public var creditID: Int
    public var operation: CreditOperation?
    public var amount: Decimal?
    public var balance: Decimal?
    /// As Commerce keeps it: comments of the operation, in JSON of its own.
    public var comment: String?
    public var purchaseOrder: String?
    public var date: String?

    init(_ entry: JSONNode) throws(OrderReadingError) {
        id = try entry["id"].required(entry["id"].integer(), "an entry's id")
        creditID = try entry["company_credit_id"].required(entry["company_credit_id"].integer(), "a credit's id")
        operation = try entry["type"].integer().flatMap(CreditOperation.init)
        amount = try entry["amount"].decimal()
        balance = try entry["balance"].decimal()
        comment = try entry["comment"].text()
        let reference = try entry["custom_reference_number"].text()
        purchaseOrder = if let reference { reference } else { try entry["purchase_order"].text() }
        date = try entry["datetime"].text()
    }
}

public import Foundation
import JSON
import Relay

extension CommerceClient {
    /// Companies whose filter matches, such as `reseller_id` for the ERP's account: `GET /V1/company/`
    /// (`Magento_Company::index`). Needs the B2B modules. Safe to repeat.
    public func companies(where filter: SearchCriteria.Filter) async throws -> [CommerceCompany] {
        try await searchAll(.searchCompanies, [[filter]], key: \.id) { node throws(OrderReadingError) in
            try CommerceCompany(node)
        }
    }

    /// `GET /V1/company/{companyId}` (`Magento_Company::index`). Safe to repeat.
    /// - Returns: `nil` if the shop has no such company.
    public func company(id: Int) async throws -> CommerceCompany? {
        try await existing(.company, id) { node throws(OrderReadingError) in try CommerceCompany(node) }
    }

    /// `POST /V1/company/` (`Magento_Company::index`). Not safe to repeat: look for its effect in `companies` first.
    public func createCompany(_ draft: CompanyDraft) async throws -> CommerceCompany {
        try await answer(CommerceOperation.createCompany.rawValue) {
            try CommerceCompany(JSONNode(value: await call(.createCompany, body: ["company": draft.json])))
        }
    }

    /// Reads a company, changes it and writes it back whole: `GET` and `PUT /V1/company/{companyId}`
    /// (`Magento_Company::index`). Safe to repeat.
    /// - Throws: A `CommerceFault` that parks if there is no such company.
    public func updateCompany(id: Int, _ change: (inout CommerceCompany) -> Void) async throws -> CommerceCompany {
        try await recordLocks.withLock("company \(id)") {
            guard var company = try await company(id: id) else { throw CommerceFault.gone(.company, id) }
            change(&company)
            let body: JSONValue = ["company": company.json]
            return try await answer(CommerceOperation.updateCompany.rawValue) {
                try CommerceCompany(JSONNode(value: await call(.updateCompany, id, body: body)))
            }
        }
    }

    /// Makes a customer a user of a company: `PUT /V1/customers/{customerId}/companies/{companyId}`
    /// (`Magento_Company::index`). Safe to repeat.
    public func assign(customerID: Int, toCompany companyID: Int) async throws {
        _ = try await recordLocks.withLock("customer \(customerID)") {
            try await call(.assignCompany, customerID, companyID)
        }
    }

    /// `GET /V1/companyCredits/company/{companyId}` (`Magento_CompanyCredit::credits`). Safe to repeat.
    /// - Returns: `nil` if the company has no credit.
    public func companyCredit(companyID: Int) async throws -> CompanyCredit? {
        try await existing(.companyCredit, companyID) { node throws(OrderReadingError) in try CompanyCredit(node) }
    }

    /// Reads a company's credit, changes its limit and writes it back: `GET /V1/companyCredits/company/{companyId}`,
    /// `PUT /V1/companyCredits/{id}` (`Magento_CompanyCredit::credits`). Safe to repeat.
    /// - Throws: A `CommerceFault` that parks if the company has no credit.
    public func updateCompanyCredit(
        companyID: Int, _ change: (inout CompanyCredit) -> Void
    ) async throws -> CompanyCredit {
        try await recordLocks.withLock("credit of company \(companyID)") {
            guard var credit = try await companyCredit(companyID: companyID) else {
                throw CommerceFault.gone(.companyCredit, companyID)
            }
            change(&credit)
            let body: JSONValue = ["creditLimit": credit.json]
            return try await answer(CommerceOperation.updateCompanyCredit.rawValue) {
                try CompanyCredit(JSONNode(value: await call(.updateCompanyCredit, credit.id, body: body)))
            }
        }
    }

    /// Moves a balance: `POST /V1/companyCredits/{creditId}/increaseBalance`
    /// (`Magento_CompanyCredit::credits`), for a payment to the ERP by `.reimbursed`. Not safe to repeat: look
    /// for its comment in `creditHistory` first.
    /// - Parameters:
    ///   - amount: Above zero, in `currency`.
    ///   - operation: Any but `.purchased`.
    public func increaseBalance(
        creditID: Int, by amount: Decimal, currency: String, _ operation: CreditOperation, comment: String
    ) async throws {
        try await moveBalance(.increaseCompanyBalance, creditID, amount, currency, operation, comment)
    }

    /// Moves a balance: `POST /V1/companyCredits/{creditId}/decreaseBalance`
    /// (`Magento_CompanyCredit::credits`). Not safe to repeat: look for its comment in `creditHistory` first.
    /// - Parameters:
    ///   - amount: Above zero, in `currency`.
    ///   - operation: `.updated`, `.purchased` or `.reimbursed`.
    public func decreaseBalance(
        creditID: Int, by amount: Decimal, currency: String, _ operation: CreditOperation, comment: String
    ) async throws {
        try await moveBalance(.decreaseCompanyBalance, creditID, amount, currency, operation, comment)
    }

    private func moveBalance(
        _ operation: CommerceOperation, _ creditID: Int, _ amount: Decimal, _ currency: String,
        _ reason: CreditOperation, _ comment: String
    ) async throws {
        let body: JSONValue = [
            "comment": .string(comment), "currency": .string(currency), "operationType": .int(reason.rawValue),
            "value": .number(amount),
        ]
        try await recordLocks.withLock("credit \(creditID)") {
            try confirmed(await call(operation, creditID, body: body), operation)
        }
    }

    /// All that has happened to a credit, oldest first: `GET /V1/companyCredits/history`
    /// (`Magento_CompanyCredit::credits`). Safe to repeat.
    public func creditHistory(creditID: Int) async throws -> [CreditEntry] {
        try await searchAll(
            .companyCreditHistory, [[.init("company_credit_id", .eq, String(creditID))]], key: \.id
        ) { node throws(OrderReadingError) in try CreditEntry(node) }
    }
}

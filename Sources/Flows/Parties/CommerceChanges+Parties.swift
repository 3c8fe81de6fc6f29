import Commerce
import JSON
import Mapping

/// What F&O changes of a customer of the shop: only what the configuration says that F&O owns.
struct CustomerChange: Sendable {
    private let groupID: Int?
    /// Attribute's code → value.
    private let attributes: [String: String]

    init(_ record: MappedRecord, _ policy: CustomerPolicy) {
        groupID = policy.ownsGroup ? record["group_id"]?.intValue : nil
        let codes = policy.attributes
        let named = [
            (codes.accountNumber, "account_number"), (codes.paymentTerms, "payment_terms"),
            (codes.holdStatus, "hold_status"), (codes.priceGroup, "price_group"),
        ]
        var attributes: [String: String] = [:]
        for case (let code?, let field) in named { attributes[code] = record.text(field) ?? "" }
        self.attributes = attributes
    }

    func apply(to customer: inout CustomerAccount) {
        if let groupID { customer.groupID = groupID }
        for (code, value) in attributes.sorted(by: { $0.key < $1.key })
        where (customer.customAttribute(code) ?? "") != value {
            customer.setCustomAttribute(code, value)
        }
    }
}

/// What F&O changes of a company of the shop.
struct CompanyChange: Sendable {
    private let resellerID: String?
    private let groupID: Int?
    private let status: CommerceCompany.Status?

    /// - Parameter holdStatus: What the account is on hold for: `No`, `All`, …
    init(_ record: MappedRecord, _ policy: CompanyPolicy, holdStatus: String?) {
        resellerID = policy.writesAccount ? record.text("reseller_id") : nil
        groupID = record["customer_group_id"]?.intValue
        status =
            policy.blocksFor.isEmpty
            ? nil : policy.blocksFor.contains(holdStatus ?? "") ? .blocked : .approved
    }

    /// A company that waits for approval, or was rejected, stays so: that is decided in the shop.
    func apply(to company: inout CommerceCompany) {
        if let resellerID { company.resellerID = resellerID }
        if let groupID { company.customerGroupID = groupID }
        if let status, [.approved, .blocked].contains(company.status) { company.status = status }
    }
}

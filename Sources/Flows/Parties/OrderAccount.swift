import Commerce
import JSON
import Relay

/// Whose account an order goes to, where the shop says it and the account is there already.
enum OrderAccount {
    /// The company's, if orders of its users go there; otherwise the customer's own.
    /// - Returns: `nil` for guests, and for customers who have no account yet: the order makes one.
    /// - Throws: A `Verdict` to try again if the company has no account yet.
    static func known(
        of order: CommerceOrder, in dataAreaID: String, companies: CompanyPolicy, _ context: FlowContext
    ) async throws -> String? {
        if companies.orders == .company, let company = try await companyID(of: order, context) {
            let key = LinkKey(
                kind: AccountOwner.Kind.company.rawValue, scope: dataAreaID, key: String(company))
            if let account = try await context.links.value(of: key) { return account }
            throw Verdict.retry(
                "company-not-carried",
                "Order \(order.incrementID) is of company \(company), which has no account in \(dataAreaID) yet.",
                advice: "Save the company in Commerce, or look at its event; customers.websites says which legal "
                    + "entities it gets accounts in.")
        }
        guard let customer = order.customer.id, !order.customer.isGuest else { return nil }
        return try await context.links.value(
            of: LinkKey(kind: AccountOwner.Kind.customer.rawValue, scope: dataAreaID, key: String(customer)))
    }

    /// Webhooks leave the company out; the customer says it then.
    private static func companyID(of order: CommerceOrder, _ context: FlowContext) async throws -> Int? {
        let extensions = order.document.objectValue?["extension_attributes"]?.objectValue
        if let attributes = extensions?["company_order_attributes"]?.objectValue {
            return attributes["company_id"].flatMap(Self.id)
        }
        guard let customer = order.customer.id, !order.customer.isGuest else { return nil }
        return try await context.commerce.customer(id: customer)?.companyID
    }

    /// Numbers come as text, too.
    private static func id(_ value: JSONValue) -> Int? {
        guard let id = value.intValue ?? value.stringValue.flatMap({ Int($0) }), id > 0 else { return nil }
        return id
    }
}

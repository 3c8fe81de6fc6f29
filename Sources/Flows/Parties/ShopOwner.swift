import Commerce
import Dynamics
import Relay

/// Who an account of F&O is in the shop.
enum ShopOwner: Sendable, Equatable {
    case customer(Int)
    case company(Int)

    var isCompany: Bool { if case .company = self { true } else { false } }
    var document: String { isCompany ? "company-to-commerce" : "customer-to-commerce" }

    var name: String {
        switch self {
        case .customer(let id): "customer \(id)"
        case .company(let id): "company \(id)"
        }
    }

    /// By the links that carrying it left; for an account that an order made, by the e-mail address of that order.
    /// - Throws: A `Verdict` that skips accounts that the shop does not know.
    static func find(of notice: CustomerNotice, _ context: FlowContext) async throws -> ShopOwner {
        let (account, area) = (notice.CustomerAccount, notice.LegalEntity)
        func linked(_ kind: String) async throws -> String? {
            try await context.links.key(kind: kind, scope: area, value: account)
        }
        if let id = try await linked(AccountOwner.Kind.company.rawValue).flatMap({ Int($0) }) { return .company(id) }
        if let id = try await linked(AccountOwner.Kind.customer.rawValue).flatMap({ Int($0) }) {
            return .customer(id)
        }
        if let email = try await linked("customer") {
            let found = try await context.commerce.customers(email: email)
            if found.count == 1, let customer = found.first { return .customer(customer.id) }
        }
        throw Verdict.skip(
            "not-a-web-customer", "Customer \(account) in \(area) belongs to nobody in the shop.")
    }
}

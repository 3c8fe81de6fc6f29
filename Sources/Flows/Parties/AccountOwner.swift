import Foundation
import Relay

/// Whose account it is: a customer or a company of the shop.
struct AccountOwner: Sendable, Equatable {
    enum Kind: String, Sendable {
        /// Also the kind of links from a customer's id; those of kind `customer` are from e-mail addresses.
        case customer = "commerce customer"
        case company
    }

    let kind: Kind
    let id: Int
    /// Lower case, without white space at its ends.
    let email: String
    /// The account that Commerce names; `nil` if it names none.
    var accountNumber: String?

    init(_ kind: Kind, id: Int, email: String, accountNumber: String? = nil) {
        self.kind = kind
        self.id = id
        self.email = AccountOwner.normalized(email)
        self.accountNumber = accountNumber
    }

    static func normalized(_ email: String) -> String {
        email.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    var partyType: String { kind == .company ? "Organization" : "Person" }

    /// `commerce customer 17 (usmf)`: stays when the e-mail address changes.
    func link(_ dataAreaID: String) -> LinkKey { LinkKey(kind: kind.rawValue, scope: dataAreaID, key: String(id)) }

    /// The key that orders find their customer by.
    func emailLink(_ dataAreaID: String) -> LinkKey { Self.emailLink(email, dataAreaID) }

    static func emailLink(_ email: String, _ dataAreaID: String) -> LinkKey {
        LinkKey(kind: "customer", scope: dataAreaID, key: email)
    }

    /// For people.
    var name: String { kind == .company ? "Company \(id)" : "Customer \(id)" }
}

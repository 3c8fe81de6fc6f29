import Dynamics
import JSON
import Mapping
import Relay

/// Makes sure that a customer or company has one account in a legal entity, and that the account says what it should.
struct AccountKeeper: Sendable {
    let owner: AccountOwner
    let context: FlowContext
    let policies: PartyPolicies
    let createOnly: Set<String>
    let steps: Steps

    private var search: AccountSearch { AccountSearch(owner: owner, context: context, policies: policies) }

    /// - Returns: The account's number.
    func keep(_ draft: AccountDraft) async throws -> String {
        let area = draft.dataAreaID
        let account = try await account(draft)
        try await steps.once("account \(area)") { try await settle(draft, account) }
        let book = AddressKeeper(owner: owner, context: context, policies: policies, steps: steps)
        try await book.keep(draft.addresses, of: account, in: area)
        return account
    }

    /// An account that is linked stays, whatever becomes of its e-mail address.
    private func account(_ draft: AccountDraft) async throws -> String {
        let (area, own) = (draft.dataAreaID, owner.link(draft.dataAreaID))
        if let known = try await steps.linked(own) {
            if owner.kind == .customer { try await linkEmail(to: known, in: area) }
            return known
        }
        guard owner.kind == .customer, try await !isEmailTaken(in: area) else {
            return try await ensure(draft, own)
        }
        // The key that orders look by: whoever comes first makes the account, the others find it.
        let account = try await ensure(draft, owner.emailLink(area))
        return try await steps.ensure("link \(area)", link: own) {
            nil
        } create: {
            account
        }
    }

    private func ensure(_ draft: AccountDraft, _ key: LinkKey) async throws -> String {
        try await steps.ensure("customer \(draft.dataAreaID)", link: key) {
            try await search.account(in: draft.dataAreaID)
        } create: {
            var record = draft.fields
            record.set("dataAreaId", .string(draft.dataAreaID))
            record.set("PrimaryContactEmail", .string(owner.email))
            if let party = try await search.party() { record.set("PartyNumber", .string(party)) }
            return try await context.dynamics.createCustomer(record).CustomerAccount
        }
    }

    /// The address may have been somebody else's, whose account it still leads to.
    private func isEmailTaken(in dataAreaID: String) async throws -> Bool {
        guard let holder = try await steps.linked(owner.emailLink(dataAreaID)) else { return false }
        return try await search.isTaken(holder, in: dataAreaID)
    }

    /// After a change of the e-mail address, orders find the account by the new one too.
    private func linkEmail(to account: String, in dataAreaID: String) async throws {
        _ = try await steps.ensure("e-mail \(dataAreaID)", link: owner.emailLink(dataAreaID)) {
            nil
        } create: {
            account
        }
    }

    private func settle(_ draft: AccountDraft, _ account: String) async throws {
        if let row = try await context.dynamics.customer(account: account, dataAreaId: draft.dataAreaID) {
            let type = row.PartyType.flatMap { $0.isEmpty ? nil : $0 }
            var wanted = draft.changes(without: createOnly, partyType: type ?? owner.partyType)
            wanted["PrimaryContactEmail"] = .string(owner.email)
            _ = try await context.dynamics.settleCustomer(
                account: account, dataAreaId: draft.dataAreaID, wanted)
            return
        }
        throw Verdict.park(
            "account-gone",
            "\(owner.name) is linked to customer \(account) in \(draft.dataAreaID), which F&O does not have.",
            advice: "Restore the account in F&O, then replay the event; or skip it.")
    }
}

public import Foundation
import HTTPClient
public import JSON
import Synchronization

/// What a person does with customers in F&O, and what tests look at.
extension SandboxDynamics {
    /// Parties of the address book.
    public var partyCount: Int { core.books.withLock { $0.partyNumbers.count } }

    /// Postal addresses of the address book; one that several accounts see counts once.
    public var addressCount: Int {
        core.books.withLock { books in Set(books.addresses.live.map { $0.text("AddressLocationId") }).count }
    }

    /// What is kept of an account; `nil` if there is none.
    public func customer(_ account: String, dataAreaId: String) -> JSONObject? {
        core.books.withLock { books in
            books.customers.row("CustomerAccount", account, dataAreaId: dataAreaId.lowercased())?.fields
        }
    }

    /// The addresses that an account sees, in the order of their creation.
    public func addresses(of account: String, dataAreaId: String) -> [JSONObject] {
        core.books.withLock { books in
            books.addresses.live.filter {
                $0.dataAreaId == dataAreaId.lowercased() && $0.text("CustomerAccount") == account
            }.map(\.fields)
        }
    }

    /// A party without an account: somebody's contact, a vendor.
    /// - Returns: Its number.
    public func addParty(email: String) -> String { core.books.withLock { $0.newParty(email: email) } }

    /// A person opens an account in F&O.
    /// - Returns: Its number.
    public func addCustomer(_ fields: JSONObject) throws(SandboxError) -> String {
        let date = core.now()
        let made: String? = core.books.withLock { books in
            guard let position = try? books.create(.customers, fields, at: date) else { return nil }
            return books.customers.rows[position].text("CustomerAccount")
        }
        guard let made else { throw .unknownCustomer(account: "new", dataAreaId: "") }
        return made
    }

    /// A person changes an account. Tells nobody.
    public func changeCustomer(
        _ account: String, dataAreaId: String, _ change: (inout JSONObject) -> Void
    ) throws(SandboxError) {
        let isKnown = core.books.withLock { books in
            guard
                let position = books.customers.position(
                    "CustomerAccount", account, dataAreaId: dataAreaId.lowercased())
            else { return false }
            books.customers.update(position) { change(&$0) }
            return true
        }
        guard isKnown else { throw .unknownCustomer(account: account, dataAreaId: dataAreaId) }
    }

    /// What the customer owes from now on.
    public func setBalance(_ balance: Decimal, of account: String, dataAreaId: String) {
        core.books.withLock { books in
            let area = dataAreaId.lowercased()
            let fields: JSONObject = [
                "dataAreaId": .string(area), "CustomerAccount": .string(account), "Balance": .number(balance),
            ]
            if let position = books.balances.position("CustomerAccount", account, dataAreaId: area) {
                books.balances.update(position) { $0 = fields }
            } else {
                _ = books.balances.insert(fields, recordID: books.nextRecordID())
            }
        }
    }

    /// Sends a company's own event about a customer account, as its developers have made one.
    /// - Returns: Whether the endpoint took it.
    @discardableResult
    public func sendCustomerEvent(_ id: String, account: String, dataAreaId: String) async -> Bool {
        let body = BusinessEvent.own(
            id, ["CustomerAccount": .string(account), "LegalEntity": .string(dataAreaId)], legalEntity: dataAreaId,
            controlNumber: events.nextControlNumber(), at: core.now())
        return await events.send(EventSender.Event(body: body, subject: account))
    }
}

extension BusinessEvent {
    /// An event with a contract of its own.
    static func own(
        _ id: String, _ contract: JSONObject, legalEntity: String, controlNumber: Int, at date: Date
    ) -> [UInt8] {
        var event: JSONObject = [
            "BusinessEventId": .string(id), "BusinessEventLegalEntity": .string(legalEntity),
            "ContextRecordSubject": "", "ControlNumber": .int(controlNumber),
            "EventId": .string(UUID().uuidString.uppercased()), "EventTime": .string(TimeText(date).jsonDate),
            "EventTimeIso8601": .string(TimeText(date).iso8601), "MajorVersion": 0, "MinorVersion": 0,
            "InitiatingUserAADObjectId": "{00000000-0000-0000-0000-000000000000}", "ParentContextRecordSubjects": [],
        ]
        event.append(contentsOf: contract)
        return JSONWriter.bytes(.object(event))
    }
}

public import Foundation
import HTTPClient
public import JSON
import Synchronization

extension SandboxCommerce {
    /// Records that are neither orders nor invoices and have webhooks of their own.
    public enum RecordKind: String, Sendable, CaseIterable {
        case customer, company
        /// By the id of the quote's cart.
        case quote

        var shelf: ShopShelf {
            switch self {
            case .customer: .customers
            case .company: .companies
            case .quote: .quotes
            }
        }
    }

    /// A person saves a record in the shop, which sends its webhook.
    /// - Returns: The status of the answer; `nil` if none came.
    @discardableResult
    public func save(
        _ kind: RecordKind, id: Int, _ change: (inout JSONObject) -> Void = { _ in }
    ) async throws(SandboxError) -> Int? {
        // A second later than the save before, so that the webhooks of two saves in one second are not alike.
        let later = saves.withLock { count in
            count += 1
            return Double(count)
        }
        let date = TimeText(desk.now().addingTimeInterval(later)).commerce
        let changed = try? desk.shelves.update(kind.shelf, id: id) { record throws(CommerceRefusal) in
            change(&record)
            // Companies keep no such time.
            if kind != .company { record["updated_at"] = .string(date) }
        }
        guard changed != nil else { throw .unknownRecord(kind: kind.rawValue, id: id) }
        return try await sendWebhook(kind, id: id)
    }

    /// Sends the webhook of a record as it is now.
    /// - Returns: The status of the answer; `nil` if none came.
    @discardableResult
    public func sendWebhook(_ kind: RecordKind, id: Int) async throws(SandboxError) -> Int? {
        guard let record = try? desk.shelves.record(kind.shelf, id: id) else {
            throw .unknownRecord(kind: kind.rawValue, id: id)
        }
        return try await post(RecordPayload(kind: kind.rawValue, record: record).bytes, kind: kind.rawValue)
    }

    /// A person puts a company into the shop, with a customer who administers it.
    /// Its credit is in EUR.
    /// - Returns: The company's id.
    public func addCompany(
        name: String, email: String, administrator: Int, status: Int = 1
    ) throws(SandboxError) -> Int {
        let made = try? desk.createCompany([
            "company_name": .string(name), "company_email": .string(email), "street": ["Weg 1"], "city": "Zürich",
            "country_id": "CH", "region": "ZH", "postcode": "8001", "telephone": "+41 44 000",
            "customer_group_id": 1, "super_user_id": .int(administrator), "status": .int(status),
        ])
        guard let id = made?["id"]?.intValue else { throw .duplicateCustomer(email: email) }
        return id
    }

    /// A person sets what a company may owe.
    public func setCreditLimit(_ limit: Decimal, company: Int) {
        changeCredit(of: company) { $0["credit_limit"] = .number(limit) }
    }

    /// The shop moves a company's balance by itself, as when an order is placed on account.
    public func moveCredit(company: Int, by amount: Decimal) {
        changeCredit(of: company) { $0["balance"] = .number(($0["balance"]?.numberValue ?? 0) + amount) }
    }

    private func changeCredit(of company: Int, _ change: (inout JSONObject) -> Void) {
        guard let credit = desk.shelves[.credits].first(where: { $0["company_id"]?.intValue == company }),
            let id = credit["id"]?.intValue
        else { return }
        _ = try? desk.shelves.update(.credits, id: id) { credit throws(CommerceRefusal) in change(&credit) }
    }

    /// A person gives a customer an address more.
    /// - Returns: The address's id.
    @discardableResult
    public func addAddress(
        customer id: Int, street: String, postcode: String = "10115", city: String = "Berlin", country: String = "DE"
    ) throws(SandboxError) -> Int {
        var addressID = 0
        let changed = try? desk.shelves.update(.customers, id: id) { customer throws(CommerceRefusal) in
            var addresses = customer["addresses"]?.arrayValue ?? []
            let ids = addresses.compactMap { $0.objectValue?["id"]?.intValue }
            addressID = (ids.max() ?? id * 100) + 1
            addresses.append([
                "id": .int(addressID), "customer_id": .int(id), "firstname": customer["firstname"] ?? "",
                "lastname": customer["lastname"] ?? "", "street": [.string(street)], "postcode": .string(postcode),
                "city": .string(city), "country_id": .string(country), "telephone": "030 1",
                "region": ["region_code": "BER", "region": "Berlin", "region_id": 82],
                "default_billing": .bool(addresses.isEmpty), "default_shipping": .bool(addresses.isEmpty),
            ])
            customer["addresses"] = .array(addresses)
        }
        guard changed != nil else { throw .unknownRecord(kind: "customer", id: id) }
        return addressID
    }
}

import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import JSON
import Relay
import Sandbox
import Testing

/// A rig for customers and companies.
struct PartyRig: Sendable {
    let rig: Rig
    var shop: SandboxCommerce { rig.sandbox.commerce }
    var erp: SandboxDynamics { rig.sandbox.dynamics }

    /// - Parameters:
    ///   - customers: Added to the section `customers`, in braces' style.
    ///   - companies: The section `companies`, in braces' style.
    static func run(
        customers: String = "", companies: String = "", currency: String? = "EUR",
        platforms: SandboxConfiguration = SandboxConfiguration(),
        configure: (inout GatewayConfiguration) throws -> Void = { _ in }, _ body: (PartyRig) async throws -> Void
    ) async throws {
        let keys = [currency.map { "currency: \($0)" }, customers].compactMap(\.self).filter { !$0.isEmpty }
        try await Rig.run(
            platforms,
            text: { text in
                text.more += "\ncustomers: { \(keys.joined(separator: ", ")) }\ncompanies: { \(companies) }"
            },
            configure: { configuration in
                configuration.dynamics.businessEvents.routes["CustomerChanged"] = .customerToCommerce
                configuration.dynamics.businessEvents.routes["CustomerPaid"] = .companyCreditToCommerce
                try configure(&configuration)
            }
        ) { try await body(PartyRig(rig: $0)) }
    }

    func newCustomer() throws -> Int {
        try shop.addCustomer(email: "ines@example.com", firstName: "Ines", lastName: "Falk")
    }

    /// - Parameter limit: Of its credit, in EUR.
    func newCompany(limit: Decimal = 0, status: Int = 1) async throws -> Int {
        let admin = try shop.addCustomer(email: "admin@muster.example", firstName: "Max", lastName: "Muster")
        let id = try shop.addCompany(
            name: "Muster AG", email: "ap@muster.example", administrator: admin, status: status)
        shop.setCreditLimit(limit, company: id)
        return id
    }

    /// Of the only company.
    var credit: JSONObject { shop.records(.credits).first ?? [:] }

    /// A person opens an account in F&O.
    @discardableResult
    func addAccount(email: String, area: String = "usmf") throws -> String {
        try erp.addCustomer([
            "dataAreaId": .string(area), "PartyType": "Person", "PersonLastName": "Falk", "CustomerGroupId": "30",
            "SalesCurrencyCode": "EUR", "PrimaryContactEmail": .string(email),
        ])
    }

    /// Saves a customer as a person does, and waits for its delivery to end.
    @discardableResult
    func saveCustomer(_ id: Int, _ change: (inout JSONObject) -> Void = { _ in }) async throws -> Outcome {
        #expect(try await shop.save(.customer, id: id, change) == 200)
        return try await outcome("customer \(id)")
    }

    @discardableResult
    func saveCompany(_ id: Int, _ change: (inout JSONObject) -> Void = { _ in }) async throws -> Outcome {
        #expect(try await shop.save(.company, id: id, change) == 200)
        return try await outcome("company \(id)")
    }

    /// A quote of a customer who has an account.
    func newQuote(_ items: [SandboxQuoteItem]) async throws -> Int {
        let id = try newCustomer()
        try await saveCustomer(id)
        return shop.addQuote(customer: id, email: "ines@example.com", items)
    }

    @discardableResult
    func saveQuote(
        _ id: Int, status: String? = nil, items: [SandboxQuoteItem]? = nil, amountOff: Decimal? = nil
    ) async throws -> Outcome {
        #expect(try await shop.saveQuote(id, status: status, items: items, amountOff: amountOff) == 200)
        return try await outcome("quote \(id)")
    }

    func outcome(_ subject: String) async throws -> Outcome { try await rig.outcomes.next(of: subject) }

    /// Sends a company's own event of a customer account, and waits for its delivery to end.
    @discardableResult
    func tell(_ event: String, of account: String, area: String = "usmf") async throws -> Outcome {
        #expect(await erp.sendCustomerEvent(event, account: account, dataAreaId: area))
        return try await outcome("customer \(area)/\(account)")
    }

    func order(_ number: String, of customer: Int, email: String = "ines@example.com") -> SandboxOrder {
        var order = SandboxOrder.simple(incrementID: number)
        order.buyer = .init(customerID: customer, email: email, firstName: "Ines", lastName: "Falk")
        return order
    }

    func replay(_ subject: String) async throws -> Outcome {
        let event = try #require(rig.outcomes.story.newest[subject])
        let answer = try await rig.operate(
            .post, "/events/\(event)/replay", body: #"{"all":true,"by":"anna","why":"to be sure"}"#)
        #expect(answer.status == 200)
        return try await outcome(subject)
    }

    /// Calls of both platforms that changed something, or meant to.
    var writes: [String: Int] {
        erp.requestCounts.merging(shop.requestCounts) { $1 }.filter { !$0.key.hasPrefix("GET") }
    }
}

extension JSONObject {
    /// Of one of a customer's addresses.
    mutating func setStreet(_ street: String, at index: Int) {
        var addresses = self["addresses"]?.arrayValue ?? []
        guard addresses.indices.contains(index), var address = addresses[index].objectValue else { return }
        address["street"] = [.string(street)]
        addresses[index] = .object(address)
        self["addresses"] = .array(addresses)
    }
}

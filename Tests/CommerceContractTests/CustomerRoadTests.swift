import Commerce
import Foundation
import JSON
import Sandbox
import Testing

@Suite("Customers and companies", .timeLimit(.minutes(5)))
struct CustomerRoadTests {
    static let address = CustomerAddress(
        firstname: "Renée", lastname: "Muster", street: ["Weg 1"], city: "Wien", postcode: "1010", countryID: "AT",
        isDefaultBilling: true)

    @Test("Writing one field of a customer resets nothing else, although the shop replaces all of it")
    func readModifyWrite() async throws {
        try await ShopRig.run { rig in
            let made = try await rig.client.createCustomer(
                CustomerDraft(
                    email: "renee@example.com", firstname: "Renée", lastname: "Muster", groupID: 3,
                    addresses: [Self.address], customAttributes: ["erp_account": "C-1"]))
            let changed = try await rig.client.updateCustomer(id: made.id) { $0.taxvat = "ATU1" }
            #expect(changed.groupID == 3)
            #expect(changed.taxvat == "ATU1")
            #expect(changed.addresses.map(\.city) == ["Wien"])
            #expect(changed.addresses.map(\.isDefaultBilling) == [true])
            #expect(changed.customAttribute("erp_account") == "C-1")
            let found = try await rig.client.customers(email: "RENEE@example.com", websiteID: 1)
            #expect(found.map(\.id) == [made.id])
        }
    }

    @Test("An address is added, changed and taken away without touching the others")
    func addresses() async throws {
        try await ShopRig.run { rig in
            let id = try rig.shop.addCustomer(email: "a@example.com", firstName: "A", lastName: "B")
            _ = try await rig.client.updateCustomer(id: id) { $0.addresses = [Self.address, Self.address] }
            let two = try await rig.client.updateCustomer(id: id) { $0.addresses[1].city = "Graz" }
            #expect(two.addresses.map(\.city) == ["Wien", "Graz"])
            let one = try await rig.client.updateCustomer(id: id) { $0.addresses.remove(at: 0) }
            #expect(one.addresses.map(\.city) == ["Graz"])
            #expect(one.addresses[0].id == two.addresses[1].id)
        }
    }

    @Test("A second account with one e-mail address, and a customer that is gone, are told")
    func refusals() async throws {
        try await ShopRig.run { rig in
            let draft = CustomerDraft(email: "a@example.com", firstname: "A", lastname: "B")
            _ = try await rig.client.createCustomer(draft)
            await refused("customers", "same email address") { _ = try await rig.client.createCustomer(draft) }
            let gone = await #expect(throws: CommerceFault.self) {
                try await rig.client.updateCustomer(id: 99) { _ in }
            }
            #expect(gone?.kind == .notFound)
            #expect(try await rig.client.customer(id: 99) == nil)
        }
    }

    @Test("Customer groups are listed, and one is added")
    func groups() async throws {
        try await ShopRig.run { rig in
            let made = try await rig.client.createCustomerGroup(code: "ERP", taxClassID: 3)
            #expect(try await rig.client.customerGroups().last == made)
            await refused("customerGroups", "exists") {
                _ = try await rig.client.createCustomerGroup(code: "ERP", taxClassID: 3)
            }
        }
    }

    @Test("A company is made and found by the ERP's account, blocked, and its credit kept", arguments: [1, 2])
    func company(_ copies: Int) async throws {
        try await ShopRig.run(copies == 1 ? .paas : .saas) { rig in
            let admin = try rig.shop.addCustomer(email: "ap@muster.example", firstName: "A", lastName: "B")
            let draft = CompanyDraft(
                name: "Muster AG", email: "ap@muster.example", street: ["Weg 1"], city: "Wien", countryID: "AT",
                regionID: 95, postcode: "1010", telephone: "1", customerGroupID: 1, superUserID: admin,
                resellerID: "C-1")
            let made = try await rig.client.createCompany(draft)
            try await rig.client.assign(customerID: admin, toCompany: made.id)
            let changed = try await rig.client.updateCompany(id: made.id) { $0.status = .blocked }
            #expect(changed.status == .blocked && changed.resellerID == "C-1")
            #expect(rig.shop.records(.companies)[0]["region_id"] == "95")
            #expect(try await rig.client.companies(where: .init("reseller_id", .eq, "C-1")).map(\.id) == [made.id])
            let credit = try await rig.client.updateCompanyCredit(companyID: made.id) { credit in
                credit.creditLimit = 1000.5
                credit.comment = "limit from the ERP"
            }
            #expect(credit.availableLimit == 1000.5)
            try await rig.client.decreaseBalance(
                creditID: credit.id, by: 300, currency: "EUR", .purchased, comment: "SO-1")
            try await rig.client.increaseBalance(
                creditID: credit.id, by: 100, currency: "EUR", .reimbursed, comment: "P-1")
            #expect(try await rig.client.companyCredit(companyID: made.id)?.balance == -200)
            let history = try await rig.client.creditHistory(creditID: credit.id)
            #expect(history.map(\.comment) == ["limit from the ERP", "SO-1", "P-1"])
            await refused("increaseBalance", "operation type") {
                try await rig.client.increaseBalance(
                    creditID: credit.id, by: 1, currency: "EUR", .purchased, comment: "x")
            }
            #expect(try await rig.client.companyCredit(companyID: 99) == nil)
        }
    }

    @Test("A company without an administrator who exists is refused")
    func companyWithoutAdmin() async throws {
        try await ShopRig.run { rig in
            await refused("company", "super_user_id") {
                _ = try await rig.client.createCompany(
                    CompanyDraft(
                        name: "X", email: "x@example.com", street: ["Y"], city: "Z", countryID: "AT",
                        postcode: "1", telephone: "1", customerGroupID: 1, superUserID: 77))
            }
        }
    }
}

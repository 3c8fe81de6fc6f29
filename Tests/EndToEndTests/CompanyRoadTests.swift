import Foundation
import JSON
import Relay
import Sandbox
import Testing

@Suite("A Commerce company becomes a D365 account, and D365 tells what it owes", .timeLimit(.minutes(5)))
struct CompanyRoadTests {
    @Test("as an organization with credit limit, terms and address; its number is written back")
    func whole() async throws {
        try await PartyRig.run { rig in
            let id = try await rig.newCompany(limit: 5000)
            #expect(try await rig.saveCompany(id) { $0["vat_tax_id"] = "CHE-000" }.state == .done)
            let account = try #require(rig.erp.customer("C-000001", dataAreaId: "usmf"))
            #expect(account["PartyType"] == "Organization" && account["OrganizationName"] == "Muster AG")
            #expect(account["CreditLimit"]?.numberValue == 5000 && account["OnHoldStatus"] == "No")
            #expect(account["TaxExemptNumber"] == "CHE-000")
            let address = try #require(rig.erp.addresses(of: "C-000001", dataAreaId: "usmf").first)
            #expect(address["AddressCity"] == "Zürich" && address["AddressCountryRegionId"] == "CHE")
            #expect(rig.shop.records(.companies).first?["reseller_id"] == "C-000001")
            #expect(try await rig.saveCompany(id).reason?.code == "unchanged")
        }
    }

    @Test("that waits for approval is skipped, and carried once it is approved")
    func pending() async throws {
        try await PartyRig.run { rig in
            let id = try await rig.newCompany(status: 0)
            #expect(try await rig.saveCompany(id).reason?.code == "company-state")
            #expect(try await rig.saveCompany(id) { $0["status"] = 1 }.state == .done)
            #expect(rig.erp.snapshot().customers.map(\.name) == ["Muster AG"])
        }
    }

    @Test("that names an account already becomes that account")
    func named() async throws {
        try await PartyRig.run { rig in
            let account = try rig.erp.addCustomer([
                "dataAreaId": "usmf", "PartyType": "Organization", "OrganizationName": "Muster",
                "CustomerGroupId": "80", "SalesCurrencyCode": "EUR",
            ])
            let id = try await rig.newCompany()
            #expect(try await rig.saveCompany(id) { $0["reseller_id"] = .string(account) }.state == .done)
            #expect(rig.erp.snapshot().customers.map(\.name) == ["Muster AG"])
            #expect(rig.erp.customer(account, dataAreaId: "usmf")?["CustomerGroupId"] == "80")
        }
    }

    @Test("takes the orders of its users, who get no accounts of their own")
    func orders() async throws {
        try await PartyRig.run(companies: "orders: company") { rig in
            let id = try await rig.newCompany()
            try await rig.saveCompany(id)
            let user = try rig.newCustomer()
            let outcome = try await rig.saveCustomer(user) {
                $0["extension_attributes"] = ["company_attributes": ["company_id": .int(id), "status": 1]]
            }
            #expect(outcome.state == .skipped && outcome.reason?.code == "company-user")
            #expect(try await rig.rig.carry(rig.order("000000001", of: user)).state == .done)
            let order = try #require(rig.erp.snapshot().orders.first)
            #expect(order.orderingCustomerAccount == "C-000001" && rig.erp.snapshot().customers.count == 1)
        }
    }

    @Test("gets the credit limit of D365")
    func limit() async throws {
        try await PartyRig.run { rig in
            let id = try await rig.newCompany(limit: 1000)
            try await rig.saveCompany(id)
            try rig.erp.changeCustomer("C-000001", dataAreaId: "usmf") { $0["CreditLimit"] = 7500 }
            #expect(try await rig.tell("CustomerChanged", of: "C-000001").state == .done)
            #expect(rig.credit["credit_limit"]?.numberValue == 7500)
            #expect(try await rig.tell("CustomerChanged", of: "C-000001").reason?.code == "unchanged")
        }
    }

    @Test("gets the balance of D365 by the difference, once, although answers are lost")
    func balance() async throws {
        try await PartyRig.run(companies: Self.balances) { rig in
            try await rig.saveCompany(try await rig.newCompany(limit: 1000))
            rig.shop.faults.update { $0.cutAfterCommit = 0.6 }
            for owed in [Decimal(string: "120.55"), 300, Decimal(string: "80.05"), 0].compactMap(\.self) {
                rig.erp.setBalance(owed, of: "C-000001", dataAreaId: "usmf")
                #expect(try await rig.tell("CustomerPaid", of: "C-000001").state == .done)
                #expect(rig.credit["balance"]?.numberValue == -owed)
            }
            #expect(rig.shop.records(.creditHistory).filter { $0["amount"]?.numberValue != 0 }.count == 4)
        }
    }

    @Test("a replay of a balance moves nothing a second time, whatever happened in the shop since")
    func balanceReplayed() async throws {
        try await PartyRig.run(companies: Self.balances) { rig in
            try await rig.saveCompany(try await rig.newCompany(limit: 1000))
            rig.erp.setBalance(100, of: "C-000001", dataAreaId: "usmf")
            try await rig.tell("CustomerPaid", of: "C-000001")
            rig.shop.moveCredit(company: 1, by: -40)
            _ = try await rig.replay("customer usmf/C-000001")
            #expect(rig.credit["balance"]?.numberValue == -140)
        }
    }

    @Test("what the shop says already is skipped")
    func balanceUnchanged() async throws {
        try await PartyRig.run(companies: Self.balances) { rig in
            try await rig.saveCompany(try await rig.newCompany())
            #expect(try await rig.tell("CustomerPaid", of: "C-000001").reason?.code == "unchanged")
        }
    }

    @Test("in another currency than its credit, the account is left to a person")
    func otherCurrency() async throws {
        try await PartyRig.run { rig in
            try await rig.saveCompany(try await rig.newCompany())
            try rig.erp.changeCustomer("C-000001", dataAreaId: "usmf") { $0["SalesCurrencyCode"] = "CHF" }
            let outcome = try await rig.tell("CustomerPaid", of: "C-000001")
            #expect(outcome.state == .parked && outcome.reason?.code == "credit-currency")
        }
    }

    @Test("is blocked while its account is on hold, and approved when it is free again")
    func blocked() async throws {
        try await PartyRig.run(companies: "blocksFor: [ All ]") { rig in
            try await rig.saveCompany(try await rig.newCompany())
            for (hold, status) in [("All", 3), ("No", 1)] as [(String, JSONValue)] {
                try rig.erp.changeCustomer("C-000001", dataAreaId: "usmf") { $0["OnHoldStatus"] = .string(hold) }
                #expect(try await rig.tell("CustomerChanged", of: "C-000001").state == .done)
                #expect(rig.shop.records(.companies).first?["status"] == status)
            }
        }
    }

    private static let balances = "balance: { entitySet: CustomerBalances, field: Balance }"
}

@Suite("A D365 account tells the shop what it owns", .timeLimit(.minutes(5)))
struct AccountRoadTests {
    private static let attributes =
        "attributes: { accountNumber: d365_account, paymentTerms: d365_terms, holdStatus: d365_hold }"

    @Test("number, terms and hold status; nothing else of the customer changes, and no echo comes of it")
    func attributes() async throws {
        try await PartyRig.run(customers: Self.attributes) { rig in
            let id = try rig.newCustomer()
            try rig.shop.addAddress(customer: id, street: "Lindenweg 4")
            #expect(try await rig.saveCustomer(id).state == .done)
            // As the shop tells once more of the number that was written back.
            #expect(try await rig.saveCustomer(id).reason?.code == "unchanged")
            try rig.erp.changeCustomer("C-000001", dataAreaId: "usmf") {
                $0["PaymentTerms"] = "Net30"
                $0["OnHoldStatus"] = "Invoice"
            }
            #expect(try await rig.tell("CustomerChanged", of: "C-000001").state == .done)
            #expect(try await rig.saveCustomer(id).reason?.code == "unchanged")
            let customer = try #require(rig.shop.records(.customers).first)
            #expect(
                customer["custom_attributes"] == [
                    ["attribute_code": "d365_account", "value": "C-000001"],
                    ["attribute_code": "d365_hold", "value": "Invoice"],
                    ["attribute_code": "d365_terms", "value": "Net30"],
                ])
            #expect(customer["addresses"]?.arrayValue?.count == 1)
            #expect(try await rig.tell("CustomerChanged", of: "C-000001").reason?.code == "unchanged")
        }
    }

    @Test("an account that nobody in the shop has is skipped")
    func stranger() async throws {
        try await PartyRig.run { rig in
            try rig.addAccount(email: "somebody@example.com")
            #expect(try await rig.tell("CustomerChanged", of: "C-000001").reason?.code == "not-a-web-customer")
        }
    }

    @Test("an account that an order made is found by the order's address")
    func ofOrder() async throws {
        try await PartyRig.run(customers: Self.attributes) { rig in
            let id = try rig.newCustomer()
            try await rig.rig.carry(rig.order("000000001", of: id))
            #expect(try await rig.tell("CustomerChanged", of: "C-000001").state == .done)
            #expect(rig.shop.records(.customers).first?["custom_attributes"]?.arrayValue?.isEmpty == false)
        }
    }
}

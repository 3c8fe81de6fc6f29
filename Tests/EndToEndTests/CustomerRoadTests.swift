import Foundation
import JSON
import Relay
import Sandbox
import Testing

@Suite("A Commerce customer becomes a D365 account", .timeLimit(.minutes(5)))
struct CustomerRoadTests {
    @Test("with its addresses, as a new party")
    func whole() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            try rig.shop.addAddress(customer: id, street: "Lindenweg 4")
            #expect(try await rig.saveCustomer(id).state == .done)
            let account = try #require(rig.erp.customer("C-000001", dataAreaId: "usmf"))
            #expect(account["PersonLastName"] == "Falk" && account["PrimaryContactEmail"] == "ines@example.com")
            #expect(account["SalesCurrencyCode"] == "EUR" && account["CustomerGroupId"] == "30")
            let address = try #require(rig.erp.addresses(of: "C-000001", dataAreaId: "usmf").first)
            #expect(address["AddressStreet"] == "Lindenweg 4" && address["AddressCountryRegionId"] == "DEU")
            #expect(address["AddressLocationRoles"] == "Invoice;Delivery" && address["IsPrimary"] == "Yes")
            #expect(rig.erp.partyCount == 1 && rig.erp.addressCount == 1)
        }
    }

    @Test("many edits of an address change it in place: the address book does not grow")
    func edits() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            try rig.shop.addAddress(customer: id, street: "Weg 0")
            try rig.shop.addAddress(customer: id, street: "Gasse 0")
            #expect(try await rig.saveCustomer(id).state == .done)
            for number in 1...6 {
                let outcome = try await rig.saveCustomer(id) { $0.setStreet("Weg \(number)", at: 0) }
                #expect(outcome.state == .done)
            }
            let streets = rig.erp.addresses(of: "C-000001", dataAreaId: "usmf").map { $0["AddressStreet"] }
            #expect(streets == ["Weg 6", "Gasse 0"])
            #expect(rig.erp.partyCount == 1 && rig.erp.addressCount == 2)
            #expect(rig.erp.requestCounts["PATCH /data/CustomerPostalAddressesV2(…)"] == 6)
        }
    }

    @Test("saved with nothing new, it is skipped without a call to D365")
    func unchanged() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            try await rig.saveCustomer(id)
            let calls = rig.erp.requestCounts
            #expect(try await rig.saveCustomer(id).reason?.code == "unchanged")
            #expect(rig.erp.requestCounts == calls)
        }
    }

    @Test("in two legal entities, one person is one party with one address")
    func twoEntities() async throws {
        try await PartyRig.run(customers: #"websites: { "1": [ usmf, dat ] }"#) { rig in
            let id = try rig.newCustomer()
            try rig.shop.addAddress(customer: id, street: "Lindenweg 4")
            #expect(try await rig.saveCustomer(id).state == .done)
            #expect(rig.erp.snapshot().customers.map(\.dataAreaId).sorted() == ["dat", "usmf"])
            #expect(rig.erp.partyCount == 1 && rig.erp.addressCount == 1)
            #expect(try await rig.saveCustomer(id) { $0.setStreet("Weg 1", at: 0) }.state == .done)
            for area in ["usmf", "dat"] {
                #expect(rig.erp.addresses(of: "C-000001", dataAreaId: area).map { $0["AddressStreet"] } == ["Weg 1"])
            }
            #expect(rig.erp.addressCount == 1)
        }
    }

    @Test("is the party that a contact is already, if the configuration looks there")
    func contact() async throws {
        try await PartyRig.run(customers: "parties: contacts") { rig in
            let party = rig.erp.addParty(email: "ines@example.com")
            try await rig.saveCustomer(try rig.newCustomer())
            #expect(rig.erp.customer("C-000001", dataAreaId: "usmf")?["PartyNumber"]?.stringValue == party)
            #expect(rig.erp.partyCount == 1)
        }
    }

    @Test("that an order has made is found again, and so is its address")
    func afterOrder() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            try await rig.rig.carry(rig.order("000000001", of: id))
            try rig.shop.addAddress(
                customer: id, street: "Lindenweg 4/2 Top 3", postcode: "1010", city: "Wien", country: "AT")
            #expect(try await rig.saveCustomer(id).state == .done)
            #expect(rig.erp.snapshot().customers.count == 1)
            #expect(rig.erp.partyCount == 1 && rig.erp.addressCount == 1)
        }
    }

    @Test("two orders and a save of one new customer at once make one account")
    func atOnce() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            async let first = rig.rig.carry(rig.order("000000001", of: id))
            async let second = rig.rig.carry(rig.order("000000002", of: id))
            async let saved = rig.saveCustomer(id)
            #expect(try await [first.state, second.state, saved.state] == [.done, .done, .done])
            #expect(rig.erp.snapshot().customers.count == 1)
            #expect(rig.erp.partyCount == 1 && rig.erp.doubles().isEmpty)
        }
    }

    @Test("keeps its account when its e-mail address changes, and orders by the new one go there")
    func newEmail() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            try await rig.saveCustomer(id)
            #expect(try await rig.saveCustomer(id) { $0["email"] = "falk@example.com" }.state == .done)
            #expect(
                rig.erp.customer("C-000001", dataAreaId: "usmf")?["PrimaryContactEmail"] == "falk@example.com")
            try await rig.rig.carry(rig.order("000000001", of: id, email: "falk@example.com"))
            #expect(rig.erp.snapshot().customers.count == 1 && rig.erp.partyCount == 1)
        }
    }

    @Test("who takes over a former e-mail address gets an account of their own")
    func emailTakenOver() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            try await rig.saveCustomer(id)
            try await rig.saveCustomer(id) { $0["email"] = "falk@example.com" }
            let other = try rig.shop.addCustomer(email: "ines@example.com", firstName: "Ines", lastName: "Other")
            #expect(try await rig.saveCustomer(other).state == .done)
            #expect(rig.erp.snapshot().customers.map(\.name) == ["Ines Falk", "Ines Other"])
            #expect(rig.erp.partyCount == 2)
        }
    }

    @Test("its number is written back, and its addresses, group and attributes stay")
    func writeBack() async throws {
        try await PartyRig.run(customers: "attributes: { accountNumber: d365_account }") { rig in
            let id = try rig.newCustomer()
            try rig.shop.addAddress(customer: id, street: "Lindenweg 4")
            let outcome = try await rig.saveCustomer(id) { customer in
                customer["group_id"] = 3
                customer["custom_attributes"] = [["attribute_code": "loyalty", "value": "gold"]]
            }
            #expect(outcome.state == .done)
            let customer = try #require(rig.shop.records(.customers).first)
            #expect(customer["group_id"] == 3 && customer["addresses"]?.arrayValue?.count == 1)
            #expect(
                customer["custom_attributes"] == [
                    ["attribute_code": "loyalty", "value": "gold"],
                    ["attribute_code": "d365_account", "value": "C-000001"],
                ])
            #expect(try await rig.saveCustomer(id).reason?.code == "unchanged")
        }
    }

    @Test("a create whose answer was lost makes no second account and no second address")
    func answerLost() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            for street in ["Weg 1", "Weg 2", "Weg 3"] { try rig.shop.addAddress(customer: id, street: street) }
            rig.erp.faults.update { $0.cutAfterCommit = 0.5 }
            #expect(try await rig.saveCustomer(id).state == .done)
            #expect(rig.erp.snapshot().customers.count == 1)
            #expect(rig.erp.partyCount == 1 && rig.erp.addressCount == 3)
        }
    }

    @Test("a replay changes nothing")
    func replayed() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            try rig.shop.addAddress(customer: id, street: "Lindenweg 4")
            try await rig.saveCustomer(id)
            let writes = rig.writes
            #expect(try await rig.replay("customer \(id)").state == .done)
            #expect(rig.writes == writes)
        }
    }

    @Test("what F&O owns is sent once: a group that was changed there stays")
    func owned() async throws {
        try await PartyRig.run { rig in
            let id = try rig.newCustomer()
            try await rig.saveCustomer(id)
            try rig.erp.changeCustomer("C-000001", dataAreaId: "usmf") { $0["CustomerGroupId"] = "80" }
            #expect(try await rig.saveCustomer(id) { $0["lastname"] = "Berg" }.state == .done)
            let account = try #require(rig.erp.customer("C-000001", dataAreaId: "usmf"))
            #expect(account["CustomerGroupId"] == "80" && account["PersonLastName"] == "Berg")
        }
    }

    @Test("an address that was deleted in the shop stays, or is ended", arguments: [false, true])
    func removed(_ ends: Bool) async throws {
        try await PartyRig.run(customers: "removedAddresses: \(ends ? "end" : "leave")") { rig in
            let id = try rig.newCustomer()
            try rig.shop.addAddress(customer: id, street: "Weg 1")
            try rig.shop.addAddress(customer: id, street: "Weg 2")
            try await rig.saveCustomer(id)
            let outcome = try await rig.saveCustomer(id) { customer in
                customer["addresses"] = .array(Array((customer["addresses"]?.arrayValue ?? []).suffix(1)))
            }
            #expect(outcome.state == .done)
            let addresses = rig.erp.addresses(of: "C-000001", dataAreaId: "usmf")
            #expect(addresses.count == 2 && (addresses[0]["AddressValidTo"] != nil) == ends)
            #expect(addresses[1]["AddressValidTo"] == nil)
        }
    }

    @Test("several accounts with the address are left to a person")
    func ambiguous() async throws {
        try await PartyRig.run { rig in
            for _ in 1...2 { try rig.addAccount(email: "ines@example.com") }
            let outcome = try await rig.saveCustomer(try rig.newCustomer())
            #expect(outcome.state == .parked && outcome.reason?.code == "ambiguous-customer")
            #expect(outcome.reason?.message.contains("C-000001, C-000002") == true)
        }
    }

    @Test("without a currency for new accounts it is parked with the field that lacks it")
    func noCurrency() async throws {
        try await PartyRig.run(currency: nil) { rig in
            let outcome = try await rig.saveCustomer(try rig.newCustomer())
            #expect(outcome.state == .parked && outcome.reason?.code == "unmapped")
            #expect(outcome.reason?.message.contains("SalesCurrencyCode") == true)
            #expect(rig.erp.snapshot().customers.isEmpty)
        }
    }
}

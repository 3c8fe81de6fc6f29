import Foundation
import JSON
import Mapping
import Relay
import Testing

@testable import Commerce
@testable import Flows

@Suite("Decisions about customers and companies")
struct PartyDecisionTests {
    private static let orders = OrderPolicy(
        legalEntities: LegalEntities(default: "usmf", stores: ["2": "dat"]),
        standardProfile: EntityProfile(customerGroup: "30"))

    @Test(
        "a customer belongs to the companies of the website, or to that of the store",
        arguments: [
            (1, 1, ["usmf", "dat"]), (2, 2, ["dat"]), (2, 9, ["usmf"]), (nil, nil, ["usmf"]),
        ] as [(Int?, Int?, [String])])
    func areas(website: Int?, store: Int?, expected: [String]) {
        let policies = PartyPolicies(
            customers: CustomerPolicy(websites: ["1": ["usmf", "dat"]]), orders: Self.orders)
        #expect(policies.dataAreaIDs(websiteID: website, storeID: store, NoValues()) == expected)
    }

    @Test(
        "a company is blocked for what the configuration says, and only from approved to blocked and back",
        arguments: [
            (["All"], "All", 1, 3), (["All"], "No", 3, 1), (["All"], "Invoice", 3, 1), (["All"], "All", 0, 0),
            (["All"], "No", 2, 2), ([], "All", 1, 1), ([], "No", 3, 3),
        ] as [(Set<String>, String, Int, Int)])
    func blocked(_ blocksFor: Set<String>, _ hold: String, _ before: Int, _ after: Int) throws {
        let change = CompanyChange(
            MappedRecord(mapping: "company-to-commerce"), CompanyPolicy(blocksFor: blocksFor), holdStatus: hold)
        var company = try Self.company(status: before)
        change.apply(to: &company)
        #expect(company.status?.rawValue == after)
    }

    @Test("only attributes that the configuration names are written, and the group only if F&O owns it")
    func attributes() throws {
        var record = MappedRecord(mapping: "customer-to-commerce")
        for (field, value) in ["account_number": "C-1", "payment_terms": "Net30", "price_group": "VIP"] {
            record.set(field, .string(value))
        }
        record.set("group_id", 7)
        let policy = CustomerPolicy(attributes: CustomerAttributes(accountNumber: "d365", holdStatus: "hold"))
        var customer = try Self.customer()
        let before = customer
        CustomerChange(record, policy).apply(to: &customer)
        #expect(customer.customAttribute("d365") == "C-1" && customer.groupID == before.groupID)
        // What is not there is not written, unless something is to be taken away.
        #expect(customer.customAttribute("hold") == nil && customer.customAttribute("price_group") == nil)
        CustomerChange(record, CustomerPolicy(ownsGroup: true)).apply(to: &customer)
        #expect(customer.groupID == 7)
    }

    @Test("addresses are the same whatever their blanks, line breaks and letters' case")
    func addresses() {
        #expect(AddressContent.plain(" Lindenweg  4/2\nTop 3") == AddressContent.plain("lindenweg 4/2 top 3"))
        #expect(AddressContent.plain("Weg 1") != AddressContent.plain("Weg 11"))
        #expect(AddressContent.plain(nil) == "")
    }

    @Test("the customer's document makes this of a customer")
    func customerDocument() throws {
        let draft = try Self.mapping.draft(try Self.customer(), in: "usmf")
        #expect(
            draft.fields.json == [
                "PartyType": "Person", "PersonFirstName": "Ines", "PersonLastName": "Falk",
                "TaxExemptNumber": "ATU1", "CustomerGroupId": "30", "SalesCurrencyCode": "EUR",
            ])
        #expect(
            draft.addresses.map(\.fields.json) == [
                [
                    "AddressDescription": "Ines Falk", "AddressStreet": "Lindenweg 4\nTop 3",
                    "AddressZipCode": "1010", "AddressCity": "Wien", "AddressState": "WI",
                    "AddressCountryRegionId": "AUT", "AddressLocationRoles": "Invoice", "IsPrimary": "Yes",
                ]
            ])
        let createOnly = CustomerPolicy.standardCreateOnly
        #expect(
            draft.changes(without: createOnly, partyType: "Person") == [
                "PersonFirstName": "Ines", "PersonLastName": "Falk", "TaxExemptNumber": "ATU1",
            ])
        #expect(draft.changes(without: createOnly, partyType: "Organization") == ["TaxExemptNumber": "ATU1"])
    }

    @Test("the company's documents make this of a company")
    func companyDocument() throws {
        let credit = try CompanyCredit(
            JSONNode(value: ["id": 1, "company_id": 4, "credit_limit": 5000, "currency_code": "CHF"]))
        let draft = try Self.mapping.draft(
            try Self.company(status: 3), administrator: nil, credit: credit, in: "usmf")
        #expect(
            draft.fields.json == [
                "PartyType": "Organization", "OrganizationName": "Muster AG", "KnownAs": "Muster AG",
                "CreditLimit": 5000, "OnHoldStatus": "All", "CustomerGroupId": "30", "SalesCurrencyCode": "CHF",
            ])
        #expect(draft.addresses.first?.fields.text("AddressCountryRegionId") == "CHE")
    }

    @Test("a country that nobody knows is refused with the field")
    func unknownCountry() throws {
        var customer = try Self.customer()
        customer.addresses[0].fields["country_id"] = "XX"
        #expect(throws: Verdict.self) { try Self.mapping.draft(customer, in: "usmf") }
    }

    private static var mapping: PartyMapping {
        get throws {
            PartyMapping(
                mappings: try FlowCatalog.catalog.load(shipped: FlowCatalog.shipped), values: NoValues(),
                policies: PartyPolicies(customers: CustomerPolicy(currency: "EUR"), orders: orders))
        }
    }

    private static func customer() throws -> CustomerAccount {
        try CustomerAccount(
            JSONNode(value: [
                "id": 17, "email": "ines@example.com", "firstname": "Ines", "lastname": "Falk", "group_id": 1,
                "website_id": 1, "store_id": 1, "taxvat": "ATU1",
                "addresses": [
                    [
                        "id": 23, "firstname": "Ines", "lastname": "Falk", "street": ["Lindenweg 4", "Top 3"],
                        "postcode": "1010", "city": "Wien", "country_id": "AT", "default_billing": true,
                        "region": ["region_code": "WI", "region": "Wien", "region_id": 95],
                    ]
                ],
            ]))
    }

    private static func company(status: Int) throws -> CommerceCompany {
        try CommerceCompany(
            JSONNode(value: [
                "id": 4, "company_name": "Muster AG", "company_email": "ap@muster.example", "status": .int(status),
                "street": ["Weg 1"], "city": "Zürich", "country_id": "CH", "postcode": "8001",
            ]))
    }
}

@Suite("What was negotiated about a quote")
struct QuoteFunctionTests {
    @Test(
        "becomes a percentage or an amount off",
        arguments: [
            (nil, nil, 100, nil, nil), (1, 12.5, 100, 12.5, 0), (2, 30, 100, 0, 30), (3, 80, 100, 0, 20),
            (3, 120, 100, 0, 0),
        ] as [(Int?, Decimal?, Decimal, Decimal?, Decimal?)])
    func functions(
        _ type: Int?, _ value: Decimal?, _ original: Decimal, _ percentage: Decimal?, _ discount: Decimal?
    ) throws {
        let values = [type.map(JSONValue.int), value.map(JSONValue.number), .number(original)]
        let functions = QuoteCatalog.functions
        #expect(try functions[0].body(Array(values.prefix(2)))?.numberValue == percentage)
        #expect(try functions[1].body(values)?.numberValue == discount)
    }

    @Test("is refused where it is no number")
    func noNumber() {
        #expect(throws: MappingFunctionFault.self) { try QuoteCatalog.functions[0].body(["one", 5]) }
    }
}

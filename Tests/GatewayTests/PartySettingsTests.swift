import Commerce
import Dynamics
import Flows
import Testing

@testable import Gateway

@Suite("The sections customers, companies and quotes")
struct PartySettingsTests {
    @Test("are read")
    func read() throws {
        let configuration = try Self.read(
            more: """
                customers:
                  websites: { "1": [ USMF, dat ] }
                  currency: EUR
                  currencies: { dat: CHF }
                  parties: contacts
                  createOnly: [ CustomerGroupId ]
                  removedAddresses: end
                  ownsGroup: true
                  attributes: { accountNumber: d365_account, holdStatus: d365_hold }
                companies:
                  orders: company
                  skipStates: [ pending ]
                  writesAccount: false
                  blocksFor: [ All, Invoice ]
                  balance: { entitySet: CustomerBalances, field: Balance }
                quotes:
                  states: [ submitted_by_customer ]
                  closedStates: [ declined ]
                  whenClosed: leave
                  reference: CustomerRequisitionNumber
                  prefix: Q_
                """)
        let customers = configuration.customers
        #expect(customers.websites == ["1": ["usmf", "dat"]] && customers.currencies == ["dat": "CHF"])
        #expect(customers.parties == .contacts && customers.removedAddresses == .end && customers.ownsGroup)
        #expect(customers.createOnly == ["CustomerGroupId"])
        #expect(customers.attributes == CustomerAttributes(accountNumber: "d365_account", holdStatus: "d365_hold"))
        let companies = configuration.companies
        #expect(companies.orders == .company && companies.skippedStates == [.pending] && !companies.writesAccount)
        #expect(companies.blocksFor == ["All", "Invoice"] && companies.balance?.field == "Balance")
        #expect(configuration.quotes.reference == .customerRequisitionNumber && configuration.quotes.prefix == "Q_")
    }

    @Test("may be left out")
    func absent() throws {
        let configuration = try Self.read(more: "")
        #expect(configuration.customers == CustomerPolicy() && configuration.companies == CompanyPolicy())
        #expect(configuration.quotes == QuotePolicy())
    }

    @Test(
        "are refused with the key that is wrong",
        arguments: [
            ("customers: { websites: { one: [ usmf ] } }", "customers.websites.one"),
            ("customers: { websites: { \"1\": [] } }", "customers.websites.1"),
            ("customers: { websites: { \"1\": [ toolong ] } }", "customers.websites.1[0]"),
            ("customers: { currency: euro }", "customers.currency"),
            ("customers: { currencies: { dat: e } }", "customers.currencies.dat"),
            ("customers: { currencies: { nowhere: EUR } }", "customers.currencies.nowhere"),
            ("customers: { parties: all }", "customers.parties"),
            ("customers: { removedAddresses: delete }", "customers.removedAddresses"),
            ("customers: { attributes: { accountNumber: \"9 lives\" } }", "customers.attributes.accountNumber"),
            ("customers: { ownsGroup: perhaps }", "customers.ownsGroup"),
            ("companies: { orders: both }", "companies.orders"),
            ("companies: { skipStates: [ open ] }", "companies.skipStates[0]"),
            ("companies: { blocksFor: [ No ] }", "companies.blocksFor[0]"),
            ("companies: { balance: { entitySet: X } }", "companies.balance.field"),
            ("quotes: { states: [ open ] }", "quotes.states[0]"),
            ("quotes: { states: [ declined ] }", "quotes.closedStates"),
            ("quotes: { prefix: \"a b\" }", "quotes.prefix"),
            ("quotes: { reference: URL }", "quotes.reference"),
        ])
    func refused(_ yaml: String, _ key: String) throws {
        do throws(ConfigurationError) {
            _ = try Self.read(more: yaml)
            Issue.record("was read")
        } catch {
            #expect(error.problems.map(\.key).contains(key), "\(error.problems.map(\.key))")
        }
    }

    private static func read(more: String) throws(ConfigurationError) -> GatewayConfiguration {
        try GatewayConfiguration.read(
            yaml: ConfigurationFixture.yaml + "\n" + more, environment: ConfigurationFixture.environment)
    }
}

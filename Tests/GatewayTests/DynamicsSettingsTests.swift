import Dynamics
import Testing

@testable import Gateway

@Suite("Sections dynamics.entities and dynamics.odata")
struct DynamicsSettingsTests {
    private static let piece = "  businessEvents: { tokens: [ ${D365_EVENT_TOKEN} ] }"

    private func read(_ yaml: String) throws -> DynamicsSettings {
        try ConfigurationFixture.read(replacing: Self.piece, with: "\(Self.piece)\n\(yaml)").dynamics
    }

    @Test("may be left out")
    func absent() throws {
        let settings = try read("")
        #expect(settings.entities == EntitySetNames())
        #expect(settings.odata == DynamicsODataSettings())
        #expect(settings.odata.probeAtStart)
    }

    @Test("name the environment's own entity sets, each for itself")
    func entities() throws {
        let names = try read(
            "  entities: { salesOrderHeaders: SalesOrderHeadersV4, salesOrderLines: SalesOrderLines }"
        ).entities
        #expect(
            names == EntitySetNames(salesOrderHeaders: "SalesOrderHeadersV4", salesOrderLines: "SalesOrderLines"))
        let all = try read(
            """
              entities:
                customers: A_1
                salesOrderHeaders: B
                salesOrderLines: C
                salesInvoiceHeaders: D
                salesInvoiceLines: E
            """
        ).entities.all
        #expect(all == ["A_1", "B", "C", "D", "E"])
        #expect(Set(EntitySetNames.keys.map(\.key)).count == EntitySetNames.keys.count)
        let first = EntitySetNames.keys.prefix(all.count).map { EntitySetNames()[keyPath: $0.path] }
        #expect(first == EntitySetNames().all)
    }

    @Test("that only some companies need are looked at where their section is configured")
    func moreEntitySets() throws {
        #expect(try ConfigurationFixture.read().moreEntitySets == [])
        let some = try GatewayConfiguration.read(
            yaml: ConfigurationFixture.yaml + "\nquotes: { prefix: Q- }\ncustomers: { parties: contacts }\n",
            environment: ConfigurationFixture.environment)
        #expect(
            some.moreEntitySets == [
                "CustomerPostalAddressesV2", "PartyContactsV3", "SalesQuotationHeadersV2", "SalesQuotationLines",
            ])
    }

    @Test("set the waits and turn the look at the start off")
    func odata() throws {
        let settings = try read(
            "  odata: { probeAtStart: false, readTimeout: 10s, writeTimeout: 2m, firstCallTimeout: 10m }"
        ).odata
        var expected = DynamicsODataSettings()
        expected.probeAtStart = false
        expected.readTimeout = .seconds(10)
        expected.writeTimeout = .seconds(120)
        expected.firstCallTimeout = .seconds(600)
        #expect(settings == expected)
    }

    @Test(
        "refuse what cannot be meant, with key and expectation",
        arguments: [
            ("entities: { customer: CustomersV3 }", "dynamics.entities.customer", "perhaps customers"),
            ("entities: { customers: Customers/V3 }", "dynamics.entities.customers", "such as CustomersV3"),
            ("entities: { customers: 3V }", "dynamics.entities.customers", "such as CustomersV3"),
            ("entities: { customers: \"\" }", "dynamics.entities.customers", "such as CustomersV3"),
            (
                "entities: { salesOrderLines: [ A ] }", "dynamics.entities.salesOrderLines",
                "such as SalesOrderLinesV3"
            ),
            ("entities: CustomersV3", "dynamics.entities", "a section"),
            ("odata: { probeAtStart: maybe }", "dynamics.odata.probeAtStart", "true or false"),
            ("odata: { readTimeout: 0s }", "dynamics.odata.readTimeout", "1s to 15m"),
            ("odata: { writeTimeout: soon }", "dynamics.odata.writeTimeout", "1s to 15m"),
            ("odata: { firstCallTimeout: 1d }", "dynamics.odata.firstCallTimeout", "1s to 15m"),
            ("odata: { pages: 3 }", "dynamics.odata.pages", "one of"),
        ])
    func refused(_ yaml: String, _ key: String, _ expected: String) throws {
        let problems = ConfigurationFixture.problems(replacing: Self.piece, with: "\(Self.piece)\n  \(yaml)")
        #expect(problems.count == 1)
        #expect(problems.first?.contains(key) == true, "\(problems)")
        #expect(problems.first?.contains(expected) == true, "\(problems)")
    }
}

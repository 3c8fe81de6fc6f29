import Cryptography
import Flows
import Foundation
import Relay
import Testing

@testable import Gateway

@Suite("A valid configuration")
struct ConfigurationTests {
    @Test("holds what the file says, with defaults for the rest")
    func wholeFile() throws {
        let configuration = try ConfigurationFixture.read()
        #expect(configuration.server == ServerSettings(port: 0))
        #expect(configuration.store.sqlite == "/etc/causeway/causeway.db")
        #expect(configuration.commerce.baseURL == "https://shop.example.com")
        #expect(configuration.commerce.edition == .paas)
        #expect(configuration.commerce.auth == .bearer(token: Secret("integration-access-token")))
        #expect(
            configuration.commerce.signatures
                == [.hmac(secret: Secret("a-webhook-secret-of-some-length"), signs: nil)])
        #expect(
            configuration.dynamics.auth
                == .clientSecret(
                    EntraSettings(tenant: "t", clientID: "c", authority: "https://login.microsoftonline.com"),
                    secret: Secret("client-secret")))
        #expect(configuration.dynamics.businessEvents.tokens == [Secret("unguessable-event-token")])
        #expect(configuration.dynamics.businessEvents.routes == BusinessEventSettings.defaultRoutes)
        #expect(configuration.legalEntities == LegalEntities(default: "usmf", stores: ["2": "dat"]))
        #expect(configuration.orders == OrderSettings())
        #expect(configuration.relay == RelaySettings())
    }

    @Test("may set every limit and wait")
    func optionalSections() throws {
        let configuration = try ConfigurationFixture.read(
            replacing: "server: { host: 127.0.0.1, port: 0 }",
            with: """
                server: { limits: { head: 8KiB, body: 2MiB, idle: 90s, headers: 50, connections: 500 } }
                store: { sqlite: /var/lib/causeway.db }
                relay:
                  lanes: { dynamics/OrderToSalesOrder: { concurrency: 3 } }
                  retry: { firstWait: 250ms, longestWait: 5m, giveUpAfter: 2d }
                  intakeOnly: true
                log: { level: debug, format: json }
                shutdown: { deadline: 5s }
                """)
        #expect(configuration.server.port == 8080)
        #expect(
            configuration.server.limits
                == .init(head: 8192, body: 2 << 20, headers: 50, idle: .seconds(90), connections: 500))
        #expect(configuration.store.sqlite == "/var/lib/causeway.db")
        #expect(
            configuration.relay
                == RelaySettings(
                    retry: RetrySchedule(
                        firstWait: .milliseconds(250), longestWait: .seconds(300), giveUpAfter: .seconds(2 * 86_400)),
                    intakeOnly: true, lanes: [.orderToSalesOrder: LaneOptions(concurrency: 3)]))
        #expect(configuration.log == LogSettings(level: .debug, format: .json))
        #expect(configuration.shutdown.deadline == .seconds(5))
        #expect(configuration.dispatcherSettings.lanes.values.allSatisfy { $0.concurrency == 0 })
    }

    @Test("lets a legal entity have order settings of its own, on top of those of all")
    func orderSettings() throws {
        let configuration = try ConfigurationFixture.read(
            replacing: "operator: { token: ${OPERATOR_TOKEN} }",
            with: """
                orders:
                  shipping: { item: FREIGHT }
                  customerGroup: "20"
                  warehouse: "11"
                  tolerance: 0.10
                  skipStates: [canceled, closed]
                  legalEntities: { dat: { customerGroup: "90", language: de, shipping: none } }
                """)
        let orders = configuration.orders
        #expect(
            orders.defaults(for: "usmf")
                == OrderDefaults(customerGroup: "20", warehouse: "11", shippingItem: "FREIGHT"))
        #expect(
            orders.defaults(for: "dat")
                == OrderDefaults(customerGroup: "90", warehouse: "11", language: "de"))
        #expect(orders.tolerance == Decimal(sign: .plus, exponent: -1, significand: 1))
        #expect(orders.skipStates == ["canceled", "closed"])
        #expect(configuration.operatorAPI.token == nil)
    }

    @Test("reads what a company decides about the money of its orders")
    func orderMoney() throws {
        let configuration = try ConfigurationFixture.read(
            replacing: "operator: { token: ${OPERATOR_TOKEN} }",
            with: """
                orders:
                  currency: base
                  prices: dynamics
                  tax: commerce
                  pricesIncludeTax: true
                  giftCards: { item: VOUCHER }
                  storeCredit: park
                  rewardPoints: payment
                  giftWrapping: { item: WRAP }
                  fees: { deposit: DEPOSIT, cod_fee: COD-FEE }
                  whenTotalsDiffer: warn
                """)
        var expected = OrderMoney()
        expected.currency = .base
        expected.prices = .dynamics
        expected.tax = .commerce
        expected.pricesIncludeTax = true
        expected.giftCards = .item("VOUCHER")
        expected.storeCredit = .park
        expected.giftWrapping = .item("WRAP")
        expected.fees = ["deposit": "DEPOSIT", "cod_fee": "COD-FEE"]
        expected.whenTotalsDiffer = .warn
        #expect(configuration.orderPolicy.money == expected)
        #expect(configuration.orderPolicy.chargeItems == ["VOUCHER", "WRAP", "DEPOSIT", "COD-FEE"])
    }

    @Test(
        "accepts plain http to this machine, or where it is asked for",
        arguments: [
            "http://127.0.0.1:9000", "http://localhost:9000/", "http://[::1]:9000",
            "http://shop.internal\n  allowPlainHTTP: true",
        ])
    func plainHTTP(url: String) {
        #expect(ConfigurationFixture.problems(replacing: "https://shop.example.com", with: url).isEmpty)
    }

    @Test("takes public keys and secrets from files beside it")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pem = try RSAPrivateKey.generate(bits: 2048).publicKeyPEM
        try Data(pem.utf8).write(to: folder.appending(path: "shop.pem"))
        try Data("secret-from-a-file\n".utf8).write(to: folder.appending(path: "secret"))
        let configuration = try ConfigurationFixture.read(
            replacing: "- { hmacSecret: ${WEBHOOK_SECRET} }",
            with: "- { rsaPublicKey: shop.pem }\n      - { hmacSecret: ${file:secret}, signs: rawBody }",
            folder: folder.path)
        #expect(
            configuration.commerce.signatures == [
                .rsa(publicKeyPEM: pem, signs: .base64Body),
                .hmac(secret: Secret("secret-from-a-file"), signs: .rawBody),
            ])
    }

    @Test("shows no secret, however it is printed")
    func secretsStaySecret() throws {
        var text = ""
        dump(try ConfigurationFixture.read(), to: &text)
        text += "\(try ConfigurationFixture.read()) \(String(reflecting: try ConfigurationFixture.read()))"
        for secret in ConfigurationFixture.environment.values { #expect(!text.contains(secret)) }
        #expect(text.contains("•••"))
    }
}

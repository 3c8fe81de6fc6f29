import Flows
import Foundation
import Testing

@testable import Gateway

@Suite("The documents on configuration")
struct ConfigurationDocumentTests {
    @Test("Their example is a configuration that is accepted", arguments: ["README.md", "docs/configuration.md"])
    func example(_ path: String) throws {
        let yaml = try #require(try Self.text(of: path).firstMatch(of: /(?s)```yaml\n(.*?)```/)).1
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.publicKey.utf8).write(to: folder.appending(path: "commerce.pem"))
        let names = ["COMMERCE_TOKEN", "WEBHOOK_SECRET", "D365_SECRET", "D365_EVENT_TOKEN", "OPERATOR_TOKEN"]
        let environment = Dictionary(uniqueKeysWithValues: names.map { ($0, "0123456789abcdef0123456789abcdef") })
        let configuration = try GatewayConfiguration.read(
            yaml: String(yaml), folder: folder.path, environment: environment)
        #expect(configuration.legalEntities.all == ["usmf", "dat"])
        #expect(configuration.orders.defaults(for: "usmf").shippingItem == "FREIGHT")
    }

    @Test("docs/configuration.md has every key that is accepted, and no other")
    func keys() throws {
        let document = try Self.text(of: "docs/configuration.md")
        let described = Set(document.matches(of: /(?m)^\| `([a-zA-Z0-9]+\.[^`]+)` \|/).map { String($0.1) })
        let notYet = /`((?:server|store|commerce|dynamics)\.[a-zA-Z0-9.]+)`(?=, `|\.\n)/
        let refused = Set(document.matches(of: notYet).map { String($0.1) })
        let known = Self.knownKeys()
        #expect(described.subtracting(known).sorted() == [])
        #expect(known.subtracting(described).subtracting(refused).sorted() == [])
    }

    private static func text(of path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    private static let stranger = "zzzzzzzzzzzzzzzz"

    /// A section can hold only one of these.
    private static let signIns = [
        "clientSecret: { \(stranger): 1 }",
        "clientCertificate: { certificates: [ { \(stranger): 1 } ], \(stranger): 1 }",
        "managedIdentity: { \(stranger): 1 }", "adfs: { \(stranger): 1 }",
    ]

    private static func knownKeys() -> Set<String> {
        let keys = signIns.reduce(into: Set()) { $0.formUnion(knownKeys(dynamicsAuth: $1)) }
        // Sections are described by their keys.
        return keys.filter { key in !keys.contains { $0.hasPrefix(key + ".") } }
    }

    /// A stranger in every section: the refusal lists what the section knows.
    private static func knownKeys(dynamicsAuth signIn: String) -> Set<String> {
        let yaml = """
            \(stranger): 1
            server:
              limits: { \(stranger): 1 }
              tls: { \(stranger): 1 }
              listeners: { \(stranger): 1 }
              \(stranger): 1
            store:
              \(stranger): 1
              encryption: { keys: [ { \(stranger): 1 } ], \(stranger): 1 }
              backups: { \(stranger): 1 }
            retention: { kinds: { order: { \(stranger): 1 } }, \(stranger): 1 }
            commerce:
              \(stranger): 1
              auth:
                bearer: { \(stranger): 1 }
                oauth1: { \(stranger): 1 }
                adminToken: { \(stranger): 1 }
                ims: { \(stranger): 1 }
                \(stranger): 1
              connection: { proxy: { \(stranger): 1 }, \(stranger): 1 }
              webhooks:
                signatures: [ { hmacSecret: 0123456789abcdef, \(stranger): 1 } ]
                ims: { keySet: https://a.example/keys, \(stranger): 1 }
                \(stranger): 1
              events: { \(stranger): 1 }
            dynamics:
              \(stranger): 1
              auth: { \(signIn), \(stranger): 1 }
              connection: { proxy: { \(stranger): 1 }, \(stranger): 1 }
              businessEvents:
                \(stranger): 1
                eventGrid:
                  header: { \(stranger): 1 }
                  bearer: { keySet: https://a.example/keys, \(stranger): 1 }
                  \(stranger): 1
                dataverse: { \(stranger): 1 }
              entities: { shipments: { \(stranger): 1 }, \(stranger): 1 }
              odata: { \(stranger): 1 }
              packages: { \(stranger): 1 }
              serviceBus: { auth: { sas: { \(stranger): 1 }, \(stranger): 1 }, \(stranger): 1 }
            legalEntities: { default: usmf, \(stranger): 1 }
            orders: { shipping: { \(stranger): 1 }, changes: { \(stranger): 1 }, \(stranger): 1 }
            shipments: { \(stranger): 1 }
            invoices: { \(stranger): 1 }
            orderStatus: { \(stranger): 1 }
            payments: { \(stranger): 1 }
            refunds: { adjustments: { \(stranger): 1 }, \(stranger): 1 }
            customers: { attributes: { \(stranger): 1 }, \(stranger): 1 }
            companies: { balance: { \(stranger): 1 }, \(stranger): 1 }
            quotes: { \(stranger): 1 }
            relay:
              \(stranger): 1
              retry: { \(stranger): 1 }
              lanes:
                \(stranger): 1
                dynamics/OrderToSalesOrder: { \(stranger): 1 }
                commerce/InvoiceToCommerce: { \(stranger): 1 }
              destinations:
                \(stranger): 1
                dynamics: { \(stranger): 1, breaker: { \(stranger): 1 } }
                commerce: { \(stranger): 1, breaker: { \(stranger): 1 } }
              flows:
                \(stranger): 1
                OrderToSalesOrder: { \(stranger): 1 }
                InvoiceToCommerce: { \(stranger): 1 }
            values: { \(stranger): 1, tables: { own-table: { \(stranger): 1 } } }
            polling:
              \(stranger): 1
              commerce:
                \(stranger): 1
                orders: { \(stranger): 1 }
                companies: { \(stranger): 1 }
              dynamics:
                \(stranger): 1
                invoices: { \(stranger): 1 }
                salesOrders: { \(stranger): 1 }
            secrets: { \(stranger): 1, keyVault: { \(stranger): 1 } }
            operator: { \(stranger): 1 }
            reconciliation: { \(stranger): 1 }
            syntheticOrder: { \(stranger): 1 }
            audit: { \(stranger): 1 }
            mapping: { \(stranger): 1 }
            log: { \(stranger): 1 }
            shutdown: { \(stranger): 1 }
            alerts:
              \(stranger): 1
              rules:
                \(stranger): 1
                signatureFailures: { \(stranger): 1 }
                orderTime: { \(stranger): 1 }
                silence: { \(stranger): 1 }
                lanes:
                  \(stranger): 1
                  dynamics/OrderToSalesOrder: { \(stranger): 1 }
                  commerce/InvoiceToCommerce: { \(stranger): 1 }
              channels:
                - webhook: { \(stranger): 1 }
                  slack: { \(stranger): 1 }
                  teams: { \(stranger): 1 }
                  email: { \(stranger): 1 }
                  \(stranger): 1
            """
        var keys: Set<String> = []
        do throws(ConfigurationError) {
            _ = try GatewayConfiguration.read(yaml: yaml)
        } catch {
            for problem in error.problems where problem.key.hasSuffix(stranger) {
                let section = String(problem.key.dropLast(stranger.count)).replacing("[0]", with: "[]")
                let names = problem.expected.replacing("one of ", with: "").split(separator: ", ")
                for name in names { keys.insert(generalised(section + String(name))) }
            }
        }
        return keys
    }

    /// What holds for every lane, destination or flow is described once.
    private static func generalised(_ key: String) -> String {
        var key = key.replacing("values.tables.own-table", with: "values.tables.<table>")
        for flow in KnownFlow.allCases {
            key = key.replacing("relay.lanes.\(flow.lane)", with: "relay.lanes.<lane>")
                .replacing("relay.flows.\(flow.rawValue)", with: "relay.flows.<flow>")
                .replacing("alerts.rules.lanes.\(flow.lane)", with: "alerts.rules.lanes.<lane>")
        }
        for name in KnownDestination.allCases {
            key = key.replacing("relay.destinations.\(name.rawValue)", with: "relay.destinations.<destination>")
        }
        for list in ["orders", "invoices", "creditmemos", "returns", "customers", "companies"] {
            key = key.replacing("polling.commerce.\(list)", with: "polling.commerce.<list>")
        }
        for entity in ["invoices", "salesOrders", "shipments", "returnOrders", "customers"] {
            key = key.replacing("polling.dynamics.\(entity)", with: "polling.dynamics.<entity>")
        }
        return key
    }

    private static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsdl+eiYi1xqBo4P487HG
        wxVPhPep8JCu3ZGsD6EOvBtG0kuDFZjXAEhz4xTH9f54U9Nvh27HevrewxUu33s9
        i9vIUiqEe1/Lb5bDa+bXTXjynpNTQ7N1DbAvNp4cqxm8zTqS0ajMKYpsKsqfd1WJ
        40Bze87oNnJQqQ7nPCL4jfq4O51d2UioE7heqN0WWtaUaWIXsa6qbutkbVH6DrYk
        5iBcyrOPu3dGMQeGEtTJp73AFcTaj94w52op0KcTi7DVUd9sH9D+dbjXx1iy3WxJ
        d1FBs+EYS6ZeHrc3rlyO/pRB1g3OLima9Z1SWhMZRRb9axaSACKKMG6BnOBrO5te
        8wIDAQAB
        -----END PUBLIC KEY-----
        """
}

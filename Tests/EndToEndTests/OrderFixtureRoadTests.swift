import Cryptography
import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import JSON
import Relay
import Sandbox
import Testing

@Suite("Orders of all kinds go the whole road", .timeLimit(.minutes(5)))
struct OrderFixtureRoadTests {
    private static let secret = "a-webhook-secret-of-some-length"

    /// Those of `FlowsTests` that need no configuration of their own and become sales orders.
    private static func fixtures() throws -> [(name: String, root: JSONNode)] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../FlowsTests/Orders")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.compactMap { file in
            let root = JSONNode(value: try JSONValue.parse([UInt8](try Data(contentsOf: file))))
            guard root["becomes"].value != nil, root["orders"].value == nil else { return nil }
            return (file.lastPathComponent, root)
        }
    }

    @Test("each arrives with its lines, which come to the order's sum in F&O, to the cent")
    func arrive() async throws {
        let fixtures = try Self.fixtures()
        #expect(fixtures.count >= 50)
        var platforms = SandboxConfiguration()
        platforms.dynamics.currencies.insert("KWD")
        try await Rig.run(
            platforms,
            configure: { $0.commerce.signatures.append(.hmac(secret: Secret(Self.secret), signs: .rawBody)) }
        ) { rig in
            for (name, root) in fixtures {
                let body = root["body"]
                let order = body["data"]["order"].value == nil ? body : body["data"]["order"]
                let number = try #require(order["increment_id"].value?.stringValue)
                let lines = root["becomes"]["lines"].elements ?? []
                let items = lines.compactMap { $0["ItemNumber"].value?.stringValue }
                for item in Set(items) {
                    try rig.sandbox.dynamics.release(SandboxItem(item), dataAreaId: "usmf")
                }
                try rig.sandbox.commerce.register(.simple(incrementID: number))
                try await Self.post(JSONWriter.bytes(body.value ?? .null), to: rig)
                let outcome = try await rig.outcomes.next(of: "order \(number)")
                #expect(outcome.state == .done, "\(name): \(outcome)")
                let found = rig.sandbox.dynamics.orders(reference: number, dataAreaId: "usmf")
                #expect(found.count == 1, "\(name)")
                #expect(found.first?.lines.map(\.itemNumber) == items, "\(name)")
                let sum = found.first?.lines.reduce(0) { $0 + $1.lineAmount }
                #expect(sum?.description == root["becomes"]["sums"]["order"]["lines"].value?.stringValue, "\(name)")
            }
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    private static func post(_ body: [UInt8], to rig: Rig) async throws {
        let code = HMACSHA256.code(key: Array(secret.utf8), message: body)
        let name = try #require(HTTPField.Name("x-adobe-commerce-webhook-signature"))
        let answer = try await rig.send(
            .post, "/webhooks/commerce/order", headers: [name: Hex.encode(code)], body: body)
        #expect(answer.status == 200)
    }
}

import Foundation
import Relay
import Sandbox
import Testing

@Suite("docs/endpoints.md", .timeLimit(.minutes(5)))
struct EndpointsDocumentTests {
    @Test(
        "lists every call that an order and an invoice cause, with the lines one by one and at once",
        arguments: ["oneByOne", "changeSet"])
    func calls(_ lines: String) async throws {
        let listed = try Self.listed()
        #expect(listed.count > 15)
        try await Rig.run(text: { $0.lines = lines }) { rig in
            #expect(try await rig.carry(.simple(incrementID: "000000001")).state == .done)
            let order = try #require(rig.sandbox.dynamics.snapshot().orders.first)
            #expect(try await rig.invoice(order.salesOrderNumber).state == .done)
            let made = [rig.addresses.commerceBaseURL, rig.addresses.dynamicsBaseURL].flatMap { base in
                rig.calls.calls(to: base).map { "\($0.method) \(Self.path(String($0.url.dropFirst(base.count))))" }
            }
            .filter { $0.contains(" /V1/") || $0.contains(" /data/") }
            #expect(Set(made).subtracting(listed).sorted() == [])
        }
    }

    /// `GET /V1/orders/{}`: what stands in the tables, each parameter alike.
    private static func listed() throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let document = try String(contentsOf: root.appending(path: "../../docs/endpoints.md"), encoding: .utf8)
        let calls = document.matches(of: /(?m)^\| `((?:GET|POST) \/(?:V1|data)\/[^`]*)` \|/).map { String($0.1) }
        return Set(calls.map { $0.replacing(/\{[^}]*\}/, with: "{}") })
    }

    /// The path that the table has for a call: without store view, query, keys and numbers.
    private static func path(_ target: String) -> String {
        target.replacing(/\?.*$/, with: "").replacing(/^\/rest\/[^\/]+/, with: "")
            .replacing(/\([^)]*\)$/, with: "").replacing(/\/[0-9]+(?=\/|$)/, with: "/{}")
    }
}

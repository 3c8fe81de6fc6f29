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
            #expect(Self.made(rig).subtracting(listed).sorted() == [])
        }
    }

    @Test("lists every call that a payment, refunds both ways and a return cause")
    func money() async throws {
        let listed = try Self.listed()
        try await Rig.run(Rig.taxed) { rig in
            try await rig.payBy("checkmo", as: "CHECK")
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.pay("000000001").outcome.state == .done)
            let memo = try await rig.sandbox.commerce.refund(incrementID: "000000001", items: ["MUG-01": 1])
            #expect(try await rig.outcomes.next(of: "creditmemo \(memo)").state == .done)
            try rig.sandbox.commerce.shipAll(incrementID: "000000001")
            let id = try await rig.sandbox.commerce.requestReturn(
                incrementID: "000000001", items: ["LAMP-02": 1], status: "authorized")
            #expect(try await rig.outcomes.next(of: "return \(id)").state == .done)
            try await rig.sandbox.dynamics.receiveReturn("RO-000002", dataAreaId: "usmf")
            #expect(try await rig.credit("RO-000002").state == .done)
            #expect(Self.made(rig).subtracting(listed).sorted() == [])
        }
    }

    private static func made(_ rig: Rig) -> Set<String> {
        let made = [rig.addresses.commerceBaseURL, rig.addresses.dynamicsBaseURL].flatMap { base in
            rig.calls.calls(to: base).map { "\($0.method) \(path(String($0.url.dropFirst(base.count))))" }
        }
        return Set(made.filter { $0.contains(" /V1/") || $0.contains(" /data/") })
    }

    /// `GET /V1/orders/{}`: what stands in the tables, each parameter alike.
    private static func listed() throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let document = try String(contentsOf: root.appending(path: "../../docs/endpoints.md"), encoding: .utf8)
        let calls = document.matches(of: /(?m)^\| `((?:GET|POST|PUT|PATCH) \/(?:V1|data)\/[^`]*)` \|/).map {
            String($0.1)
        }
        return Set(calls.map { $0.replacing(/\{[^}]*\}/, with: "{}") })
    }

    /// The path that the table has for a call: without store view, query, keys and numbers.
    private static func path(_ target: String) -> String {
        target.replacing(/\?.*$/, with: "").replacing(/^\/rest\/[^\/]+/, with: "")
            .replacing(/\([^)]*\)$/, with: "").replacing(/\/[0-9]+(?=\/|$)/, with: "/{}")
    }
}

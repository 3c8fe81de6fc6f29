import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("What is picked up by polling", .timeLimit(.minutes(5)))
struct PollingRoadTests {
    /// Rounds are made by hand, so that no test waits for one.
    private static func polling(_ lists: String) -> String {
        """
        relay:
          retry: { firstWait: 10ms, longestWait: 50ms }
          destinations:
            dynamics: { breaker: { coolDown: 20ms, longestCoolDown: 100ms } }
            commerce: { breaker: { coolDown: 20ms, longestCoolDown: 100ms } }
        polling: \(lists)
        """
    }

    private static let orders = polling("{ commerce: { orders: { every: 24h, pageSize: 2, from: 2020-01-01 } } }")
    private static let invoices = polling("{ dynamics: { invoices: { every: 24h, pageSize: 1, from: 2020-01-01 } } }")

    private struct Round: Decodable {
        var rows: Int
        var stored: Int
        var duplicates: Int
        var isComplete: Bool
    }

    /// Runs `body` when the round that the gateway makes at its start is over; the next one is a day away.
    private func run(_ more: String, _ body: (Rig) async throws -> Void) async throws {
        try await Rig.run(more: more) { rig in
            var answer = ""
            while !answer.contains(#""lastAnswerAt""#) {
                try Task.checkCancellation()
                answer = String(decoding: try await rig.operate(.get, "/pollers").body, as: UTF8.self)
            }
            try await body(rig)
        }
    }

    private func poll(_ rig: Rig, _ poller: String) async throws -> Round {
        let answer = try await rig.operate(.post, "/pollers/\(poller)/run", body: "{}")
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
        return try JSONDecoder().decode(Round.self, from: Data(answer.body))
    }

    @Test("orders that were placed while webhooks are off are picked up and carried, page by page")
    func webhooksOff() async throws {
        try await run(Self.orders) { rig in
            rig.sandbox.setGateway(webhookURL: nil, eventURL: nil)
            let numbers = (1...5).map { "00000000\($0)" }
            // In one second, most of them: pages end between records of the same time.
            for number in numbers { _ = try rig.sandbox.commerce.register(.simple(incrementID: number)) }
            let round = try await poll(rig, "commerce/orders")
            #expect(round.isComplete && round.stored == 5)
            for number in numbers {
                #expect(try await rig.outcomes.next(of: "order \(number)").state == .done)
                #expect(rig.sandbox.dynamics.orders(reference: number, dataAreaId: "usmf").count == 1)
            }
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("with webhooks and polling both on, each order is carried once")
    func both() async throws {
        try await run(Self.orders) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await poll(rig, "commerce/orders").stored == 1)
            // Nothing that is carried has changed since.
            #expect(try await rig.outcomes.next(of: "order 000000001").state == .skipped)
            // The same state of the order is one event, however often the list shows it.
            #expect(try await poll(rig, "commerce/orders").stored == 0)
            #expect(rig.sandbox.dynamics.orders(reference: "000000001", dataAreaId: "usmf").count == 1)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("a shop that is away for a round loses nothing, and is shown as trouble until it is back")
    func away() async throws {
        try await run(Self.orders) { rig in
            rig.sandbox.setGateway(webhookURL: nil, eventURL: nil)
            _ = try rig.sandbox.commerce.register(.simple(incrementID: "000000001"))
            rig.sandbox.commerce.faults.update { $0.isAway = true }
            let failed = try await rig.operate(.post, "/pollers/commerce/orders/run", body: "{}")
            #expect(failed.status == 502)
            let list = try await rig.operate(.get, "/pollers")
            #expect(String(decoding: list.body, as: UTF8.self).contains(#""troubleSince""#))
            rig.sandbox.commerce.faults.update { $0.isAway = false }
            while true {
                // The breaker lets the next round through after its cool-down.
                let answer = try await rig.operate(.post, "/pollers/commerce/orders/run", body: "{}")
                if answer.status == 200 { break }
                #expect([409, 502].contains(answer.status))
            }
            #expect(try await rig.outcomes.next(of: "order 000000001").state == .done)
        }
    }

    @Test("an invoice that comes by push and by polling makes one invoice in Commerce")
    func invoices() async throws {
        try await run(Self.invoices) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.carry(.simple(incrementID: "000000002"))
            #expect(try await rig.invoice("SO-000001").state == .done)
            // Its event is lost.
            rig.sandbox.setGateway(webhookURL: nil, eventURL: nil)
            try await rig.sandbox.dynamics.postInvoice(salesOrder: "SO-000002", dataAreaId: "usmf")
            let round = try await poll(rig, "dynamics/invoices")
            #expect(round.isComplete && round.stored == 1 && round.duplicates == 1)
            #expect(try await rig.outcomes.next(of: "sales order usmf/SO-000002").state == .done)
            #expect(try await poll(rig, "dynamics/invoices").stored == 0)
            for number in ["000000001", "000000002"] {
                #expect(rig.sandbox.commerce.order(incrementID: number)?.invoiceIDs.count == 1)
            }
        }
    }

    @Test("a person can let a poller go back, which carries nothing twice and is on record")
    func rewind() async throws {
        try await run(Self.orders) { rig in
            rig.sandbox.setGateway(webhookURL: nil, eventURL: nil)
            _ = try rig.sandbox.commerce.register(.simple(incrementID: "000000001"))
            _ = try await poll(rig, "commerce/orders")
            #expect(try await rig.outcomes.next(of: "order 000000001").state == .done)
            let body = #"{"to":"2020-01-01","by":"anna","why":"a day is missing"}"#
            let answer = try await rig.operate(.post, "/pollers/commerce/orders/rewind", body: body)
            #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
            _ = try await poll(rig, "commerce/orders")
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
            let acts = try await rig.operate(.get, "/acts")
            #expect(String(decoding: acts.body, as: UTF8.self).contains(#""target":"poller commerce/orders""#))
            for bad in [#"{"by":"anna","why":"x"}"#, #"{"to":"2100-01-01","by":"anna","why":"x"}"#] {
                let refused = try await rig.operate(.post, "/pollers/commerce/orders/rewind", body: bad)
                #expect(refused.status == 422)
            }
            #expect(try await rig.operate(.post, "/pollers/commerce/prices/run", body: "{}").status == 404)
        }
    }
}

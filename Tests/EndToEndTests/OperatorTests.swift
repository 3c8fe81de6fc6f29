import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("An operator looks into what happened, and mends it", .timeLimit(.minutes(5)))
struct OperatorTests {
    private static let unknownItem = "MYSTERY-99"

    @Test("the audit trail shows every call with its identifiers, and neither secrets nor who the customer is")
    func auditTrail() async throws {
        try await Rig.run { rig in
            let order = SandboxOrder.simple(incrementID: "000000001")
            try await rig.carry(order)
            let event = try #require(rig.outcomes.story.newest["order 000000001"])
            let deliveries = try await rig.ask(.get, "/events/\(event)").deliveries ?? []
            let exchanges = try #require(deliveries.first?.attempts?.first).exchanges
            let header = try #require(exchanges.first { $0.step == "header" && $0.method == "POST" })
            #expect(header.status == 201 && header.target.hasPrefix("/data/SalesOrderHeadersV2"))
            #expect(header.sent?.contains(#""CustomersOrderReference":"000000001""#) == true)
            #expect(header.sentHeaders["content-type"]?.hasPrefix("application/json") == true)
            for call in exchanges where call.destination == "dynamics" && call.target.hasPrefix("/data") {
                #expect(call.identifiers["ms-dyn-aid"] != nil && call.identifiers["x-ms-client-request-id"] != nil)
            }
            let buyer = order.buyer
            let address = order.address
            let hidden = [buyer.email, buyer.firstName, buyer.lastName, address.telephone, "Lindenweg", "Bearer"]
            for call in exchanges {
                for text in hidden { #expect(!"\(call)".contains(text), "\(text) in \(call)") }
            }
        }
    }

    @Test("replays all that failed for one reason, once somebody has seen how many there are")
    func bulkReplay() async throws {
        try await Rig.run { rig in
            for number in 1...3 {
                try await rig.carry(.simple(incrementID: "00000000\(number)").with(unknownItem: Self.unknownItem))
            }
            try await rig.carry(.simple(incrementID: "000000004"))
            try rig.sandbox.dynamics.release(SandboxItem(Self.unknownItem), dataAreaId: "usmf")
            let path = "/replays"
            let selection = #""reason":"d365-validation","since":"1h""#
            let who = #""by":"anna","why":"the item is released""#
            let count = try await rig.operate(.post, path, body: #"{"dryRun":true,\#(selection)}"#)
            #expect(
                String(decoding: count.body, as: UTF8.self) == #"{"deliveries":{"parked":3},"events":3,"total":3}"#)
            let unseen = try await rig.operate(.post, path, body: #"{"expect":2,\#(selection),\#(who)}"#)
            #expect(unseen.status == 409)
            let begun = try await rig.operate(.post, path, body: #"{"expect":3,\#(selection),\#(who)}"#)
            #expect(begun.status == 202)
            #expect(try await rig.follow(begun).changed == 3)
            for number in 1...3 {
                #expect(try await rig.outcomes.next(of: "order 00000000\(number)").state == .done)
            }
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
            // Nothing is left of the selection, so that the same request once more is refused.
            #expect(try await rig.operate(.post, path, body: #"{"expect":3,\#(selection),\#(who)}"#).status == 409)
        }
    }

    @Test("a paused destination gets nothing; resumed, it gets what has waited")
    func pause() async throws {
        try await Rig.run { rig in
            _ = try await rig.ask(.post, "/lanes/dynamics/pause", #""until":"1h""#)
            let placed = try await rig.sandbox.commerce.place(.simple(incrementID: "000000001"))
            #expect(placed.status == 200)
            let event = try #require(rig.outcomes.story.newest["order 000000001"])
            #expect(try await rig.ask(.get, "/events/\(event)").deliveries?.map(\.state) == ["ready"])
            #expect(rig.sandbox.dynamics.snapshot().orders.isEmpty)
            #expect(try await rig.ask(.post, "/lanes/dynamics/resume").wasPaused == true)
            #expect(try await rig.outcomes.next(of: "order 000000001") == .done(summary: "SO-000001"))
        }
    }

    @Test("an order whose body was edited is carried in place of the parked one, without doing anything twice")
    func resend() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001").with(unknownItem: Self.unknownItem))
            let event = try #require(rig.outcomes.story.newest["order 000000001"])
            let body = try await rig.operate(.get, "/events/\(event)/body").body
            let edited = String(decoding: body, as: UTF8.self).replacing(Self.unknownItem, with: "MUG-01")
            let members = #""bodyBase64":"\#(Base64.encode(Array(edited.utf8)))""#
            let copy = try await rig.ask(.post, "/events/\(event)/resend", members, status: 201)
            #expect(copy.insteadOf == event.rawValue)
            _ = try await rig.outcomes.next(of: "order 000000001")
            // The same edit once more is the same copy.
            let again = try await rig.ask(.post, "/events/\(event)/resend", members, status: 201)
            #expect(again.event == copy.event)
            let old = try await rig.ask(.get, "/events/\(event)").deliveries?.map(\.state)
            #expect(old == ["superseded"])
            #expect(rig.sandbox.dynamics.orders(reference: "000000001", dataAreaId: "usmf").count == 1)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("every change is on record with who and why")
    func acts() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001").with(unknownItem: Self.unknownItem))
            let event = try #require(rig.outcomes.story.newest["order 000000001"])
            let who = #"{"by":"anna","why":"the item is released"}"#
            #expect(try await rig.operate(.post, "/events/\(event)/skip", body: who).status == 200)
            let acts = try await rig.operate(.get, "/acts")
            let text = String(decoding: acts.body, as: UTF8.self)
            #expect(text.contains(#""by":"anna","event":\#(event)"#) && text.contains(#""verb":"skip""#))
            #expect(text.contains(#""why":"the item is released""#))
        }
    }
}

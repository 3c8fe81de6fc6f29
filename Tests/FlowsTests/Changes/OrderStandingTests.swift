import Commerce
import Foundation
import JSON
import Relay
import Testing

@testable import Flows

@Suite("What of an order's state matters to F&O")
struct OrderStandingTests {
    private func standing(_ change: (inout CommerceOrder) -> Void) throws -> OrderStanding {
        var order = sampleOrder()
        change(&order)
        return try OrderStanding(order)
    }

    @Test("an ordinary order has nothing to tell", arguments: ["new", "processing", "complete", "closed"])
    func plain(_ state: String) throws {
        #expect(try standing { $0.state = state }.isPlain)
    }

    @Test("a hold, a cancellation, and quantities that are cancelled are told")
    func told() throws {
        #expect(try standing { $0.state = "holded" }.isHeld)
        #expect(try standing { $0.state = "canceled" }.isCanceled)
        let part = try standing { $0.items[0].qtyCanceled = 1 }
        #expect(part.left == [OrderStanding.Left(number: 1, quantity: 1)])
        #expect(!part.isPlain)
    }

    @Test("never less than nothing is left")
    func overCancelled() throws {
        #expect(try standing { $0.items[1].qtyCanceled = 2 }.left == [.init(number: 2, quantity: 0)])
    }

    @Test("each standing has a fingerprint of its own, under the order's number in its legal entity")
    func fingerprints() throws {
        let all = try [
            standing { _ in }, standing { $0.state = "holded" }, standing { $0.state = "canceled" },
            standing { $0.items[0].qtyCanceled = 1 }, standing { $0.items[0].qtyCanceled = 2 },
        ].map { try $0.fingerprint("000000042", in: "usmf") }
        #expect(Set(all.map(\.digest)).count == all.count)
        #expect(Set(all.map(\.key)).count == 1)
        #expect(try standing { $0.state = "complete" }.fingerprint("000000042", in: "usmf") == all[0])
    }

    @Test("an edited order names its predecessor, the last one before the first")
    func relations() {
        var order = sampleOrder()
        #expect(order.replaces == nil && order.replacedBy == nil)
        order.originalIncrementID = "000000042"
        #expect(order.replaces == "000000042")
        order.document = ["relation_parent_real_id": "000000042-1", "relation_child_real_id": "000000042-3"]
        #expect(order.replaces == "000000042-1")
        #expect(order.replacedBy == "000000042-3")
    }
}

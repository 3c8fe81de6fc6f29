import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import JSON
import Relay
import Sandbox
import Testing

@Suite("A return of the shop and a return order of D365 go together", .timeLimit(.minutes(5)))
struct ReturnRoadTests {
    private static let arrival = "ContosoReturnArrivedBusinessEvent"

    /// An order that the shopper has, and the event of an extension of F&O that tells of arrivals.
    private func run(_ body: @escaping (Rig) async throws -> Void) async throws {
        func configure(_ configuration: inout GatewayConfiguration) {
            configuration.dynamics.businessEvents.routes[Self.arrival] = .returnStatusToCommerce
        }
        try await Rig.run(Rig.taxed, configure: configure) { rig in
            try await rig.payBy("checkmo", as: "CHECK")
            try await rig.carry(.simple(incrementID: "000000001"))
            _ = try await rig.pay("000000001")
            try rig.sandbox.commerce.shipAll(incrementID: "000000001")
            try await body(rig)
        }
    }

    private func request(_ rig: Rig, _ items: [String: Int], status: String = "authorized") async throws -> Outcome {
        let id = try await rig.sandbox.commerce.requestReturn(incrementID: "000000001", items: items, status: status)
        return try await rig.outcomes.next(of: "return \(id)")
    }

    @Test("an authorised return is expected in F&O, shows in the shop once it has arrived, and its money goes back")
    func wholeWay() async throws {
        try await run { rig in
            let row =
                #"{"by":"anna","why":"new","values":{"CustomerReturnReasonCode":"DEFECT","ReturnDispositionCode":"10"}}"#
            #expect(try await rig.operate(.put, "/values/return-reasons/21", body: row).status == 200)
            #expect(try await request(rig, ["MUG-01": 2]) == .done(summary: "RO-000001"))
            let expected = try #require(rig.sandbox.dynamics.returnOrders().first)
            #expect(expected.customersOrderReference == "RMA-400000001" && expected.reasonCode == "DEFECT")
            #expect(expected.lines.map(\.quantity) == [-2] && expected.lines.map(\.dispositionCode) == ["10"])
            let rma = try #require(rig.sandbox.commerce.records(.returns).first)
            let comments = (rma["comments"]?.arrayValue ?? []).compactMap { $0.objectValue?["comment"]?.stringValue }
            #expect(comments == ["Return order RO-000001 created in Dynamics 365 (usmf)."])

            try await rig.sandbox.dynamics.receiveReturn("RO-000001", dataAreaId: "usmf", event: Self.arrival)
            let arrived = try await rig.outcomes.next(of: "return order usmf/RO-000001")
            #expect(arrived == .done(summary: "Commerce return 400000001 is received"))
            let item = rig.sandbox.commerce.records(.returns)[0]["items"]?.arrayValue?.first?.objectValue
            #expect(item?["qty_returned"]?.numberValue == 2 && item?["status"] == "received")

            #expect(try await rig.credit("RO-000001") == .done(summary: "Commerce credit memo 1 of order 000000001"))
            let memo = try #require(rig.sandbox.commerce.records(.creditMemos).first)
            #expect(memo["grand_total"]?.numberValue == Decimal(3108) / 100)
        }
    }

    @Test("a return that nobody has authorised yet is not expected in F&O")
    func pending() async throws {
        try await run { rig in
            let outcome = try await request(rig, ["MUG-01": 1], status: "pending")
            #expect(outcome.state == .skipped && outcome.reason?.code == "return-status")
            #expect(rig.sandbox.dynamics.returnOrders().isEmpty)
            try await rig.sandbox.commerce.decideReturn(entityID: 1, status: "authorized")
            #expect(try await rig.outcomes.next(of: "return 1") == .done(summary: "RO-000001"))
        }
    }

    @Test("another quantity changes the return order until goods have arrived; the same one is no news")
    func changed() async throws {
        try await run { rig in
            #expect(try await request(rig, ["MUG-01": 3]).state == .done)
            try await rig.sandbox.commerce.decideReturn(entityID: 1, status: "authorized", authorized: ["MUG-01": 2])
            #expect(try await rig.outcomes.next(of: "return 1").state == .done)
            #expect(rig.sandbox.dynamics.returnOrders().map { $0.lines.map(\.quantity) } == [[-2]])
            #expect(rig.sandbox.commerce.records(.returns)[0]["comments"]?.arrayValue?.count == 1)

            try await rig.sandbox.dynamics.receiveReturn("RO-000001", dataAreaId: "usmf")
            try await rig.sandbox.commerce.decideReturn(entityID: 1, status: "authorized", authorized: ["MUG-01": 1])
            #expect(try await rig.outcomes.next(of: "return 1").reason?.code == "return-arrived")
        }
    }

    @Test("a return that is denied while F&O expects it waits for a person")
    func withdrawn() async throws {
        try await run { rig in
            #expect(try await request(rig, ["MUG-01": 1]).state == .done)
            try await rig.sandbox.commerce.decideReturn(entityID: 1, status: "denied")
            let outcome = try await rig.outcomes.next(of: "return 1")
            #expect(outcome.state == .parked && outcome.reason?.code == "return-withdrawn")
        }
    }

    @Test("lost answers and a replay make one return order, and note the arrival once")
    func onlyOnce() async throws {
        try await run { rig in
            rig.sandbox.dynamics.faults.update { $0.cutAfterCommit = 0.5 }
            rig.sandbox.commerce.faults.update { $0.cutAfterCommit = 0.5 }
            let outcome = try await request(rig, ["MUG-01": 1, "LAMP-02": 1])
            #expect(outcome.state == .done)
            rig.sandbox.dynamics.faults.update { $0.cutAfterCommit = 0 }
            rig.sandbox.commerce.faults.update { $0.cutAfterCommit = 0 }
            let replayed = try await rig.replay("return 1")
            #expect(replayed.state != .parked)
            #expect(rig.sandbox.dynamics.returnOrders().map(\.lines.count) == [2])
            #expect(rig.sandbox.commerce.records(.returns)[0]["comments"]?.arrayValue?.count == 1)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("goods of a return order that is not of the shop change nothing there")
    func notOfTheShop() async throws {
        try await run { rig in
            let number = try rig.sandbox.dynamics.createReturnOrder(
                salesOrder: "SO-000001", dataAreaId: "usmf", lines: ["MUG-01": 1])
            try await rig.sandbox.dynamics.receiveReturn(number, dataAreaId: "usmf", event: Self.arrival)
            let outcome = try await rig.outcomes.next(of: "return order usmf/\(number)")
            #expect(outcome.state == .skipped && outcome.reason?.code == "not-a-web-return")
        }
    }
}

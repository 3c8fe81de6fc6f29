import Foundation
import HTTPClient
import HTTPTypes
import JSON
import Relay
import Sandbox
import Testing

@Suite("A D365 packing slip becomes a Commerce shipment", .timeLimit(.minutes(5)))
struct ShipmentRoadTests {
    static let routes = """
        businessEvents:
            tokens: [ event-token-of-tests ]
            routes:
              AcmePackingSlip: { flow: ShipmentToCommerce, fields: { SalesOrderNumber: OrderNum } }
              AcmeOrderStatus: { flow: OrderStatusToCommerce, fields: { SalesOrderNumber: OrderNum } }
        """

    static func platforms(_ change: (inout SandboxConfiguration) -> Void = { _ in }) -> SandboxConfiguration {
        var platforms = SandboxConfiguration()
        platforms.dynamics.shippingEvents.packingSlip = "AcmePackingSlip"
        platforms.dynamics.shippingEvents.status = "AcmeOrderStatus"
        platforms.dynamics.shippingEvents.salesOrderField = "OrderNum"
        change(&platforms)
        return platforms
    }

    private let subject = "sales order usmf/SO-000001"

    @Test("part of an order, then the rest, each with its parcels; invoiced too, the order is complete")
    func partAndRest() async throws {
        try await Rig.run(Self.platforms(), text: { $0.eventRoutes = Self.routes }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.ship("SO-000001", lines: [1: 2], tracking: ["1Z1", "1Z2"]).state == .done)
            let first = try #require(rig.shipments.first)
            #expect(rig.shipments.count == 1)
            #expect(first.tracks == ["1Z1", "1Z2"])
            #expect(rig.shippedQuantities("000000001") == [2, 0])
            #expect(try await rig.ship("SO-000001").state == .done)
            #expect(rig.shippedQuantities("000000001") == [3, 1])
            #expect(rig.shipments.count == 2)
            #expect(try await rig.invoice("SO-000001").state == .done)
            #expect(rig.sandbox.commerce.order(incrementID: "000000001")?.state == "complete")
        }
    }

    @Test(
        "a bundle and a configurable product are shipped by their parents",
        arguments: [
            SandboxOrder.configurable(incrementID: "000000001"), .bundleDynamic(incrementID: "000000001"),
            .bundleFixed(incrementID: "000000001"),
        ])
    func parents(_ order: SandboxOrder) async throws {
        try await Rig.run(Self.platforms(), text: { $0.eventRoutes = Self.routes }) { rig in
            try await rig.carry(order)
            #expect(try await rig.ship("SO-000001").state == .done)
            let placed = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            let parents = placed.items.filter { $0.parentItemID == nil }
            #expect(parents.map(\.quantityShipped) == parents.map(\.quantityOrdered))
            #expect(rig.shipments.count == 1)
        }
    }

    @Test("a notice that carries the shipment itself needs no entity")
    func noticeAlone() async throws {
        try await Rig.run(
            Self.platforms { $0.dynamics.shippingEvents.carriesShipment = true },
            text: { $0.eventRoutes = Self.routes }
        ) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.ship("SO-000001", tracking: ["1Z1"]).state == .done)
            #expect(rig.shippedQuantities("000000001") == [3, 1])
            #expect(rig.sandbox.dynamics.requestCounts["GET SalesPackingSlipHeaders"] == nil)
        }
    }

    @Test("a parcel's number that comes later is added to the shipment, once")
    func laterTrack() async throws {
        try await Rig.run(Self.platforms(), text: { $0.eventRoutes = Self.routes }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.ship("SO-000001").state == .done)
            try await rig.sandbox.dynamics.addTracking("1Z9", toPackingSlip: "PS-000001", dataAreaId: "usmf")
            #expect(try await rig.outcomes.next(of: subject).state == .done)
            #expect(rig.shipments.map(\.tracks) == [["1Z9"]])
        }
    }

    @Test("a replay makes no second shipment")
    func replayed() async throws {
        try await Rig.run(Self.platforms(), text: { $0.eventRoutes = Self.routes }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.ship("SO-000001", lines: [1: 1], tracking: ["1Z1"])
            let event = try #require(rig.outcomes.story.newest[subject])
            let answer = try await rig.operate(
                .post, "/events/\(event)/replay", body: #"{"all":true,"by":"anna","why":"to be sure"}"#)
            #expect(answer.status == 200)
            #expect([.done, .skipped].contains(try await rig.outcomes.next(of: subject).state))
            #expect(rig.shipments.map(\.tracks) == [["1Z1"]])
        }
    }

    @Test("a shipment whose answer was lost is not made twice")
    func answerLost() async throws {
        try await Rig.run(Self.platforms(), text: { $0.eventRoutes = Self.routes }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            rig.sandbox.commerce.faults.update { $0.cutAfterCommit = 0.7 }
            #expect(try await rig.ship("SO-000001", lines: [1: 1], tracking: ["1Z1"]).state == .done)
            #expect(try await rig.ship("SO-000001", lines: [1: 1]).state == .done)
            #expect(rig.shipments.count == 2)
            #expect(rig.shippedQuantities("000000001") == [2, 0])
        }
    }

    @Test("more than the order has left is parked, with the product and the quantity")
    func overShipment() async throws {
        try await Rig.run(
            Self.platforms { $0.dynamics.allowsOverdelivery = true }, text: { $0.eventRoutes = Self.routes }
        ) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            let outcome = try await rig.ship("SO-000001", lines: [1: 5])
            #expect(outcome.state == .parked && outcome.reason?.code == "shipment-exceeds-order")
            #expect(outcome.reason?.message.contains("2 more of MUG-01") == true)
            #expect(rig.shipments.isEmpty)
        }
    }

    @Test("what Commerce refuses for its source is parked with what Commerce says")
    func missingSource() async throws {
        try await Rig.run(Self.platforms(), text: { $0.eventRoutes = Self.routes }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            rig.sandbox.commerce.shopFaults.needsSourceCode = true
            let outcome = try await rig.ship("SO-000001")
            #expect(outcome.state == .parked)
            #expect(outcome.reason?.message.contains("Not all of your products are available") == true)
        }
    }

    @Test("the source and the carrier are what the value tables say of warehouse and mode of delivery")
    func valueTables() async throws {
        try await Rig.run(Self.platforms(), text: { $0.eventRoutes = Self.routes }) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            rig.sandbox.commerce.shopFaults.needsSourceCode = true
            rig.sandbox.commerce.shopFaults.sources = ["central"]
            for (row, columns) in [
                ("sources/central", #""ShippingWarehouseId":"11""#), ("carriers/UPS", #""carrier_code":"ups""#),
            ] {
                let answer = try await rig.operate(
                    .put, "/values/\(row)", body: #"{"values":{\#(columns)},"by":"anna","why":"a test"}"#)
                #expect((200..<300).contains(answer.status), "\(String(decoding: answer.body, as: UTF8.self))")
            }
            #expect(try await rig.ship("SO-000001", tracking: ["1Z1"]).state == .done)
            #expect(rig.shipments.map(\.source) == ["central"])
            let tracks = rig.sandbox.commerce.records(.shipments).first?["tracks"]?.arrayValue
            #expect(tracks?.first?.objectValue?["carrier_code"] == "ups")
        }
    }

    @Test("a shipment of an order that the shop does not know yet waits for it")
    func orderUnknownYet() async throws {
        try await Rig.run(Self.platforms(), text: { $0.eventRoutes = Self.routes }) { rig in
            let event = """
                {"BusinessEventId":"AcmePackingSlip","ControlNumber":1,"LegalEntity":"usmf","OrderNum":"SO-000001",
                "EventId":"7A0B1C1E-0000-4000-8000-000000000002","PackingSlipId":"PS-000001"}
                """
            let path = "/events/dynamics/\(rig.text.eventToken)"
            #expect(try await rig.send(.post, path, body: Array(event.utf8)).status == 202)
            let subject = subject
            try await rig.outcomes.wait { ($0.retries[subject] ?? 0) > 0 }
            try await rig.carry(.simple(incrementID: "000000001"))
            rig.sandbox.setGateway(webhookURL: nil, eventURL: nil)
            try await rig.sandbox.dynamics.postPackingSlip(salesOrder: "SO-000001", dataAreaId: "usmf")
            #expect(try await rig.outcomes.next(of: subject).state == .done)
            #expect(rig.shippedQuantities("000000001") == [3, 1])
        }
    }

    @Test("what a shop tells of our own shipment is no news, and the circle ends")
    func echo() async throws {
        try await Rig.run(
            Self.platforms { $0.commerce.sendsWebhooksAfterWrites = true }, text: { $0.eventRoutes = Self.routes }
        ) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.ship("SO-000001").state == .done)
            // What was written within a second may be one webhook.
            try await rig.outcomes.wait { $0.ends["order 000000001"]?.isEmpty == false }
            let echoes = rig.outcomes.story.ends["order 000000001"] ?? []
            #expect(echoes.allSatisfy { $0.reason?.code == "unchanged" })
            #expect(rig.shipments.count == 1)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }
}

extension Rig {
    struct Shipment: Equatable {
        var source: String?
        var tracks: [String]
    }

    /// Posts a packing slip in D365 and waits for the delivery of its event to end.
    @discardableResult
    func ship(
        _ salesOrder: String, in dataAreaID: String = "usmf", lines: [Decimal: Decimal]? = nil,
        tracking: [String] = []
    ) async throws -> Outcome {
        try await sandbox.dynamics.postPackingSlip(
            salesOrder: salesOrder, dataAreaId: dataAreaID, lines: lines, carrier: "UPS", tracking: tracking)
        return try await outcomes.next(of: "sales order \(dataAreaID)/\(salesOrder)")
    }

    var shipments: [Shipment] {
        sandbox.commerce.records(.shipments).map { record in
            Shipment(
                source: record["extension_attributes"]?.objectValue?["source_code"]?.stringValue,
                tracks: (record["tracks"]?.arrayValue ?? []).compactMap {
                    $0.objectValue?["track_number"]?.stringValue
                })
        }
    }

    func shippedQuantities(_ incrementID: String) -> [Decimal]? {
        sandbox.commerce.order(incrementID: incrementID)?.items.map(\.quantityShipped)
    }
}

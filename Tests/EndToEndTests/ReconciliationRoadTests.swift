import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("Both platforms are compared, and what differs is mended", .timeLimit(.minutes(5)))
struct ReconciliationRoadTests {
    /// Everything is old enough at once.
    static let settings = """
        relay:
          retry: { firstWait: 10ms, longestWait: 50ms }
          destinations:
            dynamics: { breaker: { coolDown: 20ms, longestCoolDown: 100ms } }
            commerce: { breaker: { coolDown: 20ms, longestCoolDown: 100ms } }
        reconciliation: { period: 1d, settle: 0ms, confirm: 0ms }
        """

    struct Break: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: String
        let repair: String?
        /// Whom the repair's delivery is of; `nil` if it needs none.
        var subject: String?
        var deliveries = 1
        let act: @Sendable (Rig) async throws -> Void
    }

    static let number = "000000002"
    static let breaks: [Break] = [
        Break(
            testDescription: "a sales order that was deleted", code: "missing", repair: "take-in",
            subject: "order \(number)"
        ) { try $0.sandbox.dynamics.loseSalesOrder("SO-000002", dataAreaId: "usmf") },
        Break(testDescription: "a sales order that exists twice", code: "doubled", repair: nil) {
            try $0.sandbox.dynamics.doubleSalesOrder("SO-000002", dataAreaId: "usmf")
        },
        Break(testDescription: "a price that was changed", code: "different-total", repair: nil) {
            try $0.sandbox.dynamics.changePrice(to: 1, line: 1, salesOrder: "SO-000002", dataAreaId: "usmf")
        },
        Break(testDescription: "a number that is gone", code: "number-not-written-back", repair: "write-back") {
            try $0.sandbox.commerce.dropExternalNumber(incrementID: number)
        },
        Break(
            testDescription: "an invoice whose event was lost", code: "not-invoiced", repair: "announce-invoice",
            subject: "sales order usmf/SO-000002"
        ) { try $0.sandbox.dynamics.postInvoiceSilently(salesOrder: "SO-000002", dataAreaId: "usmf") },
        Break(
            testDescription: "packing slips whose events were lost", code: "not-shipped",
            repair: "announce-shipment", subject: "sales order usmf/SO-000002", deliveries: 2
        ) { rig in
            for part in [[1: 1], nil] as [[Decimal: Decimal]?] {
                try await rig.sandbox.dynamics.postPackingSlip(
                    salesOrder: "SO-000002", dataAreaId: "usmf", lines: part)
            }
        },
        Break(
            testDescription: "a cancellation in F&O whose event was lost", code: "wrong-state",
            repair: "announce-cancellation", subject: "sales order usmf/SO-000002"
        ) { try await $0.sandbox.dynamics.cancelRemainder(salesOrder: "SO-000002", dataAreaId: "usmf") },
        Break(
            testDescription: "an order whose webhook was lost", code: "missing", repair: "take-in",
            subject: "order 000000009"
        ) { try $0.sandbox.commerce.register(.simple(incrementID: "000000009")) },
    ]

    @Test(
        "exactly what was broken is found; its repair mends it, once; the next comparison finds nothing",
        arguments: breaks)
    func mends(_ broken: Break) async throws {
        try await Rig.run(more: Self.settings, text: { $0.eventRoutes = ShipmentRoadTests.routes }) { rig in
            for number in 1...3 { try await rig.carry(.simple(incrementID: "00000000\(number)")) }
            #expect(try await rig.reconcile().findings == [])
            try await broken.act(rig)
            let found = try await rig.reconcile()
            #expect(found.state == "done")
            #expect(found.findings.map(\.code) == [broken.code])
            #expect(found.findings.first?.repair == broken.repair)
            let path = "/reconciliations/\(found.id)/findings/1"
            guard broken.repair != nil else {
                _ = try await rig.ask(.post, path + "/repair", status: 409)
                _ = try await rig.ask(.post, path + "/accept")
                #expect(try await rig.reconcile().findings.map(\.code) == [broken.code])
                return
            }
            for _ in 1...2 { #expect(try await rig.ask(.post, path + "/repair").state == "repaired") }
            if let subject = broken.subject {
                for _ in 1...broken.deliveries {
                    let outcome = try await rig.outcomes.next(of: subject)
                    #expect(outcome.state == .done, "\(outcome)")
                }
            }
            #expect(try await rig.reconcile().findings == [])
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }
}

/// A comparison, as far as these tests look at it.
struct Reconciled: Decodable {
    struct Finding: Decodable, Equatable {
        var number: Int
        var code: String
        var subject: String
        var repair: String?
        var state: String
        var text: String
    }

    struct Reason: Decodable {
        var code: String
    }

    var id: Int64
    var state: String
    var orders: Int
    var agreed: Int
    var underWay: Int
    var excused: Int
    var reason: Reason?
    var findings: [Finding]
}

extension Rig {
    /// Compares both platforms, and waits for the end.
    func reconcile() async throws -> Reconciled {
        let begun = try await operate(.post, "/reconciliations", body: #"{"by":"anna"}"#)
        #expect(begun.status == 202, "\(String(decoding: begun.body, as: UTF8.self))")
        let place = try #require(begun.headers[.location]).replacing("/operator/v1", with: "")
        while true {
            try Task.checkCancellation()
            let answer = try await operate(.get, place)
            let found = try JSONDecoder().decode(Reconciled.self, from: Data(answer.body))
            guard found.state == "running" else { return found }
            await Task.yield()
        }
    }
}

import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("Business events from Service Bus", .timeLimit(.minutes(5)))
struct ServiceBusRoadTests {
    private static func run(
        entra: Bool = false, receivers: Int = 2, lockSeconds: Int64 = 60, _ body: (Rig) async throws -> Void
    ) async throws {
        var platforms = SandboxConfiguration()
        platforms.dynamics.serviceBus.lockDuration = .seconds(lockSeconds)
        let bus = platforms.dynamics.serviceBus
        let auth = entra ? "{ entra: true }" : "{ sas: { policy: \(bus.policy), key: \(bus.key) } }"
        try await Rig.run(
            platforms,
            dynamics: "serviceBus: { namespace: \"{d365}/servicebus\", queue: \(bus.entity), auth: \(auth), "
                + "receivers: \(receivers), longPoll: 2s }"
        ) { rig in
            rig.sandbox.setGateway(webhookURL: rig.text.webhookURL(gateway: rig.gatewayURL), eventURL: nil)
            rig.sandbox.dynamics.serviceBus.takesEvents = true
            try await body(rig)
        }
    }

    /// Waits until the queue is empty: what is taken out of it is on disk.
    private static func drained(_ rig: Rig) async throws {
        while rig.sandbox.dynamics.serviceBus.waiting > 0 { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test(
        "take the same road as those that are posted to us, with an access signature or a token",
        arguments: [
            false, true,
        ])
    func invoice(entra: Bool) async throws {
        try await Self.run(entra: entra) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001").state == .done)
            try await Self.drained(rig)
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(order.invoiceIDs.count == 1)
            #expect(rig.sandbox.dynamics.serviceBus.completed == 1)
            let status = String(decoding: try await rig.send(.get, "/status").body, as: UTF8.self)
            #expect(status.contains(#""source":"serviceBus""#))
            let metrics = String(decoding: try await rig.send(.get, "/metrics").body, as: UTF8.self)
            #expect(metrics.contains(#"causeway_source_messages_total{outcome="stored",source="serviceBus"} 1"#))
        }
    }

    @Test("are carried once when they also come over HTTPS")
    func bothWays() async throws {
        try await Self.run { rig in
            rig.sandbox.setGateway(
                webhookURL: rig.text.webhookURL(gateway: rig.gatewayURL),
                eventURL: rig.text.eventURL(gateway: rig.gatewayURL))
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001").state == .done)
            try await Self.drained(rig)
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(order.invoiceIDs.count == 1)
            let events = try await rig.operate(.get, "/events?kind=SalesInvoicePostedBusinessEvent")
            #expect(String(decoding: events.body, as: UTF8.self).components(separatedBy: #""subject""#).count == 2)
        }
    }

    @Test("that nobody can read wait for a person, instead of going round in circles")
    func unreadable() async throws {
        try await Self.run { rig in
            let bus = rig.sandbox.dynamics.serviceBus
            bus.send(Array("no JSON at all".utf8))
            try await rig.outcomes.wait { $0.newest.keys.contains { $0.hasPrefix("unreadable event ") } }
            try await Self.drained(rig)
            #expect(bus.completed == 1 && bus.deadLetters.isEmpty)
            while true {
                let events = try await rig.operate(.get, "/events?kind=unreadable&state=parked")
                if String(decoding: events.body, as: UTF8.self).contains("unreadable-event") { break }
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    @Test("whose lock was lost come again and are recognised")
    func lockLost() async throws {
        try await Self.run { rig in
            let bus = rig.sandbox.dynamics.serviceBus
            bus.faults.nextLocksLost = 1
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001").state == .done)
            try await Self.drained(rig)
            #expect(bus.completed == 1)
            let metrics = String(decoding: try await rig.send(.get, "/metrics").body, as: UTF8.self)
            #expect(metrics.contains(#"outcome="lockLost",source="serviceBus"} 1"#))
            #expect(metrics.contains(#"outcome="duplicate",source="serviceBus"} 1"#))
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(order.invoiceIDs.count == 1)
        }
    }

    @Test("go on by themselves after Service Bus was down, or refused the sign-in for a while")
    func outage() async throws {
        try await Self.run(receivers: 1) { rig in
            let bus = rig.sandbox.dynamics.serviceBus
            bus.faults.nextUnavailable = 1
            bus.faults.nextUnauthorized = 1
            try await rig.carry(.simple(incrementID: "000000001"))
            #expect(try await rig.invoice("SO-000001").state == .done)
            try await Self.drained(rig)
            #expect(bus.faults == SandboxServiceBus.Faults())
        }
    }

    @Test("of the kind that tests an endpoint are answered and not stored")
    func testEvent() async throws {
        try await Self.run { rig in
            rig.sandbox.dynamics.serviceBus.send(
                Array(#"{"BusinessEventId":"BusinessEventsTestEndpointContract","EventId":"A"}"#.utf8))
            try await Self.drained(rig)
            let events = try await rig.operate(.get, "/events")
            #expect(!String(decoding: events.body, as: UTF8.self).contains("subject"))
        }
    }
}

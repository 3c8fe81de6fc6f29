import Cryptography
import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("Events by Adobe, Azure and Dataverse go the same road", .timeLimit(.minutes(5)))
struct InboundRoadTests {
    @Test("an order that Adobe tells of is read from the shop and becomes a sales order")
    func order() async throws {
        try await InboundRig.run { inbound in
            let adobe = inbound.senders.adobe
            #expect(try await adobe.register(inbound.eventsURL))
            try inbound.rig.sandbox.commerce.register(.simple(incrementID: "000000001"))
            let body = adobe.orderEvent(incrementID: "000000001")
            #expect(try await adobe.deliver(body, to: inbound.eventsURL).status == 200)
            #expect(try await inbound.rig.outcomes.next(of: "order 000000001").state == .done)
            #expect(inbound.rig.sandbox.dynamics.orders(reference: "000000001", dataAreaId: "usmf").count == 1)
            // Delivered once more, it is known.
            let again = try await adobe.deliver(body, to: inbound.eventsURL)
            #expect(String(decoding: again.body, as: UTF8.self) == #"{"result":"duplicate"}"#)
        }
    }

    @Test("an order that a webhook and Adobe both tell of is carried once, whichever comes first")
    func bothWays() async throws {
        try await InboundRig.run { inbound in
            let (rig, adobe) = (inbound.rig, inbound.senders.adobe)
            try await rig.carry(.simple(incrementID: "000000001"))
            let event = adobe.orderEvent(incrementID: "000000001")
            #expect(try await adobe.deliver(event, to: inbound.eventsURL).status == 200)
            #expect(try await rig.outcomes.next(of: "order 000000001").state == .skipped)
            try rig.sandbox.commerce.register(.simple(incrementID: "000000002"))
            let first = adobe.orderEvent(incrementID: "000000002")
            #expect(try await adobe.deliver(first, to: inbound.eventsURL).status == 200)
            #expect(try await rig.outcomes.next(of: "order 000000002").state == .done)
            #expect(try await rig.sandbox.commerce.sendWebhook(incrementID: "000000002").status == 200)
            #expect(try await rig.outcomes.next(of: "order 000000002").state == .skipped)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
            #expect(rig.sandbox.dynamics.snapshot().orders.count == 2)
        }
    }

    @Test("a batch of Adobe's is stored in its sequence, an order without a number is parked, the others go on")
    func batch() async throws {
        try await InboundRig.run { inbound in
            let adobe = inbound.senders.adobe
            for number in ["000000001", "000000002"] {
                try inbound.rig.sandbox.commerce.register(.simple(incrementID: number))
            }
            let broken = String(decoding: adobe.orderEvent(incrementID: "3", id: "e-3"), as: UTF8.self)
                .replacing("increment_id", with: "number")
            let body = adobe.body([
                adobe.orderEvent(incrementID: "000000001"), Array(broken.utf8),
                adobe.orderEvent(incrementID: "7", type: "com.adobe.commerce.observer.customer_save_commit_after"),
                adobe.orderEvent(incrementID: "000000002"),
            ])
            #expect(try await adobe.deliver(body, to: inbound.eventsURL).status == 200)
            for number in ["000000001", "000000002"] {
                #expect(try await inbound.rig.outcomes.next(of: "order \(number)").state == .done)
            }
            let type = "com.adobe.commerce.observer.sales_order_save_commit_after"
            let parked = try await inbound.rig.outcomes.next(of: "\(type) e-3")
            #expect(parked.state == .parked && parked.reason?.code == "unreadable-order")
            #expect(
                try await inbound.metrics().contains(
                    #"causeway_events_accepted_total{kind="order",source="commerce"} 3"#))
        }
    }

    @Test("an order that the shop does not know yet is tried again until it does")
    func early() async throws {
        try await InboundRig.run { inbound in
            let adobe = inbound.senders.adobe
            let event = adobe.orderEvent(incrementID: "000000001")
            #expect(try await adobe.deliver(event, to: inbound.eventsURL).status == 200)
            try await inbound.rig.outcomes.wait { $0.retries["order 000000001", default: 0] > 0 }
            try inbound.rig.sandbox.commerce.register(.simple(incrementID: "000000001"))
            #expect(try await inbound.rig.outcomes.next(of: "order 000000001").state == .done)
        }
    }

    @Test("an invoice that Event Grid brings becomes a Commerce invoice", arguments: SandboxEventGrid.Schema.allCases)
    func invoice(_ schema: SandboxEventGrid.Schema) async throws {
        try await InboundRig.run { inbound in
            let (rig, grid) = (inbound.rig, inbound.senders.eventGrid)
            #expect(try await grid.subscribe(inbound.gridURL, schema: schema, headers: grid.bearer()))
            try await rig.carry(.simple(incrementID: "000000001"))
            let published = try await inbound.publishInvoice("SO-000001")
            let body = try grid.body(published, schema: schema)
            #expect(try await grid.deliver(body, to: inbound.gridURL, headers: grid.bearer()).status == 202)
            #expect(try await rig.outcomes.next(of: "sales order usmf/SO-000001").state == .done)
            let order = try #require(rig.sandbox.commerce.order(incrementID: "000000001"))
            #expect(order.invoiceIDs.count == 1 && order.totalInvoiced == order.grandTotal)
            // Event Grid delivers at least once, and F&O itself is another way for the same event.
            let again = try await grid.deliver(body, to: inbound.gridURL, headers: grid.bearer())
            #expect(String(decoding: again.body, as: UTF8.self) == #"{"result":"duplicate"}"#)
            let direct = try await rig.send(.post, "/events/dynamics/\(rig.text.eventToken)", body: published.first)
            #expect(String(decoding: direct.body, as: UTF8.self) == #"{"result":"duplicate"}"#)
            // Whatever is checked, the keys were fetched once.
            let counts = inbound.senders.requestCounts
            #expect(counts.filter { $0.key.contains("discovery") }.map(\.value) == [1])
        }
    }

    @Test("a batch of Event Grid's brings several invoices at once")
    func invoices() async throws {
        try await InboundRig.run { inbound in
            let (rig, grid) = (inbound.rig, inbound.senders.eventGrid)
            try await rig.carry(.simple(incrementID: "000000001"))
            try await rig.carry(.simple(incrementID: "000000002"))
            let events =
                try await inbound.publishInvoice("SO-000001") + inbound.publishInvoice("SO-000002")
            let body = try grid.body(events, schema: .cloudEventBatch)
            #expect(try await grid.deliver(body, to: inbound.gridURL, headers: grid.bearer()).status == 202)
            for number in ["SO-000001", "SO-000002"] {
                #expect(try await rig.outcomes.next(of: "sales order usmf/\(number)").state == .done)
            }
        }
    }

    @Test("no address is subscribed without its token, for another topic, or without Entra's token")
    func subscriptions() async throws {
        try await InboundRig.run { inbound in
            let grid = inbound.senders.eventGrid
            let stranger = inbound.rig.gatewayURL + "/events/dynamics/a-token-of-a-stranger"
            let direct = "\(inbound.rig.gatewayURL)/events/dynamics/\(inbound.rig.text.eventToken)"
            let topic = SandboxEventGrid.topic
            let bearer = try grid.bearer()
            let refused: [(String, SandboxEventGrid.Schema, String, HTTPFields)] = [
                (stranger, .eventGrid, topic, bearer), (stranger, .cloudEvents, topic, bearer),
                (direct, .eventGrid, topic, bearer), (direct, .cloudEvents, topic, bearer),
                (inbound.gridURL, .eventGrid, topic + "-of-another", bearer),
                (inbound.gridURL, .eventGrid, topic, [:]),
            ]
            for (url, schema, topic, headers) in refused {
                let consents = try await grid.subscribe(url, schema: schema, topic: topic, headers: headers)
                #expect(!consents, "\(url) \(schema)")
            }
            #expect(try await grid.subscribe(inbound.gridURL, schema: .eventGrid, headers: bearer))
        }
    }

    @Test("what is forged, for others or too large is refused, counted, and stored nowhere")
    func refused() async throws {
        try await InboundRig.run { inbound in
            let (adobe, grid) = (inbound.senders.adobe, inbound.senders.eventGrid)
            let order = adobe.orderEvent(incrementID: "000000001")
            func adobeStatus(
                _ body: [UInt8], _ signing: SandboxIOEvents.Signing = .digital, _ more: HTTPFields = [:]
            ) async throws -> Int {
                try await adobe.deliver(body, to: inbound.eventsURL, signing: signing, more: more).status
            }
            #expect(try await adobeStatus(order, .unsigned) == 401)
            #expect(try await adobeStatus(order, .hmac(clientSecret: "a-secret-that-is-not-configured")) == 401)
            var forged: HTTPFields = [:]
            forged[try #require(HTTPField.Name("x-adobe-digital-signature-2"))] = Base64.encode(
                [UInt8](repeating: 1, count: 256))
            #expect(try await adobeStatus(order, .digital, forged) == 401)
            #expect(try await adobeStatus(adobe.orderEvent(incrementID: "1", clientID: "stranger")) == 403)
            #expect(try await adobeStatus(order + Array(repeating: 0x20, count: 1 << 20)) == 413)

            let invoice = try grid.body([Array(#"{"BusinessEventId":"X","EventId":"1"}"#.utf8)], schema: .eventGrid)
            func gridStatus(_ body: [UInt8], _ headers: HTTPFields) async throws -> Int {
                try await grid.deliver(body, to: inbound.gridURL, headers: headers).status
            }
            #expect(try await gridStatus(invoice, [:]) == 401)
            #expect(try await gridStatus(invoice, grid.bearer(audience: "api://other")) == 401)
            #expect(try await gridStatus(invoice, grid.bearer(application: "stranger")) == 401)
            #expect(try await gridStatus(invoice, grid.bearer(tenant: "00000000-0000-4000-8000-00000000000b")) == 401)
            #expect(try await gridStatus(invoice, grid.bearer(life: .seconds(-600))) == 401)
            let stranger = try SandboxIssuer(keyID: grid.entra.keyID)
            #expect(try await gridStatus(invoice, grid.bearer(issuer: stranger)) == 401)
            let foreign = try grid.body([Array("{}".utf8)], schema: .cloudEvents, topic: "/subscriptions/2/topics/x")
            #expect(try await gridStatus(foreign, grid.bearer()) == 403)

            let metrics = try await inbound.metrics()
            for (slug, count) in [
                ("missing-signature", 2), ("invalid-signature", 1), ("wrong-client", 1), ("missing-token", 1),
                ("invalid-token", 5), ("foreign-topic", 1), ("body-too-large", 1),
            ] {
                #expect(metrics.contains("causeway_http_problems_total{type=\"\(slug)\"} \(count)"), "\(slug)")
            }
            #expect(!metrics.contains("causeway_events_accepted_total"))
            #expect(inbound.rig.sandbox.dynamics.snapshot().orders.isEmpty)
        }
    }

    @Test("rows that Dataverse tells of are kept, also when they were cut out of the event")
    func dataverse() async throws {
        try await InboundRig.run { inbound in
            let row = try #require(UUID(uuidString: "7E1F2A00-0000-4000-8000-000000000001"))
            let dataverse = inbound.senders.dataverse
            let url = inbound.dataverseURL
            #expect(try await dataverse.tell(of: "account", id: row, to: url).status == 401)
            #expect(try await dataverse.tell(of: "account", id: row, to: url + "?code=wrong").status == 401)
            let signedIn = url + "?code=the-key-of-dataverse"
            #expect(try await dataverse.tell(of: "account", id: row, to: signedIn).status == 202)
            let note = String(repeating: "n", count: SandboxDataverse.longestBody)
            #expect(try await dataverse.tell(of: "account", id: row, note: note, to: signedIn).status == 202)
            let answer = try await inbound.rig.operate(.get, "/events")
            let events = String(decoding: answer.body, as: UTF8.self)
            #expect(events.matches(of: /"kind":"Update:account"/).count == 2)
            #expect(events.contains("account 7e1f2a00-0000-4000-8000-000000000001"))
        }
    }

    @Test("webhooks sign in with IMS, alone or beside their signature, with keys fetched over the network")
    func ims() async throws {
        func configure(_ configuration: inout GatewayConfiguration, _ senders: SandboxSenders) {
            configuration.commerce.webhookIMS = WebhookIMSSettings(
                clientIDs: [SandboxIOEvents.clientID], organization: SandboxIOEvents.organization,
                keys: .keySet(senders.adobe.keySetURL))
        }
        try await InboundRig.run(configure: configure) { inbound in
            let (rig, adobe) = (inbound.rig, inbound.senders.adobe)
            let (body, signature) = try rig.sandbox.commerce.webhook(for: .simple(incrementID: "000000001"))
            func status(_ headers: HTTPFields...) async throws -> Int {
                var all: HTTPFields = [:]
                for field in headers.joined() { all[field.name] = field.value }
                return try await rig.send(.post, "/webhooks/commerce/order", headers: all, body: body).status
            }
            #expect(try await status(signature) == 401)
            #expect(try await status(adobe.imsHeaders()) == 401)
            #expect(try await status(signature, adobe.imsHeaders(clientID: "stranger")) == 401)
            #expect(try await status(signature, adobe.imsHeaders(organization: "1@AdobeOrg")) == 401)
            #expect(try await status(signature, adobe.imsHeaders(life: .seconds(-600))) == 401)
            #expect(try await status(signature, adobe.imsHeaders()) == 200)
            #expect(try await rig.outcomes.next(of: "order 000000001").state == .done)
        }
    }
}

import Relay
import Testing

@testable import Commerce

@Suite("Adobe I/O Events, read at the door")
struct CommerceEventReaderTests {
    private let reader = CommerceEventReader()

    @Test("An event of an order is known by its event id, and has the subject that a webhook of it has")
    func order() throws {
        let event = try #require(try reader.read(EventVector.body).first)
        #expect(event.id == "9f2f7f7e-0f2e-4c6e-8a3d-2f9f6f1f0a01")
        #expect(event.type == "com.adobe.commerce.observer.sales_order_save_commit_after")
        #expect(event.recipient == EventVector.clientID)
        #expect(event.subject == "order 000000042" && event.bytes == EventVector.body)
        guard case .order(let notice) = event.content else { throw CommerceEventError.malformedJSON("no order") }
        #expect(notice.incrementID == "000000042" && notice.updatedAt?.millisecondsSince1970 == 1_767_225_600_000)
        #expect(try CommerceEvent.orderNotice(in: event.bytes) == notice)
    }

    @Test("The newer names of id and client id count, and the older ones where there are no others")
    func names() throws {
        let newer = EventVector.changed(#""event_id":"9f"#, #""event_id":"00"#)
        #expect(try reader.read(newer).first?.id == "9f2f7f7e-0f2e-4c6e-8a3d-2f9f6f1f0a01")
        let older = EventVector.changed(#""eventid":"9f"#, #""x":"9f"#)
        #expect(try reader.read(older).first?.id == "9f2f7f7e-0f2e-4c6e-8a3d-2f9f6f1f0a01")
        let client = EventVector.changed(#""recipientclientid""#, #""x""#)
        #expect(try reader.read(client).first?.recipient == EventVector.clientID)
    }

    @Test("A batch keeps its sequence, and each event its own bytes")
    func batch() throws {
        let second = EventVector.changed("000000042", "000000043")
        let events = try reader.read(Array("[ ".utf8) + EventVector.body + " ,\n".utf8 + second + "]".utf8)
        #expect(events.map(\.subject) == ["order 000000042", "order 000000043"])
        #expect(events.map(\.bytes) == [EventVector.body, second])
        #expect(try reader.read(Array("[]".utf8)).isEmpty)
    }

    @Test(
        "Every type of event that tells of an order is known, with and without magento. in it",
        arguments: [
            "observer.sales_order_save_after", "observer.checkout_submit_all_after",
            "plugin.magento.sales.api.order_management.place", "plugin.sales.api.order_repository.save",
        ])
    func types(type: String) throws {
        let event = try reader.read(EventVector.changed("observer.sales_order_save_commit_after", type)).first
        #expect(event?.subject == "order 000000042")
    }

    @Test("Further types can tell of an order, named with or without their prefix")
    func moreTypes() throws {
        let body = EventVector.changed("observer.sales_order_save_commit_after", "order_paid")
        #expect(try reader.read(body).first?.content == .other)
        for name in ["order_paid", "com.adobe.commerce.order_paid"] {
            let event = try CommerceEventReader(types: [.order: [name]]).read(body).first
            #expect(event?.subject == "order 000000042")
        }
    }

    @Test("An order may stand in the value as an argument does")
    func argument() throws {
        let body = EventVector.changed(#""value":{"#, #""value":{"quote":{"id":7},"order":{"increment_id":"9"},"#)
        #expect(try reader.read(body).first?.subject == "order 9")
    }

    @Test("An event that is not about orders is known by itself")
    func other() throws {
        let event = try #require(
            try reader.read(EventVector.changed("sales_order_save", "catalog_product_save")).first)
        #expect(event.content == .other)
        #expect(event.subject == "\(event.type) \(event.id)" && event.dedupKey == "event \(event.id)")
    }

    @Test(
        "Every type of event that tells of another record is known, in both spellings of plugins",
        arguments: [
            ("observer.sales_order_invoice_save_commit_after", CommerceRecordKind.invoice),
            ("observer.sales_order_creditmemo_save_after", .creditmemo), ("observer.rma_save_commit_after", .return),
            ("observer.customer_save_commit_after", .customer), ("observer.customer_register_success", .customer),
            ("observer.company_save_commit_after", .company),
            ("plugin.company.api.company_repository.save", .company),
            ("plugin.magento.customer.api.customer_repository.save", .customer),
            ("observer.negotiable_quote_save_commit_after", .quote),
        ])
    func records(type: String, kind: CommerceRecordKind) throws {
        let event = try #require(
            try reader.read(EventVector.changed("observer.sales_order_save_commit_after", type)).first)
        #expect(event.recordKind == kind && event.subject == "\(kind.rawValue) 42")
        #expect(event.dedupKey == (kind.isDocument ? "\(kind.rawValue) 42" : "event \(event.id)"))
    }

    @Test("Further types can tell of every kind of record")
    func moreRecordTypes() throws {
        let body = EventVector.changed("observer.sales_order_save_commit_after", "observer.sales_quote_save_after")
        #expect(try reader.read(body).first?.content == .other)
        let reader = CommerceEventReader(types: [.quote: ["observer.sales_quote_save_after"]])
        #expect(try reader.read(body).first?.subject == "quote 42")
    }

    @Test("An event of a record that does not say which is told from others")
    func unreadableRecord() throws {
        let body = EventVector.changed("sales_order_save", "rma_save")
        let text = String(decoding: body, as: UTF8.self).replacing(#""id": "42""#, with: "")
            .replacing(#""id":"42""#, with: #""x":1"#)
        let event = try reader.read(Array(text.utf8)).first
        guard case .unreadable(.return, _)? = event?.content else {
            throw CommerceEventError.malformedJSON("readable")
        }
        #expect(event?.subject == "\(event?.type ?? "") \(event?.id ?? "")")
    }

    @Test("An event of an order that does not say which is told from others")
    func unreadable() throws {
        let event = try reader.read(EventVector.changed(#""increment_id""#, #""number""#)).first
        guard case .unreadable(.order, _)? = event?.content else {
            throw CommerceEventError.malformedJSON("readable")
        }
        #expect(throws: WebhookError.self) { try CommerceEvent.orderNotice(in: event?.bytes ?? []) }
    }

    struct Bad: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let body: [UInt8]
        let named: String
    }

    static let bad = [
        Bad(testDescription: "no JSON", body: Array("{".utf8), named: "JSON"),
        Bad(testDescription: "a word", body: Array("\"event\"".utf8), named: "an event"),
        Bad(testDescription: "no version", body: EventVector.changed("specversion", "x"), named: "specversion"),
        Bad(
            testDescription: "another version", body: EventVector.changed("\"1.0\"", "\"2.0\""), named: "specversion"),
        Bad(
            testDescription: "a version as number", body: EventVector.changed("\"1.0\"", "1.0"), named: "specversion"),
        Bad(testDescription: "no type", body: EventVector.changed("\"type\"", "\"t\""), named: "type"),
        Bad(
            testDescription: "a type with a line break", body: EventVector.changed("com.adobe.", "com\\nadobe."),
            named: "type"),
        Bad(
            testDescription: "a type of kilobytes",
            body: EventVector.changed("com.adobe.", String(repeating: "x", count: 2000)), named: "type"),
        Bad(
            testDescription: "no client id", body: EventVector.changed("client", "customer"),
            named: "recipientclientid"),
        Bad(
            testDescription: "two ids under one name", body: EventVector.changed("\"event_id\"", "\"eventid\""),
            named: "stands twice"),
        Bad(
            testDescription: "a list with one that is no event",
            body: Array("[".utf8) + EventVector.body + ",{}]".utf8, named: "[1].specversion"),
        Bad(
            testDescription: "more events than one request has",
            body: Array("[\(Array(repeating: "{}", count: 101).joined(separator: ","))]".utf8), named: "more than 100"
        ),
    ]

    @Test("What is no event is refused with the place that is wrong", arguments: bad)
    func refused(_ row: Bad) {
        let error = #expect(throws: CommerceEventError.self) { try reader.read(row.body) }
        #expect(error?.description.contains(row.named) == true, "\(String(describing: error))")
    }

    @Test("The question whether the address is right is told from events")
    func validation() {
        let url = "https://csm.adobe.io/csm/registrations/validate?id=1&challenge=2"
        #expect(CommerceEventReader.validationURL(Array(#"{"validationUrl":"\#(url)"}"#.utf8)) == url)
        for body in [#"{"specversion":"1.0","validationUrl":"x"}"#, #"{"validationUrl":1}"#, "[]", "{", "{}"] {
            #expect(CommerceEventReader.validationURL(Array(body.utf8)) == nil)
        }
    }
}

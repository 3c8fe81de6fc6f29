import Commerce
import Relay
import Testing

@testable import Flows

@Suite("What an event says about a record")
struct IncomingRecordTests {
    private func incoming(
        _ body: String, kind: String = "invoice", subject: String = "invoice 17"
    ) throws(Verdict) -> IncomingRecord {
        try IncomingRecord(
            StoredEvent(
                id: EventID(1), source: "commerce", kind: kind, subject: subject,
                receivedAt: Timestamp(millisecondsSince1970: 0), body: Array(body.utf8)))
    }

    @Test(
        "A webhook and an event both say which record it is",
        arguments: [
            #"{"data":{"invoice":{"entity_id":17,"order_id":42}}}"#,
            #"{"specversion":"1.0","data":{"value":{"entity_id":"17","order_id":"42"}}}"#,
        ])
    func notice(body: String) throws {
        #expect(try incoming(body).notice == RecordNotice(kind: .invoice, entityID: 17, orderID: 42))
    }

    @Test(
        "What does not say which record it is waits for a person",
        arguments: ["{}", "no JSON", #"{"specversion":"1.0"}"#, #"{"specversion":"1.0","data":{"value":{}}}"#])
    func unreadable(body: String) {
        let verdict = #expect(throws: Verdict.self) { try incoming(body) }
        #expect(verdict?.disposition == .park && verdict?.reason.code == "unreadable-record")
    }

    @Test("A kind that is none of Commerce's records waits for a person", arguments: ["order", "shipment", ""])
    func otherKinds(kind: String) {
        let verdict = #expect(throws: Verdict.self) { try incoming(#"{"entity_id":17}"#, kind: kind) }
        #expect(verdict?.disposition == .park)
    }

    @Test("An edited event must stay the record that it was")
    func anotherRecord() {
        let verdict = #expect(throws: Verdict.self) { try incoming(#"{"entity_id":18}"#) }
        #expect(verdict?.reason.code == "another-record")
    }
}

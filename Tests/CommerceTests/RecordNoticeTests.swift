import Cryptography
import Relay
import Testing

@testable import Commerce

@Suite("Records that are no orders, read at the door")
struct RecordNoticeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let body: String
        let notice: RecordNotice
    }

    private static let noon = Timestamp(millisecondsSince1970: 1_767_268_800_000)

    static let rows: [Row] = [
        Row(
            testDescription: "an invoice of an observer, its ids as text",
            body: #"""
                {"subject":[],"eventName":"sales_order_invoice_save_commit_after","data":{"invoice":{"entity_id":"17",
                "increment_id":"000000017","order_id":"42","state":"2","updated_at":"2026-01-01 12:00:00",
                "order":{"entity_id":"42"},"items":[{"entity_id":"5"}]}}}
                """#,
            notice: RecordNotice(
                kind: .invoice, entityID: 17, incrementID: "000000017", orderID: 42, state: 2, updatedAt: noon)),
        Row(
            testDescription: "an invoice of the repository's plugin",
            body: #"{"entity":{"entity_id":17,"order_id":42,"state":1}}"#,
            notice: RecordNotice(kind: .invoice, entityID: 17, orderID: 42, state: 1)),
        Row(
            testDescription: "an invoice as REST gives it",
            body: #"{"entity_id":17,"increment_id":"000000017","order_id":42,"state":2}"#,
            notice: RecordNotice(kind: .invoice, entityID: 17, incrementID: "000000017", orderID: 42, state: 2)),
        Row(
            testDescription: "the observer's before the framework's name for every model",
            body: #"{"data":{"data_object":{"entity_id":1},"invoice":{"entity_id":2}}}"#,
            notice: RecordNotice(kind: .invoice, entityID: 2)),
        Row(
            testDescription: "a credit memo, with the invoice that it belongs to beside it",
            body: #"{"data":{"creditmemo":{"entity_id":3,"order_id":42,"state":2,"invoice":{"entity_id":17}}}}"#,
            notice: RecordNotice(kind: .creditmemo, entityID: 3, orderID: 42, state: 2)),
        Row(
            testDescription: "a return",
            body: #"""
                {"data":{"rma":{"entity_id":9,"increment_id":"000000009","order_id":42,"customer_id":5,"status":"pending",
                "order_increment_id":"000000042","customer_custom_email":"a@b.example","state":7}}}
                """#,
            notice: RecordNotice(
                kind: .return, entityID: 9, incrementID: "000000009", orderID: 42, orderIncrementID: "000000042",
                customerID: 5, email: "a@b.example")),
        Row(
            testDescription: "a return as the argument of its management",
            body: #"{"rmaDataObject":{"entity_id":9,"order_id":42}}"#,
            notice: RecordNotice(kind: .return, entityID: 9, orderID: 42)),
        Row(
            testDescription: "a customer by the customer's id",
            body: #"{"data":{"customer":{"id":5,"email":"a@b.example","updated_at":"2026-01-01 12:00:00"}}}"#,
            notice: RecordNotice(kind: .customer, entityID: 5, email: "a@b.example", updatedAt: noon)),
        Row(
            testDescription: "a customer that comes behind a plugin",
            body: #"{"customer":null,"passwordHash":"","result":{"id":"5","email":"a@b.example"}}"#,
            notice: RecordNotice(kind: .customer, entityID: 5, email: "a@b.example")),
        Row(
            testDescription: "a company",
            body: #"{"data":{"company":{"entity_id":3,"company_email":"ap@b.example","super_user_id":5}}}"#,
            notice: RecordNotice(kind: .company, entityID: 3, email: "ap@b.example")),
        Row(
            testDescription: "a negotiable quote by its quote's id",
            body: #"{"data":{"negotiable_quote":{"quote_id":"7","status":"submitted_by_customer"}}}"#,
            notice: RecordNotice(kind: .quote, entityID: 7)),
        Row(
            testDescription: "a quote as the cart that it is",
            body: #"{"quote":{"id":7,"customer_email":"a@b.example","updated_at":"2026-01-01 12:00:00"}}"#,
            notice: RecordNotice(kind: .quote, entityID: 7, email: "a@b.example", updatedAt: noon)),
        Row(
            testDescription: "what only helps to find it may be anything",
            body: #"""
                {"entity_id":17,"increment_id":{},"order_id":"x","customer_email":[],"state":"paid",
                "updated_at":"yesterday"}
                """#,
            notice: RecordNotice(kind: .invoice, entityID: 17)),
    ]

    @Test("a record's id is found in every shape", arguments: rows)
    func reads(_ row: Row) throws {
        #expect(try WebhookReader.readRecord(Array(row.body.utf8), kind: row.notice.kind) == row.notice)
        #expect(try CommerceEvent.recordNotice(in: Array(row.body.utf8), kind: row.notice.kind) == row.notice)
    }

    @Test("an event of Adobe I/O Events tells the same", arguments: rows)
    func readsEvents(_ row: Row) throws {
        let event = #"{"specversion":"1.0","data":{"value":\#(row.body)}}"#
        #expect(try CommerceEvent.recordNotice(in: Array(event.utf8), kind: row.notice.kind) == row.notice)
    }

    static let refused: [(CommerceRecordKind, String, String)] = [
        (.invoice, "{}", "no invoice: expected an object at data.invoice, data.data_object"),
        (.invoice, "[]", "no invoice"), (.invoice, #"{"data":{"order":{"entity_id":1}}}"#, "no invoice"),
        (.creditmemo, #"{"data":{"invoice":{"entity_id":1}}}"#, "no creditmemo"),
        (.customer, #"{"customer":[]}"#, "no customer"),
        (.invoice, #"{"data":{"invoice":{}}}"#, "data.invoice.entity_id: found nothing"),
        (.invoice, #"{"data":{"invoice":{"entity_id":null}}}"#, "data.invoice.entity_id: found nothing"),
        (.invoice, #"{"entity":{"entity_id":"0"}}"#, "entity.entity_id: found the text \"0\""),
        (.company, #"{"id":4.5}"#, "id: found the number 4.5"), (.company, #"{"id":true}"#, "id: found a boolean"),
        (.return, #"{"entity_id":"RMA-1"}"#, "entity_id: found the text \"RMA-1\""),
        (.quote, #"{"quote":{"quote_id":{}}}"#, "quote.quote_id: found an object"), (.quote, "{", "not JSON"),
        (.invoice, String(repeating: #"{"data":"#, count: 100_000), "not JSON"),
    ]

    @Test("a body that does not say which record it is of is refused, naming the place", arguments: refused)
    func refuses(_ kind: CommerceRecordKind, _ body: String, _ named: String) {
        let error = #expect(throws: WebhookError.self) {
            try WebhookReader.readRecord(Array(body.utf8), kind: kind)
        }
        #expect(error?.description.contains(named) == true, "\(String(describing: error))")
    }

    @Test("a document in one state is one event, whatever its bytes; in another state it is another")
    func documents() {
        let open = RecordNotice(kind: .invoice, entityID: 17, state: 1)
        let paid = RecordNotice(kind: .invoice, entityID: 17, incrementID: "000000017", state: 2)
        #expect(paid.subject == "invoice 17" && paid.subject == open.subject)
        #expect(paid.dedupKey(bodyDigest: [1]) == "invoice 17 state 2")
        #expect(paid.dedupKey(bodyDigest: [2]) == paid.documentKey)
        #expect(open.documentKey != paid.documentKey)
        #expect(RecordNotice(kind: .creditmemo, entityID: 3).documentKey == "creditmemo 3")
    }

    @Test(
        "a record that changes is known by what is told of it",
        arguments: [CommerceRecordKind.return, .customer, .company, .quote])
    func changing(kind: CommerceRecordKind) {
        let notice = RecordNotice(kind: kind, entityID: 5)
        #expect(notice.documentKey == nil)
        #expect(notice.dedupKey(bodyDigest: [1, 2]) == "\(kind.rawValue) 5 0102")
    }

    @Test("a record is found by its number, its order, its customer and the e-mail address")
    func searchKeys() {
        let notice = RecordNotice(
            kind: .return, entityID: 9, incrementID: "R9", orderIncrementID: "000000042", customerID: 5,
            email: "A@b.example")
        #expect(
            notice.searchKeys == [
                SearchKey(.order, "000000042"), SearchKey(.email, "a@b.example"), SearchKey(.customer, "5"),
            ])
        #expect(
            RecordNotice(kind: .invoice, entityID: 1, incrementID: "I1").searchKeys == [SearchKey(.invoice, "I1")])
        #expect(RecordNotice(kind: .customer, entityID: 5).searchKeys == [SearchKey(.customer, "5")])
    }
}

import Cryptography
import JSON
import Relay
import Testing

@testable import Commerce

@Suite("Reading at the door")
struct WebhookReaderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        let notice: OrderNotice
    }

    static let rows = [
        Row(
            testDescription: "observer, before the order is saved",
            body:
                #"{"subject":[],"eventName":"x","data":{"order":{"increment_id":"000000042","store_id":"1"}}}"#,
            notice: OrderNotice(incrementID: "000000042", storeID: 1)),
        Row(
            testDescription: "plugin", body: #"{"order":{"entity_id":42,"increment_id":"2000000042","store_id":2}}"#,
            notice: OrderNotice(incrementID: "2000000042", entityID: 42, storeID: 2)),
        Row(
            testDescription: "the repository's save", body: #"{"entity":{"entity_id":"42","increment_id":"A-42"}}"#,
            notice: OrderNotice(incrementID: "A-42", entityID: 42)),
        Row(
            testDescription: "an order as REST gives it",
            body: #"{"increment_id":"000000042","items":[{"entity_id":7,"store_id":9}],"store_id":1,"entity_id":42}"#,
            notice: OrderNotice(incrementID: "000000042", entityID: 42, storeID: 1)),
        Row(
            testDescription: "ids elsewhere in the body are not the order's",
            body:
                #"{"increment_id":"z","order":{"x":{"entity_id":7},"increment_id":"42"},"data":{"x":{"entity_id":3}}}"#,
            notice: OrderNotice(incrementID: "42")),
        Row(
            testDescription: "observer before plugin, in whatever sequence",
            body: #"{"order":{"increment_id":"1"},"data":{"order":{"increment_id":"2"}}}"#,
            notice: OrderNotice(incrementID: "2")),
        Row(
            testDescription: "escaped names and text, absent ids as null and empty text",
            body: #"{"\u006frder":{"increment\u005fid":"S\u00fcd-7","entity_id":null,"store_id":""}}"#,
            notice: OrderNotice(incrementID: "Süd-7")),
        Row(
            testDescription: "a number as a number", body: #"{"order":{"increment_id":100000042,"store_id":0}}"#,
            notice: OrderNotice(incrementID: "100000042", storeID: 0)),
        Row(
            testDescription: "of two members with one name the later counts",
            body: #"{"order":{"increment_id":"1"},"order":{"increment_id":"2","increment_id":"3"}}"#,
            notice: OrderNotice(incrementID: "3")),
        Row(
            testDescription: "what people look for it by, and when it was saved",
            body: #"{"data":{"order":{"increment_id":"1","customer_email":"Jane@Example.com","customer_id":"17","#
                + #""updated_at":"2026-01-01 10:00:12"}}}"#,
            notice: OrderNotice(
                incrementID: "1", email: "Jane@Example.com", customerID: 17,
                updatedAt: Timestamp(millisecondsSince1970: 1_767_261_612_000))),
        Row(
            testDescription: "a guest before the first save",
            body: #"{"order":{"increment_id":"1","customer_email":null,"customer_id":null,"updated_at":null}}"#,
            notice: OrderNotice(incrementID: "1")),
        Row(
            testDescription: "what only helps to find an order is no reason to refuse it",
            body: #"{"order":{"increment_id":"1","customer_email":[],"customer_id":"x","updated_at":"yesterday"}}"#,
            notice: OrderNotice(incrementID: "1")),
        Row(
            testDescription: "data that is a list is no observer's data",
            body: #"{"data":[],"order":{"increment_id":"1"}}"#, notice: OrderNotice(incrementID: "1")),
    ]

    @Test("an order is found by address and account, and never without them")
    func searchKeys() {
        let known = OrderNotice(incrementID: "1", email: "Jane@Example.com", customerID: 17)
        #expect(known.searchKeys == [SearchKey(.email, "jane@example.com"), SearchKey(.customer, "17")])
        #expect(OrderNotice(incrementID: "1").searchKeys.isEmpty && known.version == nil)
    }

    @Test(
        "a time of Commerce is read to the second, in UTC",
        arguments: [
            ("1970-01-01 00:00:00", 0), ("2026-01-01 10:00:12", 1_767_261_612_000),
            ("2024-02-29 23:59:59", 1_709_251_199_000), ("2000-03-01 00:00:00", 951_868_800_000),
            ("2026-12-31 23:59:59", 1_798_761_599_000),
        ])
    func times(_ text: String, _ milliseconds: Int64) {
        #expect(CommerceTime.parse(text) == Timestamp(millisecondsSince1970: milliseconds))
    }

    @Test(
        "what is no time of Commerce is none",
        arguments: [
            "", "2026-01-01", "2026-01-01T10:00:12", "2026-13-01 10:00:12", "2026-01-01 24:00:00",
            "2026-01-01 10:00:60",
            "2026-00-01 10:00:12", "0000-00-00 00:00:00", "2026-01-01 10:00:1x", "2026-01-01 10:00:12Z",
            "２０２６-01-01 10:00:12",
        ])
    func noTimes(_ text: String) { #expect(CommerceTime.parse(text) == nil) }

    @Test("an order's number and ids are found in every shape", arguments: rows)
    func reads(_ row: Row) throws {
        #expect(try WebhookReader.readOrder(Array(row.body.utf8)) == row.notice)
    }

    @Test("door and flow read the same number from the same body", arguments: rows)
    func agrees(_ row: Row) throws {
        let root = try JSONValue.parse(Array(row.body.utf8))
        let order = try CommerceOrder.order(in: JSONNode(value: root))
        #expect(try order["increment_id"].text() == row.notice.incrementID)
    }

    static let expected = "the order's number as text of 1 to 50 characters"
    static let refused: [(String, WebhookError)] = [
        ("{}", .noOrder), ("[]", .noOrder), ("42", .noOrder), (#"{"order":[]}"#, .noOrder),
        (#"{"order":"x"}"#, .noOrder),
        (#"{"data":{"product":{"sku":"A"}}}"#, .noOrder), (#"{"data":{"order":null}}"#, .noOrder),
        (
            #"{"data":{"order":{}}}"#,
            .unusableField(path: "data.order.increment_id", found: "nothing", expected: expected)
        ),
        (
            #"{"order":{"increment_id":""}}"#,
            .unusableField(path: "order.increment_id", found: "an empty text", expected: expected)
        ),
        (
            #"{"order":{"increment_id":null}}"#,
            .unusableField(path: "order.increment_id", found: "nothing", expected: expected)
        ),
        (
            #"{"order":{"increment_id":{"a":[1]}}}"#,
            .unusableField(path: "order.increment_id", found: "an object", expected: expected)
        ),
        (
            #"{"order":{"increment_id":4.2}}"#,
            .unusableField(path: "order.increment_id", found: "the number 4.2", expected: expected)
        ),
        (
            #"{"increment_id":true}"#,
            .unusableField(path: "increment_id", found: "a boolean", expected: expected)
        ),
        (
            #"{"order":{"increment_id":"1\n2"}}"#,
            .unusableField(
                path: "order.increment_id", found: "white space or control characters", expected: expected)
        ),
        (
            #"{"order":{"increment_id":""# + String(repeating: "9", count: 51) + #""}}"#,
            .unusableField(path: "order.increment_id", found: "51 characters", expected: expected)
        ),
        (
            #"{"order":{"increment_id":"1","store_id":"de"}}"#,
            .unusableField(
                path: "order.store_id", found: "the text \"de\"", expected: "a whole number or nothing")
        ),
        (
            #"{"order":{"increment_id":"1","entity_id":4.5}}"#,
            .unusableField(
                path: "order.entity_id", found: "the number 4.5", expected: "a whole number or nothing")
        ),
    ]

    @Test("a body without a usable order is refused, naming the path", arguments: refused)
    func refuses(_ body: String, _ error: WebhookError) {
        #expect(throws: error) { try WebhookReader.readOrder(Array(body.utf8)) }
    }

    static let broken = [
        "", " ", "\u{FEFF}{}", "nul", "NaN", "01", "1.", ".5", "'a'", "\"a", "\"\\x\"", "\"\\ud83d\"", "\"a\nb\"",
        "[", "[1,]",
        "[1}", "{", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":1]", "[]]", "{} x", "// a\n{}", "é",
    ]

    static let malformed = broken.flatMap {
        [
            $0, #"{"order":{"increment_id":"1"},"x":["# + $0,
            #"{"order":{"increment_id":"1"}} "# + ($0.isEmpty ? "x" : $0) + "x",
        ]
    }

    @Test("what is no JSON is refused as malformed, wherever it is broken", arguments: malformed)
    func refusesMalformed(_ body: String) {
        #expect {
            try WebhookReader.readOrder(Array(body.utf8))
        } throws: { error in
            if case .malformedJSON = error as? WebhookError { true } else { false }
        }
    }

    @Test("a hundred thousand brackets are refused like any other malformed body")
    func survivesDepth() {
        for open in ["[", "{\"order\":", "{\"data\":{\"order\":["] {
            let bomb = Array(String(repeating: open, count: 100_000).utf8)
            #expect(throws: WebhookError.self) { try WebhookReader.readOrder(bomb) }
        }
    }

    @Test("the same bytes have one key, a changed order another, and the subject stays")
    func keys() throws {
        let pending = Array(#"{"order":{"increment_id":"000000042","status":"pending"}}"#.utf8)
        let processing = Array(#"{"order":{"increment_id":"000000042","status":"processing"}}"#.utf8)
        let first = try WebhookReader.readOrder(pending)
        let second = try WebhookReader.readOrder(processing)
        let key = first.dedupKey(bodyDigest: SHA256.hash(pending))
        #expect(first.subject == "order 000000042")
        #expect(second.subject == first.subject)
        #expect(key == first.dedupKey(bodyDigest: SHA256.hash(pending)))
        #expect(key != second.dedupKey(bodyDigest: SHA256.hash(processing)))
        #expect(key.hasPrefix("order 000000042 "))
        #expect(key.count == "order 000000042 ".count + 64)
    }
}

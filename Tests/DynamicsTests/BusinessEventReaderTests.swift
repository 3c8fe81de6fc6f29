import Dynamics
import Relay
import Testing

@Suite("Reading flat business events")
struct BusinessEventReaderTests {
    private typealias Fixtures = BusinessEventFixtures

    @Test(
        "An invoice event is known by its id, kept in order with its sales order, and recognised when it comes twice")
    func invoice() throws {
        let event = try BusinessEventReader.read(Fixtures.invoicePosted())
        #expect(
            event
                == IncomingBusinessEvent(
                    id: "SalesInvoicePostedBusinessEvent", legalEntity: "usmf",
                    dedupKey: "SalesInvoicePosted usmf/CIV-000781",
                    subjectHint: "sales order usmf/SO-004512", isTest: false, controlNumber: 5_637_912_077,
                    occurredAt: Timestamp(millisecondsSince1970: 1_767_261_612_447),
                    searchKeys: [
                        SearchKey(.invoice, "CIV-000781", in: "usmf"), SearchKey(.order, "SO-004512", in: "usmf"),
                        SearchKey(.customer, "C-100042", in: "usmf"),
                    ]))
    }

    @Test("The test event that D365 sends when an endpoint is saved is recognised, with its smallest control number")
    func testEvent() throws {
        let event = try BusinessEventReader.read(
            Array(
                """
                { "BusinessEventId": "BusinessEventsTestEndpointContract", "BusinessEventLegalEntity": "usmf",
                  "ControlNumber": -9223372036854775808, "EventId": "5D3E0C77-3B0F-4D9C-A2E6-0C1B7B1F6C31" }
                """.utf8))
        #expect(event.isTest)
        #expect(event.controlNumber == .min)
        #expect(event.occurredAt == nil)
        #expect(
            event.subjectHint == "BusinessEventsTestEndpointContract 5D3E0C77-3B0F-4D9C-A2E6-0C1B7B1F6C31")
    }

    struct Variant: CustomTestStringConvertible {
        let testDescription: String
        var changes: [String: String?]
        var expected: @Sendable (IncomingBusinessEvent) -> Bool
    }

    static let variants: [Variant] = [
        Variant(testDescription: "null parents", changes: ["ParentContextRecordSubjects": "null"]) { _ in true },
        Variant(testDescription: "no ISO time: the whole seconds of EventTime", changes: ["EventTimeIso8601": nil]) {
            $0.occurredAt == Timestamp(millisecondsSince1970: 1_767_261_612_000)
        },
        Variant(testDescription: "no time at all", changes: ["EventTimeIso8601": nil, "EventTime": nil]) {
            $0.occurredAt == nil
        },
        Variant(
            testDescription: "the empty date is no time",
            changes: ["EventTimeIso8601": "null", "EventTime": #""/Date(-2208988800000)/""#]
        ) { $0.occurredAt == nil },
        Variant(
            testDescription: "a time with an offset is the same moment",
            changes: ["EventTimeIso8601": #""2026-01-01T11:00:12.447+01:00""#]
        ) { $0.occurredAt == Timestamp(millisecondsSince1970: 1_767_261_612_447) },
        Variant(
            testDescription: "GUID in lower case",
            changes: ["BusinessEventId": #""My""#, "EventId": #""a1c0d4b2-7e35-4b0e-9c55-2f1b6e0d7a90""#]
        ) {
            $0.dedupKey == "A1C0D4B2-7E35-4B0E-9C55-2F1B6E0D7A90"
        },
        Variant(
            testDescription: "no EventId: the control number takes its place",
            changes: ["BusinessEventId": #""My""#, "EventId": nil]
        ) { $0.dedupKey == "My:usmf:5637912077" },
        Variant(
            testDescription: "the invoice once more, as another event",
            changes: ["EventId": #""7A0B1C1E-0000-4000-8000-000000000001""#, "ControlNumber": "7"]
        ) { $0.dedupKey == "SalesInvoicePosted usmf/CIV-000781" },
        Variant(
            testDescription: "a free text invoice with the same number",
            changes: ["BusinessEventId": #""CustFreeTextInvoicePostedBusinessEvent""#, "SalesOrderId": nil]
        ) { $0.dedupKey == "CustFreeTextInvoicePosted usmf/CIV-000781" && $0.subjectHint == $0.dedupKey },
        Variant(testDescription: "an invoice without a number", changes: ["InvoiceId": #""""#]) {
            $0.dedupKey == "A1C0D4B2-7E35-4B0E-9C55-2F1B6E0D7A90"
        },
        Variant(
            testDescription: "no company on the event: the contract's", changes: ["BusinessEventLegalEntity": #""""#]
        ) {
            $0.legalEntity == "usmf"
        },
        Variant(
            testDescription: "an event without a company",
            changes: ["BusinessEventLegalEntity": nil, "LegalEntity": nil]
        ) { $0.legalEntity == nil && $0.subjectHint.hasPrefix("SalesInvoicePostedBusinessEvent A1C0") },
        Variant(testDescription: "an invoice for several orders", changes: ["SalesOrderId": #""""#]) {
            $0.subjectHint == "SalesInvoicePosted usmf/CIV-000781"
        },
        Variant(testDescription: "an event of the customer's own", changes: ["BusinessEventId": #""MyShippedEvent""#])
        {
            $0.id == "MyShippedEvent" && $0.subjectHint == "sales order usmf/SO-004512"
                && $0.dedupKey == "A1C0D4B2-7E35-4B0E-9C55-2F1B6E0D7A90"
        },
        Variant(
            testDescription: "an event of one's own about a customer",
            changes: ["BusinessEventId": #""MyCustomer""#, "SalesOrderId": nil, "CustomerAccount": #""C-1""#]
        ) {
            $0.subjectHint == "customer usmf/C-1" && $0.searchKeys.contains(SearchKey(.customer, "C-1", in: "usmf"))
        },
        Variant(
            testDescription: "an event of one's own about nothing that we know",
            changes: ["BusinessEventId": #""My""#, "SalesOrderId": "7"]
        ) { $0.subjectHint == "My A1C0D4B2-7E35-4B0E-9C55-2F1B6E0D7A90" },
    ]

    @Test("What differs between versions and adapters is understood", arguments: variants)
    func variant(_ row: Variant) throws {
        #expect(row.expected(try BusinessEventReader.read(Fixtures.invoicePosted(row.changes))))
    }

    static let bad: [(String, [String: String?])] = [
        ("EventId is missing; expected the event's GUID.", ["EventId": nil, "ControlNumber": nil]),
        ("EventId is missing; expected the event's GUID.", ["EventId": #""""#, "ControlNumber": "null"]),
        ("EventId is the number 7; expected a string.", ["EventId": "7"]),
        ("ControlNumber is \"12\"; expected a whole number of 64 bits.", ["ControlNumber": #""12""#]),
        (
            "ControlNumber is the number 9223372036854775808; expected a whole number of 64 bits.",
            ["ControlNumber": "9223372036854775808"]
        ),
        ("ControlNumber is the number 1.5; expected a whole number of 64 bits.", ["ControlNumber": "1.5"]),
        ("BusinessEventId is true; expected the name of the event's class.", ["BusinessEventId": "true"]),
        (
            "EventTimeIso8601 is \"yesterday\";"
                + " expected /Date(milliseconds since 1970)/ or an ISO 8601 time with its offset.",
            ["EventTimeIso8601": #""yesterday""#]
        ),
        ("BusinessEventLegalEntity is a list of 1; expected a string.", ["BusinessEventLegalEntity": #"["usmf"]"#]),
        ("SalesOrderId is an object of 0; expected a string.", ["SalesOrderId": "{}"]),
    ]

    @Test("A field that cannot be read is named, with what was expected of it", arguments: bad)
    func badField(_ message: String, _ changes: [String: String?]) {
        #expect {
            try BusinessEventReader.read(Fixtures.invoicePosted(changes))
        } throws: {
            "\($0)" == message && ($0 as? any DeliveryFault)?.failureKind == .validation
        }
    }

    @Test(
        "What is not JSON is told apart from JSON of the wrong shape",
        arguments: [
            ("", BusinessEventError.malformedJSON("the text ends too early at byte 0")),
            ("{", .malformedJSON("the text ends too early at byte 1")),
            (#"{"BusinessEventId": "X"} x"#, .malformedJSON("something follows the value at byte 25")),
            ("[]", .unknownShape(found: "a list of 0")), ("42", .unknownShape(found: "the number 42")),
            ("{}", .unknownShape(found: "an object with neither")),
            (#"{"BusinessEventId": null}"#, .unknownShape(found: "an object with neither")),
        ])
    func notAnEvent(_ body: String, _ error: BusinessEventError) {
        #expect(throws: error) { try BusinessEventReader.read(Array(body.utf8)) }
    }

    @Test("A byte order mark in front is accepted")
    func byteOrderMark() throws {
        let event = try BusinessEventReader.read([0xEF, 0xBB, 0xBF] + Fixtures.invoicePosted())
        #expect(event.legalEntity == "usmf")
    }
}

import Foundation
import Testing

@testable import Dynamics

@Suite("Events by Azure Event Grid")
struct GridEventTests {
    private static let topic = "/subscriptions/1/topics/d365-events"
    private static let event = String(decoding: BusinessEventFixtures.invoicePosted(), as: UTF8.self)
    /// The event as a JSON string.
    private static let text = String(
        decoding: (try? JSONEncoder().encode(event)) ?? Data(), as: UTF8.self)

    private static func grid(_ data: String, id: String = "A1", type: String = "SalesInvoicePostedBusinessEvent")
        -> String
    {
        """
        {"id":"\(id)","topic":"\(topic)","subject":"usmf","eventType":"\(type)",\
        "eventTime":"2026-01-01T10:00:12.4471205Z","dataVersion":"1.0","metadataVersion":"1","data":\(data)}
        """
    }

    private static func cloud(_ data: String) -> String {
        """
        {"specversion":"1.0","id":"A1","source":"\(topic)","type":"SalesInvoicePostedBusinessEvent",\
        "subject":"usmf","time":"2026-01-01T10:00:12.4471205Z","datacontenttype":"application/json",\(data)}
        """
    }

    struct Wrapping: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let body: String
    }

    static let wrappings = [
        Wrapping(testDescription: "Event Grid's schema, a text in it", body: "[\(grid(text))]"),
        Wrapping(testDescription: "Event Grid's schema, an object in it", body: "[ \(grid(event)) ]"),
        Wrapping(testDescription: "one CloudEvent", body: cloud("\"data\": \(event)")),
        Wrapping(testDescription: "one CloudEvent with a text", body: cloud("\"data\":\(text)")),
        Wrapping(
            testDescription: "one CloudEvent with bytes",
            body: cloud("\"data_base64\":\"\(Data(event.utf8).base64EncodedString())\"")),
        Wrapping(testDescription: "a batch of CloudEvents", body: "[\(cloud("\"data\":\(event)"))]"),
        Wrapping(testDescription: "with a byte order mark", body: "\u{FEFF}[\(grid(event))]"),
    ]

    @Test(
        "a business event is unwrapped to the bytes that F&O wrote, and is the same as without Event Grid",
        arguments: wrappings)
    func unwrapped(_ row: Wrapping) throws {
        let events = try GridEvent.read(Array(row.body.utf8))
        #expect(events.count == 1 && events.first?.topic == Self.topic && events.first?.id == "A1")
        let stored = try #require(events.first?.stored)
        #expect(stored.body == BusinessEventFixtures.invoicePosted())
        #expect(try stored.event == BusinessEventReader.read(BusinessEventFixtures.invoicePosted()))
    }

    @Test("a batch keeps its sequence")
    func batch() throws {
        let body = "[\(Self.grid(Self.event, id: "1")),\(Self.grid(Self.text, id: "2"))]"
        #expect(try GridEvent.read(Array(body.utf8)).map(\.id) == ["1", "2"])
        #expect(try GridEvent.read(Array("[]".utf8)).isEmpty)
    }

    @Test("an event of another sender is kept whole", arguments: ["{}", "null", "7", "\"no JSON\"", "[1]"])
    func stranger(data: String) throws {
        let body = Self.grid(data, type: "Contoso.Something")
        let stored = try #require(try GridEvent.read(Array("[\(body)]".utf8)).first?.stored)
        #expect(stored.event.id == "Contoso.Something" && stored.event.subjectHint == "Contoso.Something A1")
        #expect(stored.event.dedupKey.contains("A1") && stored.event.dedupKey.contains(Self.topic))
        #expect(stored.body == Array(body.utf8) && !stored.event.isTest)
    }

    @Test("the question whether the address wants the events is told from events")
    func validation() throws {
        let question = Self.grid(
            #"{"validationCode":"512d38b6","validationUrl":"https://x"}"#, type: GridEvent.validationType)
        #expect(try GridEvent.read(Array("[\(question)]".utf8)).first?.validationCode == "512d38b6")
        let other = Self.grid(#"{"validationCode":"512d38b6"}"#)
        #expect(try GridEvent.read(Array("[\(other)]".utf8)).first?.validationCode == nil)
    }

    @Test(
        "what is no event is refused with its place",
        arguments: [
            ("{", "JSON"), ("[1]", "[0]"), ("[{}]", "[0].id"), (#"[{"id":"1"}]"#, "[0].topic"),
            (#"[{"id":"1","topic":"t"}]"#, "[0].eventType"), (#"{"specversion":"1.0","id":"1"}"#, "[0].source"),
            (#"[{"id":"1","topic":"t","eventType":"e","data":1,"data":2}]"#, "stands twice"),
            (#"[{"id":7,"topic":"t","eventType":"e"}]"#, "[0].id"), ("\"text\"", "[0]"),
        ])
    func refused(body: String, named: String) {
        let error = #expect(throws: BusinessEventError.self) { try GridEvent.read(Array(body.utf8)) }
        #expect(error?.description.contains(named) == true, "\(String(describing: error))")
    }

    @Test("a list that is longer than any of Event Grid's is refused")
    func endless() {
        let body = "[\(Array(repeating: "{}", count: GridEvent.mostEvents + 1).joined(separator: ","))]"
        #expect(throws: BusinessEventError.self) { try GridEvent.read(Array(body.utf8)) }
    }
}

@Suite("Data events that lost their row on the way")
struct CutDataEventTests {
    private static let row = "7e1f2a00-0000-4000-8000-000000000001"

    private func body(id: String) -> [UInt8] {
        Array(
            """
            {"MessageName":"Update","PrimaryEntityName":"account","PrimaryEntityId":"\(id)",\
            "OperationCreatedOn":"/Date(1767261612000+0000)/","CorrelationId":"0B7D5A3E-58D8-4C0F-9F7A-1F2F0E9A7C11"}
            """.utf8)
    }

    @Test("are known by the row's id, and say that it has to be read")
    func cut() throws {
        let event = try BusinessEventReader.read(body(id: Self.row), wasCut: true)
        #expect(event.id == "Update:account" && event.subjectHint == "account \(Self.row)" && event.lacksRow)
        #expect(try BusinessEventReader.read(body(id: Self.row)) == event)
    }

    @Test("are kept with what is known, if that is not even an id; without the header they are refused")
    func nothingLeft() throws {
        let zero = "00000000-0000-0000-0000-000000000000"
        let event = try BusinessEventReader.read(body(id: zero), wasCut: true)
        #expect(event.subjectHint == "account 0b7d5a3e-58d8-4c0f-9f7a-1f2f0e9a7c11" && event.lacksRow)
        #expect(throws: BusinessEventError.self) { try BusinessEventReader.read(body(id: zero)) }
    }

    @Test("differ from those that have it")
    func whole() throws {
        let whole = BusinessEventFixtures.updatedCustomer()
        #expect(try !BusinessEventReader.read(whole).lacksRow)
    }
}

import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Testing

@testable import Dynamics

private func operations() throws -> [ODataBatchPart] {
    let customer = try ODataKey(["dataAreaId": "usmf", "CustomerAccount": "C-1"])
    return [
        .changeSet([
            try .create("SalesOrderHeadersV2", NewThing(Name: "WEB-000123")),
            try .update(
                "CustomersV3", key: customer, NewThing(Name: "A", Price: Decimal(string: "49.90")),
                if: .unchanged(#"W/"JzAs1,1""#)),
        ]),
        .read(ODataBatchRead("Things", ODataQuery<ThingRow>(where: try .eq("Name", "A")))),
        .changeSet([.delete("Things", key: try ODataKey(["Name": "B"]), if: .exists)]),
    ]
}

/// Two change sets, of two operations and of one.
private func twoSets() throws -> [ODataBatchPart] {
    let creates = try ["A", "B", "C"].map { try ODataChange.create("Things", NewThing(Name: $0)) }
    return [.changeSet(Array(creates[..<2])), .changeSet([creates[2]])]
}

private func answer(
    _ body: String, type: String = "multipart/mixed; boundary=batchresponse_1"
) -> ScriptedTransport.Reply {
    .answer(200, body, [.contentType: type])
}

private func outcomes(_ reply: ScriptedTransport.Reply) async throws -> [Result<[ODataBatchAnswer], ODataFault>] {
    try await odata(ScriptedTransport(reply)).batch(try twoSets())
}

private func refusal(in result: Result<[ODataBatchAnswer], ODataFault>) -> ODataFault? {
    if case .failure(let fault) = result { fault } else { nil }
}

@Suite("Writing a batch")
struct ODataBatchBodyTests {
    @Test("Is byte for byte what F&O documents: line ends, Content-IDs, change sets, inner requests")
    func bytes() throws {
        let body = ODataBatchBody(parts: try operations(), mark: "7f")
        #expect(String(decoding: body.bytes, as: UTF8.self) == BatchFixture.orderWithLine)
        #expect(body.boundary == "batch_7f")
    }

    @Test("Goes to $batch, in one call, under a boundary that its content type names")
    func request() async throws {
        let transport = ScriptedTransport(answer(BatchFixture.oneChangeSetFails))
        _ = try await odata(transport).batch(try twoSets())
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "https://contoso.operations.dynamics.com/data/$batch")
        let boundary = try #require(Multipart.boundary(request.headers[.contentType]))
        #expect(request.text?.hasPrefix("--\(boundary)\r\n") == true)
        #expect(request.text?.hasSuffix("--\(boundary)--\r\n") == true)
        #expect(request.headers[.accept] == "multipart/mixed")
        #expect(request.headers[.authorization] == "Bearer token 1")
        #expect(request.headers[try #require(HTTPField.Name("Prefer"))] == "odata.continue-on-error")
    }

    @Test("Is not sent if it has more operations or bytes than a batch may have")
    func limits() async throws {
        let transport = ScriptedTransport()
        let few = odata(transport, limits: ODataLimits(maxBatchOperations: 2))
        #expect(
            await fault { try await few.batch(try twoSets()) }
                == .batchTooLarge(ODataCall(method: "POST", entitySet: "$batch"), "3 operations", limit: "2"))
        let small = odata(transport, limits: ODataLimits(maxBatchBytes: 100))
        let tooLong = await fault { try await small.batch(try twoSets()) }
        #expect(tooLong?.reason.code == "d365-batch-too-large")
        #expect(tooLong?.failureKind == .validation)
        #expect(transport.requests.isEmpty)
    }

    @Test("Is not sent if nothing is to be done")
    func empty() async throws {
        let transport = ScriptedTransport()
        #expect(try await odata(transport).changeSet([]).isEmpty)
        #expect(transport.requests.isEmpty)
    }

    @Test("Is not sent with a person's correction, which is for one record")
    func patched() async throws {
        let transport = ScriptedTransport()
        let refused = await RecordPatch.$current.withValue(Array("{}".utf8)) {
            await fault { try await odata(transport).batch(try twoSets()) }
        }
        #expect(refused?.reason.code == "d365-unencodable")
        #expect(transport.requests.isEmpty)
    }
}

@Suite("Reading the answer to a batch")
struct ODataBatchReaderTests {
    static let created = [
        BatchFixture.answer("201 Created", #"{"Name":"A","Price":0.1}"#, contentID: 1),
        BatchFixture.answer("201 Created", #"{"Name":"B"}"#, contentID: 2),
        BatchFixture.answer("201 Created", #"{"Name":"C"}"#, contentID: 3),
    ]
    static let last = BatchFixture.changeSet(created[2], boundary: "c2")

    struct Body: CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var type = "multipart/mixed; boundary=batchresponse_1"

        init(_ description: String, _ body: String, type: String = "multipart/mixed; boundary=batchresponse_1") {
            (testDescription, self.body, self.type) = (description, body, type)
        }
    }

    static let wholeAnswers: [Body] = [
        Body("in order", BatchFixture.batch(BatchFixture.changeSet(created[0], created[1]), last)),
        Body("answers swapped", BatchFixture.batch(BatchFixture.changeSet(created[1], created[0]), last)),
        Body(
            "without Content-IDs",
            BatchFixture.batch(BatchFixture.changeSet(created[0], created[1]), last)
                .replacing("Content-ID: 1\r\n", with: "").replacing("Content-ID: 2\r\n", with: "")
                .replacing("Content-ID: 3\r\n", with: "")),
        Body(
            "a single operation answered without a change set",
            BatchFixture.batch(BatchFixture.changeSet(created[0], created[1]), created[2])),
        Body(
            "quoted boundary, other case",
            BatchFixture.batch(
                BatchFixture.changeSet(created[0], created[1])
                    .replacing("boundary=changesetresponse_1", with: #"Boundary="changesetresponse_1""#), last),
            type: #"Multipart/Mixed; charset=x; boundary="batchresponse_1""#),
        Body(
            "text before the first and after the last part",
            "preamble\r\n" + BatchFixture.batch(BatchFixture.changeSet(created[0], created[1]), last) + "rest"),
        Body(
            "no line end after the last boundary",
            String(BatchFixture.batch(BatchFixture.changeSet(created[0], created[1]), last).dropLast(1))),
    ]

    @Test("Rows come in the order of the operations, however the answer is built", arguments: wholeAnswers)
    func rows(_ row: Body) async throws {
        let results = try await outcomes(answer(row.body, type: row.type))
        let rows = try results.map { try $0.get().map { try $0.row(as: ThingRow.self) } }
        #expect(
            rows == [
                [ThingRow(Name: "A", Price: Decimal(string: "0.1")), ThingRow(Name: "B")], [ThingRow(Name: "C")],
            ])
    }

    @Test("A change set that fails names the operation, and the one after it has its own outcome")
    func mixed() async throws {
        let results = try await outcomes(answer(BatchFixture.oneChangeSetFails))
        let fault = try #require(refusal(in: results[0]))
        #expect(
            fault
                == .validation(
                    ODataCall(method: "POST", entitySet: "Things", place: "operation 2 of 2"),
                    sentences: ["Inventory dimension Site is mandatory and must consequently be specified."]))
        #expect(fault.reason.message.hasPrefix("D365 refused POST Things (operation 2 of 2): Inventory dimension"))
        #expect(try results[1].get().map(\.status) == [201])
    }

    struct Refusal: CustomTestStringConvertible {
        let testDescription: String
        let part: String
        let place: String?
        let entitySet: String
        let code: String
    }

    @Test(
        "A refused change set is refused as a whole, whatever the shape of the refusal",
        arguments: [
            Refusal(
                testDescription: "alone, without a number",
                part: BatchFixture.answer("500 Internal Server Error", ODataFixture.siteIsMandatory),
                place: "2 operations on Things", entitySet: "$batch", code: "d365-validation"),
            Refusal(
                testDescription: "alone, with a number",
                part: BatchFixture.answer("400 Bad Request", ODataFixture.siteIsMandatory, contentID: 1),
                place: "operation 1 of 2", entitySet: "Things", code: "d365-validation"),
            Refusal(
                testDescription: "after a good answer, by its place",
                part: BatchFixture.changeSet(
                    BatchFixture.answer("201 Created", "{}"), BatchFixture.answer("404 Not Found", "{}")),
                place: "operation 2 of 2", entitySet: "Things", code: "d365-not-found"),
            Refusal(
                testDescription: "stale",
                part: BatchFixture.changeSet(BatchFixture.answer("412 Precondition Failed", "{}", contentID: 2)),
                place: "operation 2 of 2", entitySet: "Things", code: "d365-stale"),
            Refusal(
                testDescription: "conflict",
                part: BatchFixture.changeSet(
                    BatchFixture.answer("500 Oops", ODataFixture.updateConflict, contentID: 1)),
                place: "operation 1 of 2", entitySet: "Things", code: "d365-conflict"),
            Refusal(
                testDescription: "throttled",
                part: BatchFixture.changeSet(BatchFixture.answer("429 Too Many Requests", "", contentID: 1)),
                place: "operation 1 of 2", entitySet: "Things", code: "d365-throttled"),
            Refusal(
                testDescription: "a number that is none of its own",
                part: BatchFixture.changeSet(BatchFixture.answer("400 Bad Request", "{}", contentID: 9)),
                place: "2 operations on Things", entitySet: "$batch", code: "d365-rejected"),
        ])
    func refused(_ row: Refusal) async throws {
        let results = try await outcomes(answer(BatchFixture.batch(row.part, Self.last)))
        let fault = try #require(refusal(in: results[0]))
        #expect(fault.reason.code == row.code)
        #expect(fault.reason.message.contains("\(row.entitySet) (\(row.place ?? ""))") || row.code == "d365-stale")
        #expect(try results[1].get().count == 1)
    }

    static let brokenAnswers: [Body] = [
        Body("nothing", ""), Body("no multipart", "{}", type: "application/json"),
        Body("no boundary", BatchFixture.batch(last), type: "multipart/mixed"),
        Body("another boundary", BatchFixture.batch(last), type: "multipart/mixed; boundary=other"),
        Body(
            "a boundary that is too long", BatchFixture.batch(last),
            type: "multipart/mixed; boundary=" + String(repeating: "b", count: 71)),
        Body("too few operations", BatchFixture.batch(BatchFixture.changeSet(created[0]), last)),
        Body(
            "too many operations",
            BatchFixture.batch(BatchFixture.changeSet(created[0], created[1], created[2]), last)),
        Body("one answer for two", BatchFixture.batch(created[0], last)),
        Body(
            "cut off in the change set",
            String(BatchFixture.batch(BatchFixture.changeSet(created[0], created[1])).prefix(420))),
        Body(
            "bare line feeds",
            BatchFixture.batch(BatchFixture.changeSet(created[0], created[1]), last).replacing("\r\n", with: "\n")),
        Body(
            "an unreadable answer",
            BatchFixture.batch(
                BatchFixture.changeSet(created[0], created[1].replacing("HTTP/1.1 201", with: "HTTP/2 abc")), last)),
    ]

    @Test("An answer that lacks a part leaves open whether the writes happened", arguments: brokenAnswers)
    func unclear(_ row: Body) async throws {
        let results = try await outcomes(answer(row.body, type: row.type))
        let fault = try #require(refusal(in: results[0]))
        #expect(fault.failureKind == .unclearOutcome, "\(fault)")
        #expect(results.count == 2)
    }

    @Test("A part that cannot be read is nobody else's answer")
    func unreadablePart() async throws {
        let unreadable = "no header\r\n"
        let good = BatchFixture.changeSet(Self.created[0], Self.created[1])
        let first = try await outcomes(answer(BatchFixture.batch(unreadable, Self.last)))
        #expect(refusal(in: first[0])?.failureKind == .unclearOutcome)
        #expect(try first[1].get().count == 1)
        let second = try await outcomes(answer(BatchFixture.batch(good, unreadable)))
        #expect(try second[0].get().count == 2)
        #expect(refusal(in: second[1])?.failureKind == .unclearOutcome)
    }

    @Test("A change set whose closing boundary is missing was not answered to the end")
    func openChangeSet() async throws {
        let open = BatchFixture.changeSet(Self.created[0], Self.created[1])
            .replacing("--changesetresponse_1--\r\n", with: "")
        let results = try await outcomes(answer(BatchFixture.batch(open, Self.last)))
        #expect(refusal(in: results[0])?.failureKind == .unclearOutcome)
    }

    @Test("Reads have their rows or their own fault; one that is missing is asked for again")
    func reads() async throws {
        let read = ODataBatchPart.read(ODataBatchRead("Things", ODataQuery<ThingRow>()))
        let body = BatchFixture.batch(
            BatchFixture.answer("200 OK", ODataFixture.page("A")), BatchFixture.answer("404 Not Found", "{}"))
        let results = try await odata(ScriptedTransport(answer(body))).batch([read, read, read])
        #expect(try results[0].get().first?.page(as: ThingRow.self).rows.map(\.Name) == ["A"])
        #expect(refusal(in: results[1]) == .notFound(ODataCall(method: "GET", entitySet: "Things")))
        #expect(refusal(in: results[2])?.failureKind == .unreadable)
    }

    @Test("A batch that is refused as a whole is refused for its own reason", arguments: [400, 403, 404, 429, 503])
    func whole(_ status: Int) async throws {
        let reply = ScriptedTransport.Reply.answer(status, "{}")
        let fault = await fault { try await outcomes(reply) }
        #expect(fault != nil)
        #expect(fault?.failureKind != .unclearOutcome)
    }

    @Test("A batch without an answer may have happened; a refused token is renewed, since nothing has")
    func lost() async throws {
        let lost = await fault { try await outcomes(.failure(.interrupted("c:443"))) }
        #expect(lost?.failureKind == .unclearOutcome)
        let transport = ScriptedTransport(.answer(401), answer(BatchFixture.oneChangeSetFails))
        _ = try await odata(transport).batch(try twoSets())
        #expect(transport.requests[0].body == transport.requests[1].body)
    }

    @Test("The audit trail holds each operation and each answer as JSON, in which names can be hidden")
    func trail() async throws {
        let trail = Trail(redactor: EverythingRedactor())
        try await Trail.$current.withValue(trail) {
            _ = try await outcomes(answer(BatchFixture.oneChangeSetFails))
        }
        let exchange = try #require(trail.exchanges.first)
        #expect(exchange.target == "/data/$batch")
        #expect(
            exchange.sent
                == #"[{"method":"POST","target":"Things","body":{"Name":"A"}},"#
                + #"{"method":"POST","target":"Things","body":{"Name":"B"}},"#
                + #"{"method":"POST","target":"Things","body":{"Name":"C"}}]"#)
        #expect(exchange.received?.hasPrefix(#"[{"status":400,"body":{"error":"#) == true)
        #expect(exchange.received?.hasSuffix(#"{"status":201,"body":{"Name":"C"}}]"#) == true)
    }
}

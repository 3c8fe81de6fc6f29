import Dynamics
import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Testing

private let base = "https://contoso.operations.dynamics.com/data"
private let row = #"{"@odata.etag":"W/\"v1\"","Name":"A","Price":1}"#

private struct Changes: Encodable, Sendable {
    var Price: Decimal?
}

@Suite("Changing and deleting rows")
struct ODataWritingTests {
    private func key() throws -> ODataKey { try ODataKey(["Name": "A"]) }

    @Test(
        "A change sends what changes, and names the version that it is for; 204 and 200 both mean that it is done",
        arguments: [204, 200])
    func update(_ status: Int) async throws {
        let transport = ScriptedTransport(.answer(200, row), .answer(status, status == 200 ? row : ""))
        let client = odata(transport)
        let found: ODataTagged<ThingRow> = try #require(try await client.taggedRow("Things", key: key()))
        #expect(found.row == ThingRow(Name: "A", Price: 1))
        #expect(found.etag == #"W/"v1""#)
        try await client.update("Things", key: key(), Changes(Price: Decimal(string: "0.10")), if: found.unchanged)
        let request = try #require(transport.requests.last)
        #expect(request.method == .patch)
        #expect(request.url == "\(base)/Things(Name='A')?cross-company=true")
        #expect(request.text == #"{"Price":0.1}"#)
        #expect(request.headers[.ifMatch] == #"W/"v1""#)
        #expect(request.headers[.contentType] == "application/json")
        #expect(request.timeout == .seconds(60))
    }

    @Test("A row that somebody else changed is not overwritten, which is a fault of its own")
    func stale() async throws {
        let transport = ScriptedTransport(.answer(412, "{}"))
        let fault = await fault {
            try await odata(transport).update("Things", key: key(), Changes(Price: 2), if: .unchanged("x"))
        }
        #expect(fault == .stale(ODataCall(method: "PATCH", entitySet: "Things", key: "(Name='A')")))
        #expect(fault?.reason.message.contains("PATCH Things(Name='A')") == true)
    }

    @Test("A decision is made anew on the row as it is after somebody changed it")
    func revise() async throws {
        let changed = #"{"@odata.etag":"W/\"v2\"","Name":"A","Price":5}"#
        let transport = ScriptedTransport(
            .answer(200, row), .answer(412, "{}"), .answer(200, changed), .answer(204))
        let decided = try await odata(transport).revise("Things", key: key(), as: ThingRow.self) { row in
            Changes(Price: (row.Price ?? 0) + 1)
        }
        #expect(decided?.Price == 5)
        #expect(transport.requests.map(\.text) == [nil, #"{"Price":2}"#, nil, #"{"Price":6}"#])
        #expect(transport.requests.map { $0.headers[.ifMatch] } == [nil, #"W/"v1""#, nil, #"W/"v2""#])
    }

    @Test("A row that is right, or is not there, is left alone")
    func nothingToRevise() async throws {
        let transport = ScriptedTransport(.answer(200, row), .answer(404))
        let client = odata(transport)
        #expect(try await client.revise("Things", key: key(), as: ThingRow.self) { _ in nil as Changes? } != nil)
        #expect(try await client.revise("Things", key: key(), as: ThingRow.self) { _ in Changes(Price: 1) } == nil)
        #expect(transport.requests.count == 2)
    }

    @Test("A row that changes under every try is given up")
    func hopeless() async throws {
        let transport = ScriptedTransport(
            .answer(200, row), .answer(412), .answer(200, row), .answer(412), .answer(200, row))
        let client = odata(transport, limits: ODataLimits(maxRevisions: 2))
        let fault = await fault {
            try await client.revise("Things", key: key(), as: ThingRow.self) { _ in Changes(Price: 1) }
        }
        #expect(fault?.reason.code == "d365-stale")
        #expect(transport.requests.count == 4)
    }

    @Test("A row is deleted by its key; one that is gone already is told", arguments: [(204, true), (404, false)])
    func delete(_ status: Int, _ wasThere: Bool) async throws {
        let transport = ScriptedTransport(.answer(status))
        #expect(try await odata(transport).delete("Things", key: key(), if: .exists) == wasThere)
        let request = try #require(transport.requests.first)
        #expect(request.method == .delete)
        #expect(request.headers[.ifMatch] == "*")
        #expect(request.headers[.contentType] == nil)
        #expect(request.body == nil)
    }

    @Test("A row without a version is changed if it is there")
    func noETag() async throws {
        let transport = ScriptedTransport(.answer(200, #"{"Name":"A"}"#))
        let found: ODataTagged<ThingRow>? = try await odata(transport).taggedRow("Things", key: key())
        #expect(found?.unchanged == .exists)
    }

    @Test("A change or delete without an answer may have happened", arguments: [true, false])
    func unclear(isDelete: Bool) async throws {
        let client = odata(ScriptedTransport(.failure(.interrupted("c:443"))))
        let fault = await fault {
            if isDelete { return try await client.delete("Things", key: key(), if: .exists) }
            try await client.update("Things", key: key(), Changes(Price: 1), if: .exists)
            return true
        }
        #expect(fault?.failureKind == .unclearOutcome)
    }

    @Test(
        "A refusal names the row and the right that is missing",
        arguments: [(403, "d365-forbidden", "to update"), (404, "d365-not-found", "in that legal entity")])
    func refused(_ status: Int, _ code: String, _ advice: String) async throws {
        let client = odata(ScriptedTransport(.answer(status, "{}")))
        let fault = try #require(
            await fault { try await client.update("Things", key: key(), Changes(Price: 1), if: .exists) })
        #expect(fault.reason.code == code)
        #expect(fault.reason.message.contains("PATCH Things(Name='A')"))
        #expect(fault.reason.advice?.contains(advice) == true)
    }

    @Test("What a person changed of a change is sent")
    func patched() async throws {
        let transport = ScriptedTransport(.answer(204))
        try await RecordPatch.$current.withValue(Array(#"{"Price":110.10}"#.utf8)) {
            try await odata(transport).update("Things", key: key(), Changes(Price: 1), if: .exists)
        }
        #expect(transport.requests.map(\.text) == [#"{"Price":110.10}"#])
    }
}

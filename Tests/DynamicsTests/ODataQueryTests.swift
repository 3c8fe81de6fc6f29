import Dynamics
import Foundation
import HTTPClient
import Relay
import Testing

private let base = "https://contoso.operations.dynamics.com/data"

private struct LineRow: ODataRow, Equatable {
    var Product: String
    static let properties = ["Product"]
}

private struct OrderRow: ODataKeyedRow, Equatable {
    var Number: String
    var Lines: [LineRow]
    static let properties = ["Number"]
    static let key = ["dataAreaId", "Number"]
    static let expansions = [ODataExpansion("Lines", LineRow.self)]
}

@Suite("Queries")
struct ODataQueryTests {
    private func url<Row: ODataRow>(_ query: ODataQuery<Row>) async throws -> String? {
        let transport = ScriptedTransport(.answer(200, #"{"value":[]}"#))
        _ = try await odata(transport).rows("Things", query)
        return transport.requests.first?.url.removingPercentEncoding
    }

    @Test("An order is asked for as it is given")
    func order() async throws {
        let query = ODataQuery<ThingRow>().ordered(by: ODataOrder("Price", descending: true), ODataOrder("Name"))
        #expect(
            try await url(query) == "\(base)/Things?$select=Name,Price&$orderby=Price desc,Name&cross-company=true")
    }

    @Test("A window of a list is cut from a total order: the key ends it, each property once")
    func window() async throws {
        let query = ODataQuery<OrderRow>(where: try .ge("Number", "5"))
            .window(skip: 20, top: 10, by: ODataOrder("Number", descending: true))
        #expect(
            try await url(query)
                == "\(base)/Things?$select=Number&$expand=Lines($select=Product)&$filter=Number ge '5'"
                + "&$orderby=Number desc,dataAreaId&$top=10&$skip=20&cross-company=true")
    }

    @Test("Related rows come with their row")
    func expand() async throws {
        let transport = ScriptedTransport(
            .answer(200, #"{"value":[{"Number":"1","Lines":[{"Product":"A"},{"Product":"B"}]}]}"#))
        let rows: [OrderRow] = try await odata(transport).rows("Things")
        #expect(rows == [OrderRow(Number: "1", Lines: [LineRow(Product: "A"), LineRow(Product: "B")])])
    }

    @Test("The first page says how many there are in all, where that was asked for")
    func countAll() async throws {
        let transport = ScriptedTransport(.answer(200, #"{"@odata.count":31000,"value":[{"Name":"A"}]}"#))
        var pages = odata(transport).pages("Things", ODataQuery<ThingRow>().countingAll()).makeAsyncIterator()
        #expect(try await pages.next()?.total == 31_000)
        #expect(transport.requests.first?.url.contains("$count=true") == true)
    }

    @Test(
        "Rows are counted by a path of its own, with or without a byte order mark", arguments: ["42", "\u{FEFF}42"])
    func count(_ body: String) async throws {
        let transport = ScriptedTransport(.answer(200, body))
        #expect(try await odata(transport).count("Things", where: .eq("A", 1)) == 42)
        #expect(transport.requests.map(\.url) == ["\(base)/Things/$count?$filter=A%20eq%201&cross-company=true"])
    }

    @Test("What is no number of rows is refused", arguments: ["", "-1", "many", "<html>", "1.5"])
    func noCount(_ body: String) async {
        let fault = await fault { try await odata(ScriptedTransport(.answer(200, body))).count("Things") }
        #expect(fault?.failureKind == .unreadable)
    }
}

@Suite("Long lists")
struct ODataStreamingTests {
    @Test("A page is asked for when the one before was dealt with, and not again after the last")
    func oneByOne() async throws {
        let transport = ScriptedTransport(
            .answer(200, ODataFixture.page("A", "B", next: "\(base)/Things?2")),
            .answer(200, ODataFixture.page("C")))
        var names: [[String]] = []
        var asked: [Int] = []
        for try await page in odata(transport).pages("Things", ODataQuery<ThingRow>()) {
            names.append(page.rows.map(\.Name))
            asked.append(transport.requests.count)
        }
        #expect(names == [["A", "B"], ["C"]])
        #expect(asked == [1, 2])
    }

    @Test("A reader that has enough asks for no more")
    func stops() async throws {
        let transport = ScriptedTransport(.answer(200, ODataFixture.page("A", next: "\(base)/Things?2")))
        for try await _ in odata(transport).pages("Things", ODataQuery<ThingRow>()) { break }
        #expect(transport.requests.count == 1)
    }

    @Test("Long lists have a limit of their own, and a failure on a later page is the fault of the list")
    func limits() async throws {
        let replies = (2...4).map {
            ScriptedTransport.Reply.answer(200, ODataFixture.page("A", next: "\(base)/\($0)"))
        }
        let endless = ScriptedTransport(replies[0], replies[1], replies[2])
        let pages = odata(endless, limits: ODataLimits(maxPages: 1, maxStreamedPages: 2))
            .pages("Things", ODataQuery<ThingRow>())
        #expect(
            await fault { for try await _ in pages {} }
                == .tooManyPages(ODataCall(method: "GET", entitySet: "Things"), limit: 2))
        let broken = odata(ScriptedTransport(replies[0], .answer(503, ODataFixture.maintenancePage)))
        let fault = await fault { try await broken.rows("Things", as: ThingRow.self) }
        #expect(fault?.failureKind == .unavailable)
    }
}

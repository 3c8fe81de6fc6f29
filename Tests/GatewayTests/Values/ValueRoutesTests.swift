import HTTPServer
import HTTPTypes
import Mapping
import Relay
import StoreConformance
import Testing

@testable import Gateway

@Suite("Value tables in the operator API")
struct ValueRoutesTests {
    private static let who = OperatorFixture.who
    private static let rows = [
        ValueTableRow(ValueKey(table: "units", key: "kg"), ["SalesUnitSymbol": "KG"]),
        ValueTableRow(ValueKey(table: "units", scope: "usmf", key: "kg"), ["SalesUnitSymbol": "lb"]),
        ValueTableRow(ValueKey(table: "units", key: "pc/s"), ["SalesUnitSymbol": "ea"]),
    ]

    private static func routes(awaited: [AwaitedValue] = []) throws -> RouteFixture {
        try RouteFixture(values: rows, awaited: awaited)
    }

    @Test("are listed with their rows, and with what records wait for")
    func list() async throws {
        let routes = try Self.routes(awaited: [AwaitedValue(name: "units/g/usmf", deliveries: 3)])
        let text = await routes.asOperator(.get, "/values").text
        #expect(text.contains(#"{"deliveries":3,"key":"g","legalEntity":"usmf","table":"units"}"#))
        #expect(
            text.contains(#""columns":["SalesUnitSymbol"],"key":"unit","keysOf":"commerce","name":"units","rows":3"#))
        #expect(text.contains(#""name":"items","rows":0"#))
    }

    @Test("are shown row by row and page by page")
    func rows() async throws {
        let routes = try Self.routes()
        let first = await routes.asOperator(.get, "/values/units", query: "limit=2")
        #expect(first.json("next") == "units/kg/usmf")
        #expect(first.text.contains(#"{"key":"kg","values":{"SalesUnitSymbol":"KG"}}"#))
        #expect(first.text.contains(#"{"key":"kg","legalEntity":"usmf","values":{"SalesUnitSymbol":"lb"}}"#))
        let second = await routes.asOperator(.get, "/values/units", query: "limit=2&after=units%2Fkg%2Fusmf")
        #expect(second.json("next") == nil && second.text.contains(#""rows":[{"key":"pc/s""#))
        let one = await routes.asOperator(.get, "/values/units/pc%2Fs")
        #expect(one.text == #"{"key":"pc/s","values":{"SalesUnitSymbol":"ea"}}"#)
    }

    @Test(
        "are handed out as CSV to who asks for it, by the query or by the header",
        arguments: [("format=csv", "application/json"), ("", "text/csv")])
    func csv(query: String, accept: String) async throws {
        let headers: HTTPFields = [.authorization: "Bearer unguessable-operator-token", .accept: accept]
        let response = try await Self.routes().send(.get, "/operator/v1/values/units", query: query, headers: headers)
        #expect(response.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(response.text == "legalEntity,unit,SalesUnitSymbol\r\n,kg,KG\r\nusmf,kg,lb\r\n,pc/s,ea\r\n")
    }

    @Test("take CSV, rows together or not at all, and release what waited")
    func load() async throws {
        let routes = try Self.routes(awaited: [AwaitedValue(name: "units/g/usmf", deliveries: 3)])
        let csv = "unit,SalesUnitSymbol\nkg,KG\ng,G\n"
        let look = await routes.asOperator(.put, "/values/units", query: "mode=replace&dryRun=true", body: csv)
        let counts = #""added":1,"changed":0,"dryRun":true,"released":0,"removed":2,"table":"units","unchanged":1"#
        #expect(look.text == "{\(counts)}" && routes.valueBook.changes.isEmpty)
        let done = await routes.asOperator(.put, "/values/units", query: "by=anna&why=new+unit", body: csv)
        #expect(
            done.text == #"{"added":1,"changed":0,"released":3,"removed":0,"table":"units","unchanged":1}"#)
        #expect(routes.valueBook.acts.map(\.by) == ["anna"] && routes.valueBook.acts.map(\.why) == ["new unit"])
        #expect(
            routes.values.tables.row(ValueKey(table: "units", scope: "dat", key: "g")) == ["SalesUnitSymbol": "G"])
    }

    @Test("refuse CSV that cannot be used with line and column, and change nothing")
    func badCSV() async throws {
        let routes = try Self.routes()
        let csv = "unit,SalesUnitSymbol\nnew,1\nkg,\n"
        let response = await routes.asOperator(.put, "/values/units", query: "by=anna&why=x", body: csv)
        #expect(response.status == .unprocessableContent && response.problemSlug == "unusable-values")
        #expect(response.problemDetail.contains("line 3: found no value for \"kg\", expected at least one"))
        #expect(routes.valueBook.changes.isEmpty && routes.values.snapshot.count(of: "units") == 3)
    }

    @Test("take single rows: PUT the whole row, PATCH the columns that are named, DELETE takes it away")
    func singleRows() async throws {
        let routes = try Self.routes()
        let item = "/values/items/24%2FMB%2001"
        let put = #"{"values":{"ItemNumber":" D1 ","ProductColorId":"red"},\#(Self.who)}"#
        #expect(await routes.asOperator(.put, item, query: "legalEntity=USMF", body: put).json("added") == "1")
        let patch = #"{"values":{"ProductColorId":null,"ProductSizeId":"L"},\#(Self.who)}"#
        #expect(await routes.asOperator(.patch, item, query: "legalEntity=usmf", body: patch).json("changed") == "1")
        let key = ValueKey(table: "items", scope: "usmf", key: "24/MB 01")
        #expect(routes.values.tables.row(key) == ["ItemNumber": "D1", "ProductSizeId": "L"])
        let whole = #"{"values":{"ProductSizeId":"M"},\#(Self.who)}"#
        #expect(await routes.asOperator(.put, item, query: "legalEntity=usmf", body: whole).json("changed") == "1")
        #expect(routes.values.tables.row(key) == ["ProductSizeId": "M"])
        #expect(await routes.asOperator(.delete, item, query: "by=anna&why=x").problemSlug == "unknown-value")
        let gone = await routes.asOperator(.delete, item, query: "legalEntity=usmf&by=anna&why=x")
        #expect(gone.json("removed") == "1" && routes.values.tables.row(key) == nil)
        #expect(routes.valueBook.changes.map(\.target).last == "items \"24/MB 01\" (usmf), removed")
    }

    @Test(
        "refuse single rows that cannot be, and name the member",
        arguments: [
            (#"{\#(who)}"#, "values:"), (#"{"values":{},\#(who)}"#, "values:"),
            (#"{"values":"x",\#(who)}"#, "values:"),
            (#"{"values":{"SalesUnit":"x"},\#(who)}"#, "values.SalesUnit: found an unknown column"),
            (#"{"values":{"SalesUnitSymbol":7},\#(who)}"#, "values.SalesUnitSymbol:"),
            (#"{"values":{"SalesUnitSymbol":null},\#(who)}"#, "values"),
            (#"{"values":{"SalesUnitSymbol":" "},\#(who)}"#, "values:"),
            (#"{"values":{"SalesUnitSymbol":"a\nb"},\#(who)}"#, "values.SalesUnitSymbol:"),
            (#"{"values":{"SalesUnitSymbol":"kg"},"x":1,\#(who)}"#, "x: found an unknown member"),
            (#"{"values":{"SalesUnitSymbol":"kg"}}"#, "by:"),
            (#"{"values":{"SalesUnitSymbol":"kg"},"by":"a"}"#, "why:"),
        ])
    func badRows(body: String, words: String) async throws {
        let routes = try Self.routes()
        let response = await routes.asOperator(.put, "/values/units/new", body: body)
        #expect(response.problemSlug == "unusable-body" && response.problemDetail.contains(words), "\(response.text)")
        #expect(routes.valueBook.changes.isEmpty)
    }

    @Test(
        "refuse addresses and parameters that mean nothing",
        arguments: [
            (.get, "/values/nothing", nil, "unknown-table"), (.get, "/values/units/none", nil, "unknown-value"),
            (.get, "/values/units/kg", "legalEntity=demf", "unknown-value"),
            (.get, "/values/units/kg", "legalEntity=toolong", "invalid-parameter"),
            (.get, "/values/units", "format=xml", "invalid-parameter"),
            (.get, "/values/units", "after=x", "invalid-parameter"),
            (.get, "/values/units", "limit=0", "invalid-parameter"),
            (.put, "/values/units", "mode=delete&by=a&why=b", "invalid-parameter"),
            (.put, "/values/units", "dryRun=1", "invalid-parameter"),
            (.put, "/values/units", "why=b", "unusable-body"), (.put, "/values/units", "by=a", "unusable-body"),
            (.delete, "/values/units/kg", "by=a", "unusable-body"),
            (.delete, "/values/units/%20", "by=a&why=b", "invalid-parameter"),
        ] as [(HTTPRequest.Method, String, String?, String)])
    func badRequests(method: HTTPRequest.Method, path: String, query: String?, slug: String) async throws {
        let routes = try Self.routes()
        let body = method == .put ? "unit,SalesUnitSymbol\nkg,1\n" : ""
        let response = await routes.asOperator(method, path, query: query, body: body)
        #expect(response.problemSlug == slug, "\(response.text)")
        #expect(routes.valueBook.changes.isEmpty)
    }

    @Test("say so when the store does not keep the change, and flows go on with the old rows")
    func storeIsDown() async throws {
        let routes = try Self.routes()
        routes.valueBook.fail(with: .full("no room"))
        let body = #"{"values":{"SalesUnitSymbol":"new"},\#(Self.who)}"#
        #expect(await routes.asOperator(.put, "/values/units/kg", body: body).status == .serviceUnavailable)
        #expect(routes.values.tables.row(ValueKey(table: "units", key: "kg")) == ["SalesUnitSymbol": "KG"])
    }
}

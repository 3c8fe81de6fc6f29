import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Mapping
import Relay
import Testing

@testable import Gateway

@Suite("Mapping documents in the operator API")
struct MappingRoutesTests {
    private let folder: DocumentFolder
    private let routes: RouteFixture
    private static let act = "by=dana&why=pool%20for%20web%20orders"
    private static let path = "/mappings/order-header"

    init() throws {
        let folder = try DocumentFolder()
        self.folder = folder
        routes = try RouteFixture { $0.mapping.folder = MappingFolder(folder.path) }
    }

    private static func pool(_ name: String) -> String {
        DocumentFolder.header("  # ours\n  SalesOrderPoolId: { constant: \(name) }")
    }

    private func put(_ yaml: String, query: String = act) async -> Response {
        await routes.asOperator(.put, Self.path, query: query, body: yaml)
    }

    @Test("are listed, and shown as YAML and as a field table")
    func shown() async throws {
        let list = await routes.asOperator(.get, "/mappings")
        #expect(list.status == .ok && list.text.contains(#""mapping":"order-header""#))
        #expect(list.json("isChangeable") == "1")
        let shown = await routes.asOperator(.get, Self.path)
        #expect(shown.status == .ok && shown.json("yaml")?.hasPrefix("mapping: order-header\n") == true)
        #expect(shown.json("file") == nil)
        #expect(
            await routes.asOperator(.get, "/mappings/other").json("type") == "urn:causeway:problem:unknown-mapping")
    }

    @Test("are put in force at once, kept in the folder, and on record")
    func put() async throws {
        let answer = await put(Self.pool("WEB"))
        #expect(answer.status == .ok && answer.text == #"{"changed":["order-header"],"isDryRun":false}"#)
        #expect(folder.text(of: "order-header.yaml") == Self.pool("WEB"))
        let shown = await routes.asOperator(.get, Self.path)
        #expect(shown.json("file") == "order-header.yaml" && shown.json("ownYAML") == Self.pool("WEB"))
        #expect(shown.text.contains(#""place":"order-header.yaml:6""#) && shown.text.contains(#""standing":"own""#))
        let recorded = routes.store.with(\.repair.recorded)
        #expect(recorded.map(\.verb) == ["upload"] && recorded.map(\.target) == ["mapping order-header"])
        #expect(recorded.map(\.act.by) == ["dana"] && recorded.map(\.act.why) == ["pool for web orders"])
    }

    @Test("keep the version before, to which a person can go back")
    func previous() async throws {
        _ = await put(Self.pool("WEB"))
        _ = await put(Self.pool("SHOP"))
        #expect(folder.names == ["order-header.yaml", "order-header.yaml.previous"])
        #expect(folder.text(of: "order-header.yaml.previous") == Self.pool("WEB"))
        try folder.write(Self.pool("WEB"), to: "order-header.yaml")
        let answer = await routes.asOperator(.post, "/mappings/reload", body: #"{"by":"dana","why":"back"}"#)
        #expect(answer.text == #"{"changed":["order-header"],"isDryRun":false}"#)
        #expect(await routes.asOperator(.get, Self.path).json("yaml")?.contains("constant: \"WEB\"") == true)
    }

    @Test("that are wrong are refused with every mistake, and what was in force stays")
    func refused() async throws {
        _ = await put(Self.pool("WEB"))
        let wrong = DocumentFolder.header("  Pool: { constant: X }\n  SalesOrderPoolId: { constant: X, cutt: 1 }")
        let answer = await put(wrong)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(
            answer.json("type") == "urn:causeway:problem:mapping-refused" && answer.problemSlug == "mapping-refused")
        let problems = try JSONValue.parse(answer.body).objectValue?["problems"]?.arrayValue ?? []
        #expect(problems.count == 2)
        #expect(
            problems.last == [
                "file": "order-header.yaml", "line": 6, "column": 36, "key": "fields.SalesOrderPoolId.cutt",
                "found": "an unknown key", "expected": "perhaps cut",
            ])
        #expect(folder.text(of: "order-header.yaml") == Self.pool("WEB"))
        #expect(await routes.asOperator(.get, Self.path).json("ownYAML") == Self.pool("WEB"))
        #expect(routes.store.with(\.repair.recorded).count == 1)
    }

    @Test(
        "are refused where the request is wrong",
        arguments: [
            ("/mappings/order-header", "", "unusable-body"), ("/mappings/order-header", "by=dana", "unusable-body"),
            ("/mappings/..%2Fx", act, "invalid-parameter"), ("/mappings/Order", act, "invalid-parameter"),
            ("/mappings/order-lines", act, "mapping-refused"),
            ("/mappings/order-header", act + "&x=1", "invalid-parameter"),
            ("/mappings/order-header", act + "&dryRun=maybe", "invalid-parameter"),
        ])
    func wrongRequest(path: String, query: String, slug: String) async {
        let answer = await routes.asOperator(.put, path, query: query, body: Self.pool("WEB"))
        #expect(answer.json("type") == "urn:causeway:problem:\(slug)", "\(answer.text)")
        #expect(folder.names.isEmpty)
    }

    @Test("are only checked in a dry run, which needs no reason")
    func dryRun() async {
        let answer = await put(Self.pool("WEB"), query: "dryRun=true")
        #expect(answer.text == #"{"changed":[],"isDryRun":true}"#)
        #expect(folder.names.isEmpty && routes.store.with(\.repair.recorded).isEmpty)
    }

    @Test("go back to the shipped ones")
    func removed() async {
        _ = await put(Self.pool("WEB"))
        let answer = await routes.asOperator(.delete, Self.path, query: Self.act)
        #expect(answer.text == #"{"changed":["order-header"],"isDryRun":false}"#)
        #expect(folder.names == ["order-header.yaml.previous"])
        #expect(await routes.asOperator(.get, Self.path).json("file") == nil)
        let again = await routes.asOperator(.delete, Self.path, query: Self.act)
        #expect(again.status == .conflict && again.json("type") == "urn:causeway:problem:mapping-not-own")
    }

    @Test("are not changed by a folder that has become wrong")
    func wrongFolder() async throws {
        _ = await put(Self.pool("WEB"))
        try folder.write("mapping: [", to: "order-header.yaml")
        let answer = await routes.asOperator(.post, "/mappings/reload", body: #"{"by":"dana","why":"again"}"#)
        #expect(answer.json("type") == "urn:causeway:problem:mapping-refused")
        #expect(await routes.asOperator(.get, Self.path).json("ownYAML") == Self.pool("WEB"))
    }

    @Test("are not in force unless they are kept")
    func notKept() async throws {
        try FileManager.default.removeItem(atPath: folder.path)
        let answer = await put(Self.pool("WEB"))
        #expect(answer.json("type") == "urn:causeway:problem:mapping-not-kept")
        #expect(await routes.asOperator(.get, Self.path).json("file") == nil)
    }

    @Test("cannot be changed without a folder")
    func noFolder() async throws {
        let routes = try RouteFixture()
        #expect(await routes.asOperator(.get, "/mappings").json("isChangeable") == "0")
        let answer = await routes.asOperator(.put, Self.path, query: Self.act, body: Self.pool("WEB"))
        #expect(answer.status == .conflict && answer.json("type") == "urn:causeway:problem:mapping-folder-missing")
    }

    @Test("are tried on given records, the draft beside what is in force")
    func tried() async throws {
        _ = await put(DocumentFolder.header("  SalesOrderPoolId: order.pool\n  SalesOrderName: order.name"))
        let draft = DocumentFolder.header(
            "  SalesOrderPoolId: { from: order.pool, text: upper }\n  SalesOrderName: { from: order.nothing, required: true }"
        )
        let order: JSONValue = [
            "document": .string(draft), "legalEntity": "USMF",
            "records": ["order": ["pool": "web", "name": "Doe"], "sale": [:], "entity": [:]],
        ]
        let answer = await routes.asOperator(
            .post, Self.path + "/try", body: String(decoding: JSONWriter.bytes(order), as: UTF8.self))
        #expect(answer.status == .ok, "\(answer.text)")
        let sample = try JSONValue.parse(answer.body).objectValue?["samples"]?.arrayValue?.first?.objectValue
        #expect(sample?["legalEntity"] == "usmf")
        #expect(Self.field("SalesOrderPoolId", sample?["inForce"])?["value"] == "web")
        let tried = Self.field("SalesOrderPoolId", sample?["draft"])
        #expect(
            tried?["value"] == "WEB" && tried?["origin"] == "order.pool" && tried?["place"] == "order-header.yaml:5")
        let lacking = Self.field("SalesOrderName", sample?["draft"])
        #expect(lacking?["value"] == nil && lacking?["faults"]?.arrayValue?.count == 1)
        #expect(folder.text(of: "order-header.yaml")?.contains("upper") == false)
    }

    private static func field(_ name: String, _ outcome: JSONValue?) -> JSONObject? {
        outcome?.objectValue?["fields"]?.arrayValue?.compactMap(\.objectValue).first { $0["field"] == .string(name) }
    }

    @Test(
        "are not tried on what is no record",
        arguments: [
            ("{}", "unusable-body"), (#"{"event":1,"record":{}}"#, "unusable-body"),
            (#"{"event":"x"}"#, "unusable-body"),
            (#"{"event":7}"#, "unknown-event"), (#"{"records":[]}"#, "unusable-body"),
            (#"{"record":{"a":1}}"#, "unusable-body"),
            (#"{"records":{"order":{}},"document":1}"#, "unusable-body"), (#"{"x":1}"#, "unusable-body"),
            (#"{"records":{"order":{}},"document":"mapping: ["}"#, "mapping-refused"),
        ])
    func notTried(body: String, slug: String) async {
        let answer = await routes.asOperator(.post, Self.path + "/try", body: body)
        #expect(answer.json("type") == "urn:causeway:problem:\(slug)", "\(answer.text)")
    }
}

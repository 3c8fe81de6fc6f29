import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

@Suite("The operator API's door")
struct OperatorDoorTests {
    @Test("is not there without a token in the configuration")
    func off() async throws {
        let routes = try RouteFixture { $0.operatorAPI.token = nil }
        let response = await routes.asOperator(.get, "/events")
        #expect(response.status == .notFound && response.problemSlug == "not-found")
    }

    @Test("demands the token on every route")
    func demandsToken() async throws {
        let routes = try OperatorFixture.routes()
        let all =
            OperatorFixture.all + OperatorFixture.care + OperatorFixture.values + OperatorFixture.mappings
            + OperatorFixture.pollers + OperatorFixture.reconciliations
        #expect(all.count == routes.table.entries.filter { $0.pattern.hasPrefix("/operator") }.count)
        for (method, path, query, body) in all {
            for authorization in [
                nil, "Bearer wrong", "Bearer ", "Basic unguessable-operator-token", "unguessable-operator-token",
            ] {
                var headers = HTTPFields()
                headers[.authorization] = authorization
                let response = await routes.send(
                    method, "/operator/v1" + path, query: query, headers: headers, body: body)
                #expect(response.status == .unauthorized && response.problemSlug == "not-authorized")
                #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
            }
        }
    }

    @Test("answers 503 while the store cannot be read, on every route that needs it")
    func storeIsDown() async throws {
        let routes = try RouteFixture(store: FakeStore(fault: .closed("gone")))
        for (method, path, query, body) in OperatorFixture.all
        where !path.hasPrefix("/replays/") && !path.hasPrefix("/skips/") {
            let response = await routes.asOperator(method, path, query: query, body: body)
            #expect(response.status == .serviceUnavailable, "\(path)")
        }
    }

    @Test(
        "no change without who and why, said in a bounded text",
        arguments: [
            ("", "by"), ("{}", "by"), (#"{"by":"anna"}"#, "why"), (#"{"why":"mended"}"#, "by"),
            (#"{"by":"anna","why":""}"#, "why"), (#"{"by":"anna","why":"   "}"#, "why"),
            (#"{"by":" ","why":"mended"}"#, "by"), (#"{"by":7,"why":"mended"}"#, "by"),
            (#"{"by":"anna","why":["mended"]}"#, "why"), (#"{"by":"anna","why":null}"#, "why"),
            (#"{"by":"anna","why":"a\u0000b"}"#, "why"), (#"{"by":"an\nna","why":"mended"}"#, "by"),
            (#"{"by":"\#(String(repeating: "a", count: 101))","why":"mended"}"#, "by"),
            (#"{"by":"anna","why":"\#(String(repeating: "é", count: 1001))"}"#, "why"),
            (#"{"by":"anna","why":"\#(String(repeating: "a", count: 100_000))"}"#, "why"),
            (#"{"by":"anna","why":"mended","whyy":"x"}"#, "whyy"),
            (#"["by","why"]"#, "The body"), (#""by""#, "The body"), ("null", "The body"),
        ])
    func whoAndWhy(body: String, name: String) async throws {
        for path in OperatorFixture.changes {
            let routes = try OperatorFixture.routes()
            let response = await routes.asOperator(.post, path, body: body)
            #expect(response.problemSlug == "unusable-body", "\(path)")
            #expect(response.problemDetail.contains(name), "\(path): \(response.problemDetail)")
            #expect(response.problemDetail.utf8.count < 400)
            #expect(routes.store.with { $0.repair.acts.isEmpty && $0.pauses.isEmpty })
        }
    }

    @Test(
        "no change by what is no JSON",
        arguments: [
            "{", "by=anna&why=mended", #"{"by":"anna",}"#, #"{"by":"anna","by":"bea","why":"x"}"#,
            String(repeating: "[", count: 10_000), "\u{1}", #"{"by":"\ud800","why":"x"}"#,
        ])
    func malformed(body: String) async throws {
        for path in OperatorFixture.changes {
            let routes = try OperatorFixture.routes()
            let response = await routes.asOperator(.post, path, body: body)
            #expect(response.status == .badRequest && response.problemSlug == "malformed-json", "\(path)")
            #expect(routes.store.with { $0.repair.acts.isEmpty && $0.pauses.isEmpty })
        }
    }

    @Test("who and why are written down, trimmed, with the moment")
    func writtenDown() async throws {
        let routes = try OperatorFixture.routes()
        let limit = String(repeating: "é", count: OperatorOrder.whyLimit)
        _ = await routes.asOperator(.post, "/events/1/skip", body: #"{"by":" anna ","why":"\#(limit)"}"#)
        #expect(
            routes.store.with { $0.repair.acts } == [OperatorAct(by: "anna", why: limit, at: OperatorFixture.moment)])
    }

    @Test("what a proxy says about who is there counts more than what the body claims")
    func header() async throws {
        let routes = try OperatorFixture.routes()
        let name = try #require(HTTPField.Name("Causeway-By"))
        for body in [#"{"by":"mallory","why":"mended"}"#, #"{"why":"mended"}"#] {
            let response = await routes.send(
                .post, "/operator/v1/events/1/skip",
                headers: [.authorization: "Bearer unguessable-operator-token", name: "anna"], body: body)
            #expect(response.status == .ok)
        }
        #expect(routes.store.with { $0.repair.acts.map(\.by) } == ["anna", "anna"])
        let blank = await routes.send(
            .post, "/operator/v1/events/1/skip",
            headers: [
                .authorization: "Bearer unguessable-operator-token", name: String(repeating: "a", count: 101),
            ],
            body: #"{"by":"mallory","why":"mended"}"#)
        #expect(blank.problemSlug == "unusable-body" && blank.problemDetail.contains("Causeway-By"))
    }
}

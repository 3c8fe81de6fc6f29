import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

@Suite("Comparisons in the operator API")
struct ReconciliationRoutesTests {
    private static let moment = Timestamp(millisecondsSince1970: 1_767_261_612_447)

    private static func routes() throws -> RouteFixture {
        let routes = try RouteFixture()
        let asked = NewReconciliation(from: moment, until: moment + .seconds(60), by: "anna")
        var done = Reconciliation(
            id: ReconciliationID(1), asked: asked, state: .done, startedAt: moment, finishedAt: moment, open: 2)
        done.tally.orders = 5
        let texts = ["=1+1, \"quoted\"", "plain"]
        let findings = texts.enumerated().map { index, text in
            ReconciliationFinding(
                number: index + 1, code: "missing", subject: "order 1", near: "1", scope: "usmf", text: text,
                repair: "take-in")
        }
        routes.reconciliations.with { $0 = .init(reconciliations: [done], findings: findings) }
        return routes
    }

    @Test("are listed and shown, findings page by page")
    func show() async throws {
        let routes = try Self.routes()
        let list = await routes.asOperator(.get, "/reconciliations")
        #expect(list.status == .ok && list.text.contains(#""state":"done""#))
        let one = await routes.asOperator(.get, "/reconciliations/1", query: "limit=1")
        #expect(one.json("open") == "2" && one.json("orders") == "5" && one.json("next") == "1")
        let rest = await routes.asOperator(.get, "/reconciliations/1", query: "after=1&state=open")
        #expect(rest.text.contains(#""number":2"#) && !rest.text.contains(#""number":1,"#))
    }

    @Test("come as CSV in which nothing becomes a formula")
    func csv() async throws {
        let answer = try await Self.routes().asOperator(.get, "/reconciliations/1", query: "format=csv")
        #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
        let lines = answer.text.split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("number,code,subject,order,"))
        #expect(lines[1].contains(#","'=1+1, ""quoted""","#))
    }

    @Test(
        "that cannot be asked for so are refused, and change nothing",
        arguments: [
            (HTTPRequest.Method.get, "/reconciliations/9", "", "", 404),
            (.get, "/reconciliations/x", "", "", 404), (.get, "/reconciliations/1", "format=xml", "", 400),
            (.get, "/reconciliations/1", "state=gone", "", 400), (.get, "/reconciliations", "limit=0", "", 400),
            (.post, "/reconciliations", "", #"{"from":"soon"}"#, 422), (.post, "/reconciliations", "", "{", 400),
            (.post, "/reconciliations", "", #"{"since":"1d"}"#, 422), (.post, "/reconciliations", "", "{}", 409),
            (.post, "/reconciliations/1/findings/1/repair", "", "{}", 422),
            (.post, "/reconciliations/1/findings/x/repair", "", "{\(OperatorFixture.who)}", 404),
            (.post, "/reconciliations/1/findings/1/repair", "", "{\(OperatorFixture.who)}", 409),
            (.post, "/reconciliations/9/findings/1/accept", "", "{\(OperatorFixture.who)}", 404),
            (.get, "/synthetic-order", "", "", 409), (.post, "/synthetic-order", "", "", 409),
        ])
    func refused(_ method: HTTPRequest.Method, _ path: String, _ query: String, _ body: String, _ status: Int)
        async throws
    {
        let answer = try await Self.routes().asOperator(method, path, query: query.isEmpty ? nil : query, body: body)
        #expect(answer.status.code == status, "\(answer.text)")
    }

    @Test("are for holders of the token", arguments: ["/reconciliations", "/reconciliations/1", "/synthetic-order"])
    func unauthorized(_ path: String) async throws {
        #expect(try await Self.routes().asOperator(.get, path, token: "wrong").status == .unauthorized)
    }
}

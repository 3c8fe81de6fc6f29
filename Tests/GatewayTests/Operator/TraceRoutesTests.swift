import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

private func act(_ id: Int64, event: Int64?) -> RecordedAct {
    RecordedAct(
        id: id, act: OperatorAct(by: "anna", why: "mended \(id)", at: OperatorFixture.moment), verb: "replay",
        target: event.map { "event \($0)" } ?? "17 deliveries", event: event.map { EventID($0) })
}

@Suite("The trace of a business key")
struct TraceRoutesTests {
    @Test(
        "finds by each kind of key",
        arguments: [
            ("order=000000042", SearchKey(.order, "000000042")), ("invoice=CIV-1", SearchKey(.invoice, "CIV-1")),
            ("customer=C-1", SearchKey(.customer, "C-1")),
            ("email=Anna%40B.Example", SearchKey(.email, "anna@b.example")),
        ])
    func keys(query: String, key: SearchKey) async throws {
        let routes = try OperatorFixture.routes(events: 2)
        routes.store.with { $0.repair.recorded = [act(3, event: 1), act(2, event: 1), act(1, event: nil)] }
        let response = await routes.asOperator(.get, "/trace", query: query)
        #expect(response.status == .ok && response.json("isCut") == "0")
        #expect(routes.store.with { $0.repair.traced } == key)
        #expect(response.text.contains(#""why":"mended 2"},{"#))
        #expect(response.text.contains(#""target":"/data/SalesOrderHeadersV2""#))
        #expect(!response.text.contains("mended 1"))
    }

    @Test("nothing known is an empty story, no error")
    func nothing() async throws {
        let routes = try RouteFixture()
        let response = await routes.asOperator(.get, "/trace", query: "order=1")
        #expect(response.status == .ok && response.text.contains(#""events":[]"#))
    }

    @Test("says that a long story is cut")
    func cut() async throws {
        let routes = try OperatorFixture.routes(events: Int64(TraceRoutes.eventLimit) + 5)
        #expect(await routes.asOperator(.get, "/trace", query: "order=1").json("isCut") == "1")
    }

    @Test(
        "wants exactly one key",
        arguments: [
            "", "order=", "order=1&email=a%40b.c", "orders=1", "order=1&order=2", "order=%00",
            "order=\(String(repeating: "1", count: 201))",
        ])
    func refused(query: String) async throws {
        let response = try await OperatorFixture.routes().asOperator(.get, "/trace", query: query)
        #expect(response.status == .badRequest && response.problemSlug == "invalid-parameter")
        #expect(response.problemDetail.utf8.count < 400)
    }
}

@Suite("Acts and gaps")
struct ActsTests {
    @Test("lists what people did, page by page")
    func acts() async throws {
        let routes = try OperatorFixture.routes()
        routes.store.with { $0.repair.recorded = [act(3, event: 1), act(2, event: nil), act(1, event: 1)] }
        let page = await routes.asOperator(.get, "/acts", query: "limit=2")
        #expect(page.json("next") == "2")
        #expect(
            page.text.contains(
                #"{"at":"2026-01-01T10:00:12.447Z","by":"anna","event":1,"id":3,"target":"event 1","verb":"replay","#)
        )
        #expect(await routes.asOperator(.get, "/acts", query: "before=2").json("next") == nil)
        #expect(await !routes.asOperator(.get, "/acts", query: "event=1").text.contains("17 deliveries"))
    }

    @Test("refuses filters that it does not understand", arguments: ["event=x", "before=x", "limit=0", "by=anna"])
    func refused(query: String) async throws {
        #expect(try await OperatorFixture.routes().asOperator(.get, "/acts", query: query).status == .badRequest)
    }

    @Test("lists the numbers that streams left out")
    func gaps() async throws {
        let routes = try OperatorFixture.routes()
        routes.store.with {
            $0.repair.gaps = [StreamGap(stream: "dynamics usmf", numbers: 4...6, seenAt: OperatorFixture.moment)]
        }
        let page = await routes.asOperator(.get, "/gaps")
        #expect(
            page.text
                == #"{"gaps":[{"first":4,"last":6,"seenAt":"2026-01-01T10:00:12.447Z","stream":"dynamics usmf"}]}"#)
    }
}

import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

@Suite("Changing many events")
struct BulkRoutesTests {
    private let who = OperatorFixture.who

    /// - Parameter pages: Deliveries on each page.
    private func routes(parked: Int, pages: [Int] = []) throws -> RouteFixture {
        let routes = try OperatorFixture.routes()
        routes.store.with {
            $0.repair.count = SelectionCount(events: parked, deliveries: [.parked: parked])
            $0.repair.pages = pages.enumerated().map { index, count in
                RepairPage(
                    deliveries: (0..<count).map { DeliveryID(Int64(index * 100 + $0)) },
                    next: index + 1 < pages.count ? EventID(Int64(index + 1)) : nil)
            }
        }
        return routes
    }

    private func settled(_ routes: RouteFixture, _ begun: Response) async throws -> Response {
        await routes.bulk.settle()
        let place = try #require(begun.headers[.location]).replacing("/operator/v1", with: "")
        return await routes.asOperator(.get, place)
    }

    @Test(
        "counts without changing anything, whoever asks",
        arguments: ["/replays", "/skips"], ["", #","by":"anna""#, #","by":"anna","why":"mended","expect":3"#])
    func dryRun(path: String, who: String) async throws {
        let routes = try routes(parked: 3, pages: [3])
        let response = await routes.asOperator(
            .post, path, body: #"{"dryRun":true,"reason":"unknown-item"\#(who)}"#)
        #expect(response.status == .ok)
        #expect(response.text == #"{"deliveries":{"parked":3},"events":3,"total":3}"#)
        #expect(routes.store.with { $0.repair.selections.map(\.reasonCode) } == ["unknown-item"])
        #expect(routes.store.with { $0.repair.acts.isEmpty })
    }

    @Test(
        "nobody changes more, or less, than they have seen",
        arguments: [#""#, #""expect":2,"#, #""expect":4,"#, #""expect":0,"#])
    func expectation(member: String) async throws {
        for path in ["/replays", "/skips"] {
            let routes = try routes(parked: 3, pages: [3])
            let response = await routes.asOperator(.post, path, body: "{\(member)\(who)}")
            #expect(response.status == .conflict && response.problemSlug == "count-differs")
            #expect(response.problemDetail.contains("expected 3"))
            #expect(routes.store.with { $0.repair.acts.isEmpty })
        }
    }

    @Test("carries it out page by page, in the background, behind live traffic")
    func replay() async throws {
        let routes = try routes(parked: 230, pages: [100, 100, 30])
        let begun = await routes.asOperator(.post, "/replays", body: #"{"expect":230,\#(who)}"#)
        #expect(begun.status == .accepted)
        let ended = try await settled(routes, begun)
        #expect(ended.json("state") == "done" && ended.json("changed") == "230")
        #expect(ended.json("by") == "anna" && ended.json("finishedAt") != nil)
        #expect(routes.store.with { $0.repair.isBulk } == true)
        #expect(routes.store.with { $0.repair.acts.count } == 3)
    }

    @Test("skips many, too")
    func skip() async throws {
        let routes = try routes(parked: 3, pages: [3])
        let begun = await routes.asOperator(
            .post, "/skips", body: #"{"expect":3,"subject":"order 000000042",\#(who)}"#)
        #expect(try await settled(routes, begun).json("changed") == "3")
        #expect(routes.store.with { $0.repair.selections.allSatisfy { $0.subject == "order 000000042" } })
        #expect(routes.store.with { $0.repair.selections.first?.states } == [.ready, .waiting, .parked])
        // A skip is no replay.
        let place = try #require(begun.headers[.location])
        let other = place.replacing("/operator/v1/skips", with: "/replays")
        #expect(await routes.asOperator(.get, other).problemSlug == "unknown-run")
    }

    @Test(
        "selects what is asked for",
        arguments: [
            ("", [.waiting, .parked]),
            (#""includeDone":true,"#, [.waiting, .parked, .done, .skipped]),
            (#""states":["parked"],"#, [.parked]), (#""states":["done"],"#, [.done]),
            (#""states":["parked","parked"],"includeDone":true,"#, [.parked, .done, .skipped]),
        ] as [(String, Set<DeliveryState>)])
    func states(members: String, states: Set<DeliveryState>) async throws {
        let routes = try routes(parked: 0)
        _ = await routes.asOperator(.post, "/replays", body: "{\(members)\"dryRun\":true}")
        #expect(routes.store.with { $0.repair.selections.map(\.states) } == [states])
    }

    @Test("selects by every filter there is")
    func filters() async throws {
        let routes = try routes(parked: 0)
        _ = await routes.asOperator(
            .post, "/replays",
            body: """
                {"flow":"F","lane":"L","source":"commerce","kind":"order","subject":"S","reason":"R",
                 "since":"2026-01-01T09:00:00Z","until":"30m","dryRun":true,"bulk":false}
                """)
        var selection = EventSelection()
        (selection.flow, selection.lane, selection.source) = ("F", "L", "commerce")
        (selection.kind, selection.subject, selection.reasonCode) = ("order", "S", "R")
        selection.since = Timestamp(millisecondsSince1970: 1_767_258_000_000)
        selection.until = OperatorFixture.moment + .seconds(-1800)
        selection.states = [.waiting, .parked]
        #expect(routes.store.with { $0.repair.selections } == [selection])
    }

    @Test(
        "refuses what it cannot use, and names the member",
        arguments: [
            (#""states":[]"#, "states"), (#""states":"parked""#, "states"), (#""states":["broken"]"#, "states[0]"),
            (#""states":["parked","running"]"#, "states[1]"), (#""states":["superseded"]"#, "states[0]"),
            (#""states":[7]"#, "states[0]"), (#""flow":"""#, "flow"), (#""flow":["F"]"#, "flow"),
            (#""subject":"\#(String(repeating: "a", count: 201))""#, "subject"), (#""since":"soon""#, "since"),
            (#""until":7"#, "until"), (#""since":"1h","until":"2h""#, "until"), (#""expect":-1"#, "expect"),
            (#""expect":1.5"#, "expect"), (#""expect":"3""#, "expect"), (#""expect":1e99"#, "expect"),
            (#""bulk":"yes""#, "bulk"), (#""includeDone":1"#, "includeDone"), (#""dryRun":null"#, "by"),
            (#""dryRun":0"#, "dryRun"), (#""event":4"#, "event"), (#""reasonCode":"x""#, "reasonCode"),
        ])
    func refused(members: String, name: String) async throws {
        let routes = try routes(parked: 3, pages: [3])
        let rest =
            members.contains("dryRun")
            ? ""
            : ",\"expect\":3,\(who)".replacing(
                #""expect":3,"#, with: members.contains("expect") ? "" : #""expect":3,"#)
        let response = await routes.asOperator(.post, "/replays", body: "{\(members)\(rest)}")
        #expect(response.problemSlug == "unusable-body", "\(response.text)")
        #expect(response.problemDetail.contains(name), "\(response.problemDetail)")
        #expect(routes.store.with { $0.repair.acts.isEmpty })
    }

    @Test("skipping knows nothing of done records and live traffic", arguments: ["includeDone", "bulk"])
    func skipMembers(name: String) async throws {
        let response = try await routes(parked: 3).asOperator(
            .post, "/skips", body: #"{"\#(name)":true,"dryRun":true}"#)
        #expect(response.problemSlug == "unusable-body" && response.problemDetail.contains(name))
    }

    @Test("a run that the store ends says why, and how far it came")
    func fails() async throws {
        let routes = try routes(parked: 3)
        routes.store.with { $0.repair.refusal = .bodyGone(EventID(5)) }
        let begun = await routes.asOperator(.post, "/replays", body: #"{"expect":3,\#(who)}"#)
        let ended = try await settled(routes, begun)
        #expect(ended.json("state") == "failed" && ended.json("changed") == "0")
        #expect(ended.json("problem")?.contains("event 5") == true)
    }

    @Test("one at a time; another one is told to wait")
    func oneAtATime() async throws {
        let changes = BulkChanges(clock: HandClock())
        let gate = AsyncStream.makeStream(of: Void.self)
        let act = OperatorAct(by: "anna", why: "mended", at: OperatorFixture.moment)
        let first = try changes.begin(.replay, expected: 1, act: act) { _ in
            for await _ in gate.stream {}
            return RepairPage(deliveries: [DeliveryID(1)], next: nil)
        }
        #expect(throws: Problem.self) {
            try changes.begin(.skip, expected: 1, act: act) { _ in RepairPage(deliveries: [], next: nil) }
        }
        gate.continuation.finish()
        await changes.settle()
        #expect(changes.run(first.id)?.state == .done && changes.run(first.id)?.changed == 1)
        let second = try changes.begin(.skip, expected: 1, act: act) { _ in RepairPage(deliveries: [], next: nil) }
        #expect(second.id > first.id)
        await changes.settle()
    }

    @Test("the last runs are remembered, no more")
    func remembered() async throws {
        let changes = BulkChanges(clock: HandClock())
        let act = OperatorAct(by: "anna", why: "mended", at: OperatorFixture.moment)
        var ids: [Int64] = []
        for _ in 0...BulkChanges.remembered {
            ids.append(
                try changes.begin(.replay, expected: 0, act: act) { _ in RepairPage(deliveries: [], next: nil) }.id)
            await changes.settle()
        }
        #expect(changes.run(ids[0]) == nil && changes.run(ids[1])?.state == .done)
    }

    @Test("a run that nobody began is not known", arguments: ["1", "x", "-1", "99999999999999999999"])
    func unknown(id: String) async throws {
        let routes = try OperatorFixture.routes()
        for path in ["/replays/\(id)", "/skips/\(id)"] {
            let response = await routes.asOperator(.get, path)
            #expect(response.status == .notFound && response.problemSlug == "unknown-run")
        }
    }
}

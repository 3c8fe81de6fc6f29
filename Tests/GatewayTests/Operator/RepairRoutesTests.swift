import Cryptography
import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

@Suite("Mending one event")
struct RepairRoutesTests {
    private let who = OperatorFixture.who

    @Test(
        "replays what is not finished, or all of it; releases never what has ended",
        arguments: [
            ("replay", "", [.waiting, .parked]),
            ("replay", #""all":false,"#, [.waiting, .parked]),
            ("replay", #""all":true,"#, [.waiting, .parked, .done, .skipped]), ("release", "", [.waiting, .parked]),
        ] as [(String, String, Set<DeliveryState>)])
    func replay(verb: String, all: String, states: Set<DeliveryState>) async throws {
        let routes = try OperatorFixture.routes()
        routes.store.with { $0.repair.pages = [RepairPage(deliveries: [DeliveryID(7)], next: EventID(1))] }
        let response = await routes.asOperator(.post, "/events/1/\(verb)", body: "{\(all)\(who)}")
        #expect(response.status == .ok && response.text == #"{"deliveries":[7],"event":1}"#)
        var selection = EventSelection()
        selection.event = EventID(1)
        selection.states = states
        #expect(routes.store.with { $0.repair.selections } == [selection])
        #expect(routes.store.with { $0.repair.isBulk } == false)
    }

    @Test("a repeated replay changes nothing, and says so")
    func twice() async throws {
        let routes = try OperatorFixture.routes()
        routes.store.with { $0.repair.pages = [RepairPage(deliveries: [DeliveryID(7)], next: nil)] }
        _ = await routes.asOperator(.post, "/events/1/replay", body: "{\(who)}")
        let again = await routes.asOperator(.post, "/events/1/replay", body: "{\(who)}")
        #expect(again.status == .ok && again.text == #"{"deliveries":[],"event":1}"#)
    }

    @Test("an event without its body is not replayed")
    func bodyGone() async throws {
        let routes = try OperatorFixture.routes()
        routes.store.with { $0.repair.bodiless = [EventID(1)] }
        let response = await routes.asOperator(.post, "/events/1/replay", body: "{\(who)}")
        #expect(response.status == .conflict && response.problemSlug == "body-gone")
    }

    @Test("release knows no all, and replay no other wishes", arguments: ["release", "replay"])
    func unknownWish(verb: String) async throws {
        let wish = verb == "release" ? #""all":true"# : #""force":true"#
        let response = try await OperatorFixture.routes().asOperator(
            .post, "/events/1/\(verb)", body: "{\(wish),\(who)}")
        #expect(response.problemSlug == "unusable-body")
    }

    @Test("all is true or false", arguments: ["1", #""true""#, "[]", "{}"])
    func badAll(value: String) async throws {
        let response = try await OperatorFixture.routes().asOperator(
            .post, "/events/1/replay", body: #"{"all":\#(value),\#(who)}"#)
        #expect(response.problemSlug == "unusable-body" && response.problemDetail.hasPrefix("all: found "))
    }

    @Test("skips with the operator's reason")
    func skip() async throws {
        let routes = try OperatorFixture.routes()
        routes.store.with { $0.repair.pages = [RepairPage(deliveries: [DeliveryID(7)], next: nil)] }
        let response = await routes.asOperator(.post, "/events/1/skip", body: "{\(who)}")
        #expect(response.text == #"{"deliveries":[7],"event":1}"#)
        #expect(routes.store.with { $0.repair.acts.map(\.why) } == ["mended"])
        #expect(routes.store.with { $0.repair.selections.map(\.states) } == [[]])
    }
}

@Suite("Resending an edited event")
struct ResendTests {
    private let who = OperatorFixture.who
    private static let order = #"{"data":{"order":{"increment_id":"000000042","grand_total":1.10}}}"#

    private func send(_ body: String, copy: Int64? = 9, refusal: RepairRefused? = nil) async throws -> (
        Response, EventEdit?
    ) {
        let routes = try OperatorFixture.routes()
        routes.store.with {
            $0.repair.copy = copy.map { EventID($0) }
            $0.repair.refusal = refusal
        }
        let response = await routes.asOperator(.post, "/events/1/resend", body: body)
        return (response, routes.store.with { $0.repair.edit })
    }

    @Test("takes a body as JSON, and writes its numbers as they came")
    func json() async throws {
        let (response, edit) = try await send(#"{"body":\#(Self.order),\#(who)}"#)
        #expect(response.status == .created && response.text == #"{"event":9,"insteadOf":1}"#)
        #expect(response.headers[.location] == "/operator/v1/events/9")
        #expect(edit == EventEdit(body: Array(Self.order.utf8)))
    }

    @Test("takes a body in base64, to the byte")
    func base64() async throws {
        let exact = " " + Self.order + "\n"
        let (response, edit) = try await send(
            #"{"bodyBase64":"\#(Base64.encode(Array(exact.utf8)))",\#(who)}"#)
        #expect(response.status == .created && edit?.body == Array(exact.utf8))
    }

    @Test("takes patches of what steps send")
    func patches() async throws {
        let (response, edit) = try await send(
            #"{"patches":{"header":{"SalesOrderName":"Doe","Note":null},"line 1":{"SalesPrice":1.10}},\#(who)}"#)
        #expect(response.status == .created)
        #expect(
            edit?.patches == [
                "header": Array(#"{"SalesOrderName":"Doe","Note":null}"#.utf8),
                "line 1": Array(#"{"SalesPrice":1.10}"#.utf8),
            ])
        #expect(edit?.body == nil)
    }

    @Test(
        "refuses what it cannot use, and names the member",
        arguments: [
            (#"{"#, "body, bodyBase64, patches"), (#"{"body":null,"#, "body, bodyBase64, patches"),
            (#"{"bodyBase64":"%%%","#, "bodyBase64"), (#"{"bodyBase64":"","#, "bodyBase64"),
            (#"{"bodyBase64":7,"#, "bodyBase64"), (#"{"body":\#(order),"bodyBase64":"e30=","#, "bodyBase64"),
            (#"{"body":{},"#, "body"), (#"{"body":"text","#, "body"), (#"{"bodyBase64":"e3s=","#, "body"),
            (#"{"body":{"data":{"order":{"increment_id":"000000043"}}},"#, "order 000000043"),
            (#"{"patches":[],"#, "patches"), (#"{"patches":{},"#, "patches"), (#"{"patches":"x","#, "patches"),
            (#"{"patches":{"header":7},"#, "patches.header"), (#"{"patches":{"header":{}},"#, "patches.header"),
            (#"{"patches":{"":{"A":1}},"#, "patches."), (#"{"patch":{"header":{"A":1}},"#, "patch"),
        ])
    func refused(members: String, name: String) async throws {
        let (response, edit) = try await send(members + who + "}")
        #expect(response.problemSlug == "unusable-body", "\(response.text)")
        #expect(response.problemDetail.contains(name), "\(response.problemDetail)")
        #expect(edit == nil)
    }

    @Test("refuses more steps than there can be")
    func tooManyPatches() async throws {
        let steps = (0...OperatorOrder.patchLimit).map { #""line \#($0)":{"A":1}"# }.joined(separator: ",")
        #expect(try await send(#"{"patches":{\#(steps)},\#(who)}"#).0.problemSlug == "unusable-body")
    }

    @Test("waits for an attempt that is at work, and for a body that is there")
    func conflicts() async throws {
        let patch = #"{"patches":{"header":{"A":1}},\#(who)}"#
        let running = try await send(patch, refusal: .running(EventID(1))).0
        #expect(running.status == .conflict && running.problemSlug == "event-running")
        let gone = try await send(patch, refusal: .bodyGone(EventID(1))).0
        #expect(gone.status == .conflict && gone.problemSlug == "body-gone")
        #expect(try await send(patch, copy: nil).0.problemSlug == "unknown-event")
    }
}

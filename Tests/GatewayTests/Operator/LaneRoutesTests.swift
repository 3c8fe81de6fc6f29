import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

@Suite("Lanes under an operator's hand")
struct LaneRoutesTests {
    private let who = OperatorFixture.who

    @Test(
        "a lane, or a destination with all of its lanes, is paused by its name as a path",
        arguments: ["dynamics/OrderToSalesOrder", "commerce/InvoiceToCommerce", "dynamics", "commerce"])
    func pause(lane: String) async throws {
        let routes = try OperatorFixture.routes()
        let response = await routes.asOperator(.post, "/lanes/\(lane)/pause", body: #"{"until":"2h",\#(who)}"#)
        #expect(response.status == .ok && response.json("until") == "2026-01-01T12:00:12.447Z")
        #expect(
            routes.store.with { $0.pauses } == [
                LanePause(
                    lane: lane, since: OperatorFixture.moment, until: OperatorFixture.moment + .seconds(7200),
                    by: "anna", why: "mended")
            ])
        let resumed = await routes.asOperator(.post, "/lanes/\(lane)/resume", body: "{\(who)}")
        #expect(resumed.text == #"{"lane":"\#(lane)","wasPaused":true}"#)
        let again = await routes.asOperator(.post, "/lanes/\(lane)/resume", body: "{\(who)}")
        #expect(again.text == #"{"lane":"\#(lane)","wasPaused":false}"#)
    }

    @Test("a pause without an end lasts until it is resumed; a later one takes its place")
    func withoutEnd() async throws {
        let routes = try OperatorFixture.routes()
        let path = "/lanes/dynamics/pause"
        #expect(await routes.asOperator(.post, path, body: "{\(who)}").json("until") == nil)
        #expect(await routes.asOperator(.post, path, body: #"{"until":"1h",\#(who)}"#).status == .ok)
        #expect(routes.store.with { $0.pauses.map(\.until) } == [OperatorFixture.moment + .seconds(3600)])
    }

    @Test("the lanes are shown with the pauses that hold them now, under the names that end them")
    func shown() async throws {
        let routes = try OperatorFixture.routes()
        _ = await routes.asOperator(.post, "/lanes/dynamics/pause", body: #"{"until":"1h",\#(who)}"#)
        let during = await routes.asOperator(.get, "/lanes").text
        #expect(during.contains(#""pauses":[{"by":"anna","lane":"dynamics","#))
        #expect(during.contains(#""state":"paused""#))
        routes.clock.advance(by: .seconds(3600))
        let after = await routes.asOperator(.get, "/lanes").text
        #expect(after.contains(#""pauses":[]"#) && !after.contains(#""state":"paused""#))
    }

    @Test(
        "a lane that there is not is named, with those that there are",
        arguments: ["dynamic", "dynamics/InvoiceToCommerce", "OrderToSalesOrder", "dynamics%2FOrderToSalesOrder%2Fx"])
    func unknown(lane: String) async throws {
        let routes = try OperatorFixture.routes()
        for verb in ["pause", "resume"] {
            let response = await routes.asOperator(.post, "/lanes/\(lane)/\(verb)", body: "{\(who)}")
            #expect(response.status == .notFound && response.problemSlug == "unknown-lane")
            #expect(response.problemDetail.contains("dynamics/OrderToSalesOrder"))
        }
        #expect(routes.store.with { $0.pauses.isEmpty })
    }

    @Test(
        "an end that is no end is refused",
        arguments: [
            #""0s""#, #""2025-01-01T00:00:00Z""#, #""2028-01-01T00:00:00Z""#, #""400d""#, #""tomorrow""#, "7", #""""#,
        ])
    func badEnd(until: String) async throws {
        let routes = try OperatorFixture.routes()
        let response = await routes.asOperator(
            .post, "/lanes/dynamics/pause", body: #"{"until":\#(until),\#(who)}"#)
        #expect(response.problemSlug == "unusable-body" && response.problemDetail.hasPrefix("until: found"))
        #expect(routes.store.with { $0.pauses.isEmpty })
    }
}

import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("Mapping documents while the gateway works", .timeLimit(.minutes(5)))
struct MappingRoadTests {
    private static func header(_ rows: String) -> String {
        "mapping: order-header\nfrom: commerce.order\nto: dynamics.SalesOrderHeader\nfields:\n\(rows)\n"
    }

    private static let path = "/mappings/order-header?by=dana&why=web+orders"

    /// What the header of an order was sent with.
    private func sent(_ order: String, _ rig: Rig) async throws -> String {
        let event = try #require(rig.outcomes.story.newest["order \(order)"])
        return String(decoding: try await rig.operate(.get, "/events/\(event)").body, as: UTF8.self)
    }

    @Test("one that is uploaded counts from the next order on; a wrong one is refused, and the running one stays")
    func upload() async throws {
        let folder = try TemporaryFolder()
        try await Rig.run(configure: { $0.mapping = MappingSettings(folder: MappingFolder(folder.url.path)) }) {
            rig in
            #expect(try await rig.carry(.simple(incrementID: "000000001")).state == .done)
            #expect(try await !sent("000000001", rig).contains("WEB-7"))

            let right = Self.header("  CustomerRequisitionNumber: { constant: WEB-7 }")
            #expect(try await rig.operate(.put, Self.path, body: right).status == 200)
            #expect(try await rig.carry(.simple(incrementID: "000000002")).state == .done)
            #expect(try await sent("000000002", rig).contains("WEB-7"))

            let wrong = try await rig.operate(.put, Self.path, body: Self.header("  Requisition: order.x"))
            #expect(wrong.status == 422 && String(decoding: wrong.body, as: UTF8.self).contains(#""line":5"#))
            #expect(try await rig.carry(.simple(incrementID: "000000003")).state == .done)
            #expect(try await sent("000000003", rig).contains("WEB-7"))
            let acts = try await rig.operate(.get, "/acts")
            #expect(String(decoding: acts.body, as: UTF8.self).contains("mapping order-header"))
        }
    }

    @Test("a draft is tried on a stored order before it is in force, beside what is")
    func tryOut() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.header("  CustomerRequisitionNumber: { constant: WEB-7 }"), to: "draft.yaml")
        try folder.write(Self.header("  CustomerRequisitionNumber: order.payment"), to: "wrong.yaml")
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            let event = try #require(rig.outcomes.story.newest["order 000000001"])
            func run(_ arguments: String...) async throws -> Command {
                try await Command.run(
                    ["mapping", "try"] + arguments + ["--url", rig.gatewayURL, "--token", rig.text.operatorToken])
            }
            let header = try await run("order-header", "--event", "\(event)")
            #expect(header.status == 0 && header.output.hasPrefix("order 000000001 (usmf)\n"), "\(header.errors)")
            #expect(header.output.contains(/CurrencyCode +[A-Z]{3} +sale.currency +order-header.yaml:\d+/))
            let lines = try await run("order-line", "--event", "\(event)")
            #expect(lines.status == 0 && lines.output.contains("line 1 of order 000000001"))
            let draft = try await run("order-header", "--event", "\(event)", "--with", folder.path("draft.yaml"))
            #expect(draft.status == 0)
            #expect(
                draft.output.contains(/\* +CustomerRequisitionNumber +000000001 +WEB-7 +constant/), "\(draft.output)")
            let wrong = try await run("order-header", "--event", "\(event)", "--with", folder.path("wrong.yaml"))
            #expect(wrong.status == 1 && wrong.errors.contains("order-header.yaml:5:30"), "\(wrong.errors)")
        }
    }

    @Test("the command checks files without a gateway, and says in which line they are wrong")
    func check() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "mappings"), withIntermediateDirectories: true)
        try folder.write("mapping: { folder: mappings }\n", to: "causeway.yaml")
        let own = "mappings/order-header.yaml"
        try folder.write(Self.header("  SalesOrderPoolId: { constant: WEB }\n  SalesOrderOriginCode: none"), to: own)
        let configuration = ["--config", folder.path("causeway.yaml")]
        let right = try await Command.run(["mapping", "check"] + configuration)
        #expect(right.status == 0 && right.output.contains("1 of them with rules of your own"), "\(right.errors)")
        let show = try await Command.run(["mapping", "show", "order-header"] + configuration)
        #expect(show.output.contains(/SalesOrderPoolId +text +"WEB" +yours +order-header.yaml:5/), "\(show.output)")
        let diff = try await Command.run(["mapping", "diff", "order-header"] + configuration)
        #expect(diff.output.contains(/SalesOrderOriginCode +entity.origin +– +order-header.yaml:6/), "\(diff.output)")
        try folder.write(Self.header("  SalesOrderPool: { constant: WEB }"), to: own)
        let wrong = try await Command.run(["mapping", "check"] + configuration)
        #expect(wrong.status == 78)
        #expect(
            wrong.errors.hasPrefix("\(folder.path(own)):5:3: fields.SalesOrderPool: found no field"),
            "\(wrong.errors)")
        let file = try await Command.run(["mapping", "check", folder.path(own)])
        #expect(file.status == 65)
        let list = try await Command.run(["mapping", "list"])
        #expect(list.status == 0 && list.output.contains("order-line"))
    }
}

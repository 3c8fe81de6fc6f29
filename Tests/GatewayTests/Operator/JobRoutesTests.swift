import Foundation
import HTTPServer
import HTTPTypes
import Relay
import StoreConformance
import Testing

@testable import Gateway

@Suite("Jobs in the operator API")
struct JobRoutesTests {
    private static let order =
        #"{"kind":"import","project":"Web","entity":"Customers V3","legalEntity":"USMF","data":"A,B\n1,2\n"}"#

    @Test("are taken on durably, listed, shown, and their package is handed out")
    func life() async throws {
        let routes = try RouteFixture()
        let answer = await routes.asOperator(.post, "/jobs", body: Self.order)
        #expect(answer.status == .accepted && answer.headers[.location] == "/operator/v1/jobs/1")
        #expect(answer.json("state") == "prepared" && answer.json("legalEntity") == "usmf")
        #expect(try await routes.jobBook.job(DataJobID(1))?.project == "Web")
        #expect(await routes.asOperator(.get, "/jobs").text.contains(#""entity":"Customers V3""#))
        #expect(await routes.asOperator(.get, "/jobs", query: "state=failed").text.contains(#""jobs":[]"#))
        #expect(await routes.asOperator(.get, "/jobs/1").json("executionID")?.hasPrefix("causeway-") == true)
        let package = await routes.asOperator(.get, "/jobs/1/package")
        #expect(package.status == .ok && package.body.starts(with: [0x50, 0x4B]))
    }

    @Test(
        "that cannot be are refused with what is wrong",
        arguments: [
            (#"{}"#, "kind:"), (#"{"kind":"delete"}"#, "expected import or export"),
            (#"{"kind":"import","entity":"e","legalEntity":"usmf","data":"A\nb"}"#, "project:"),
            (#"{"kind":"import","project":"p","legalEntity":"usmf","data":"A\nb"}"#, "entity:"),
            (#"{"kind":"import","project":"p","entity":"e","data":"A\nb"}"#, "legalEntity:"),
            (#"{"kind":"import","project":"p","entity":"e","legalEntity":"usmf"}"#, "data:"),
            (#"{"kind":"import","project":"p","entity":"e","legalEntity":"usmf","data":"A,B\n1"}"#, "Line 2"),
            (#"{"kind":"import","project":"p","entity":"e","legalEntity":"usmf","data":"A\nb","x":1}"#, "x"),
        ])
    func refused(_ body: String, _ words: String) async throws {
        let routes = try RouteFixture()
        let answer = await routes.asOperator(.post, "/jobs", body: body)
        #expect(answer.status == .unprocessableContent && answer.problemDetail.contains(words), "\(answer.text)")
        #expect(try await routes.jobBook.jobs(in: nil, before: nil, limit: 9).isEmpty)
    }

    @Test("that are not there are not found, and nobody without the token sees any")
    func unknown() async throws {
        let routes = try RouteFixture()
        for path in ["/jobs/1", "/jobs/x", "/jobs/1/package"] {
            #expect(await routes.asOperator(.get, path).status == .notFound)
        }
        #expect(await routes.asOperator(.get, "/jobs", token: "wrong").status == .unauthorized)
        #expect(await routes.asOperator(.get, "/jobs", query: "state=no").status == .badRequest)
    }
}

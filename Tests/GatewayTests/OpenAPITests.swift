import Foundation
import HTTPServer
import HTTPTypes
import Mapping
import Relay
import Testing

@testable import Gateway

/// The few lines of `openapi/causeway.yaml` that these tests need, read by their indentation.
private struct APIDocument {
    var operations: Set<RouteTable.Entry> = []
    /// Statuses per operation, as documented.
    var statuses: [RouteTable.Entry: Set<Int>] = [:]
    /// All problem types that are named.
    let text: String

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
        text = try String(contentsOf: root.appending(path: "openapi/causeway.yaml"), encoding: .utf8)
        var path = ""
        var operation: RouteTable.Entry?
        for line in text.split(separator: "\n") {
            let depth = line.prefix { $0 == " " }.count
            let word = line.dropFirst(depth).prefix { $0 != ":" }
            switch depth {
            case 0: (path, operation) = ("", nil)
            case 2:
                path = word.hasPrefix("/") ? String(word) : ""
                operation = nil
            case 4 where !path.isEmpty && ["get", "post", "put", "patch", "delete", "options"].contains(word):
                operation = RouteTable.Entry(method: word.uppercased(), pattern: path)
                operation.map { _ = operations.insert($0) }
            case 8:
                let status = Int(word.filter { $0 != "\"" })
                if let operation, let status { statuses[operation, default: []].insert(status) }
            default: break
            }
        }
    }
}

@Suite("openapi/causeway.yaml")
struct OpenAPITests {
    @Test("documents exactly the routes that are served")
    func routes() throws {
        let document = try APIDocument()
        #expect(document.operations == (try RouteFixture().table.entries))
    }

    @Test("names routes that the running router answers, with a documented status")
    func answers() async throws {
        let document = try APIDocument()
        let routes = try RouteFixture()
        for operation in document.operations {
            let path = operation.pattern.replacing("{kind}", with: "order").replacing("{id}", with: "1")
                .replacing("{token}", with: "unguessable-event-token").replacing("{destination}", with: "dynamics")
                .replacing("{flow}", with: "OrderToSalesOrder")
                .replacing("{table}", with: "units").replacing("{key}", with: "kg")
            let method = try #require(HTTPRequest.Method(operation.method))
            let response = await routes.send(method, path)
            #expect(response.route == operation.pattern)
            #expect(document.statuses[operation]?.contains(response.status.code) == true, "\(operation)")
        }
    }

    @Test("names the status that each route of the operator API answers with, right or wrong")
    func operatorAnswers() async throws {
        let document = try APIDocument()
        let routes = try OperatorFixture.routes()
        routes.store.with { $0.repair.copy = EventID(9) }
        let all = OperatorFixture.all + OperatorFixture.values + OperatorFixture.mappings
        for (method, path, query, body) in all {
            for body in [body, "", "{", "{}"] {
                for query in [query, "a=b"] {
                    let response = await routes.asOperator(method, path, query: query, body: body)
                    let entry = RouteTable.Entry(method: method.rawValue, pattern: response.route ?? "")
                    #expect(
                        document.statuses[entry]?.contains(response.status.code) == true, "\(entry): \(response.text)"
                    )
                    await routes.bulk.settle()
                }
            }
        }
    }

    @Test(
        "names every problem that the gateway's routes answer with",
        arguments: [
            Problem.unknownKind("", known: []), .missingSignature(""), .invalidSignature(""), .malformedJSON(""),
            .unusableBody(""), .unknownToken, .unavailable(.closed("")), .notAuthorized, .unknownEvent(""),
            .invalidParameter("", found: "", expected: ""), .refused(.running(EventID(1))),
            .refused(.bodyGone(EventID(1))), .countDiffers(.replay, found: 1, events: 1, expected: nil),
            .unknownRun("", .replay), .unknownLane("", known: []), .busy("/replays/1"), .backupRunning(""),
            .backupsOff, .unreadablePayload(""), .missingEventSignature(""), .invalidEventSignature(""),
            .missingToken(""), .invalidToken(""), .wrongSecret(""), .wrongClient, .foreignTopic, .keysUnavailable(""),
            .unknownReconciliation(""), .unknownFinding(""), .reconciliationOff, .reconciling(ReconciliationID(1)),
            .needsPerson(""), .repairFailed(Reason(code: "", message: "")), .syntheticOrderOff,
            .unknownJob(""), .packageGone(DataJobID(1)), .jobsOff,
            .unknownTable("", known: []), .unknownValue(ValueKey(table: "", key: "")), .unusableValues(""),
            .unknownPoller("", known: []),
            .pollerBusy(""), .pollFailed("", Reason(code: "", message: "")),
            .unknownMapping("", known: []), .mappingRefused(MappingRefused([])), .mapping(.noFolder),
            .mapping(.notOwn("")), .mappingNotKept(""),
        ])
    func problems(problem: Problem) throws {
        #expect(try APIDocument().text.contains("`\(problem.slug)`"))
        #expect(!problem.title.isEmpty)
    }
}

import Foundation
import HTTPServer
import HTTPTypes
import Testing

@testable import Sandbox

@Suite("Batches in the simulated D365")
struct BatchTests {
    /// Lines as MIME ends them.
    static func lines(_ lines: [String]) -> String { lines.map { $0 + "\r\n" }.joined() }

    static func operation(_ request: String, _ body: String = "", id: String?) -> [String] {
        ["Content-Type: application/http", "Content-Transfer-Encoding: binary"]
            + (id.map { ["Content-ID: \($0)"] } ?? [])
            + ["", "\(request) HTTP/1.1"] + (body.isEmpty ? [] : ["Content-Type: application/json"]) + ["", body]
    }

    static func changeSet(_ operations: [String]...) -> [String] {
        ["Content-Type: multipart/mixed; boundary=c", ""] + operations.flatMap { ["--c"] + $0 } + ["--c--"]
    }

    static func batch(_ parts: [String]...) -> String { lines(parts.flatMap { ["--b"] + $0 } + ["--b--"]) }

    static func line(_ item: String, id: String?, number: String = "SO-000001") -> [String] {
        operation(
            "POST SalesOrderLinesV3?cross-company=true",
            #"{"dataAreaId":"usmf","SalesOrderNumber":"\#(number)","ItemNumber":"\#(item)","OrderedSalesQuantity":1}"#,
            id: id)
    }

    private func stage() async throws -> Stage {
        let stage = try Stage()
        try await stage.createOrder(try await stage.createCustomer())
        return stage
    }

    private func send(
        _ body: String, _ stage: Stage, type: String = "multipart/mixed; boundary=b", goesOn: Bool = true
    ) async throws -> Answer {
        let token = try await stage.token().text("access_token")
        var headers: HTTPFields = [.authorization: "Bearer \(token)", .contentType: type]
        if goesOn { headers.set("Prefer", to: "odata.continue-on-error") }
        return Answer(
            await stage.dynamics.respond(
                to: Request(method: .post, path: "/data/$batch", headers: headers, body: Array(body.utf8))))
    }

    private func statuses(_ answer: Answer) -> [String] {
        answer.body.matches(of: /HTTP\/1\.1 (\d+)/).map { String($0.1) }
    }

    private func lineCount(_ stage: Stage) -> Int {
        stage.dynamics.snapshot().orders.map(\.lines.count).reduce(0, +)
    }

    @Test("A change set is done as a whole; its answers carry the Content-IDs")
    func good() async throws {
        let stage = try await stage()
        let body = Self.batch(Self.changeSet(Self.line("MUG-01", id: "1"), Self.line("LAMP-02", id: "2")))
        for type in ["multipart/mixed; boundary=b", #"multipart/mixed;boundary="b""#] {
            let answer = try await send(body, stage, type: type)
            #expect(answer.status == 200)
            #expect(statuses(answer) == ["201", "201"])
            #expect(answer.body.contains("Content-ID: 1\r\n") && answer.body.contains("Content-ID: 2\r\n"))
            let boundary = try #require(answer.response.headers[.contentType]?.split(separator: "=").last)
            #expect(answer.body.hasPrefix("--\(boundary)\r\nContent-Type: multipart/mixed; boundary="))
            #expect(answer.body.hasSuffix("--\r\n--\(boundary)--\r\n"))
        }
        #expect(lineCount(stage) == 4)
    }

    @Test("A change set that fails leaves nothing, and answers with the one that failed")
    func rollback() async throws {
        let stage = try await stage()
        let answer = try await send(
            Self.batch(
                Self.changeSet(
                    Self.line("MUG-01", id: "1"), Self.line("RETIRED-01", id: "2"), Self.line("LAMP-02", id: "3"))),
            stage)
        #expect(answer.status == 200)
        #expect(statuses(answer) == ["500"])
        #expect(answer.body.contains("Content-ID: 2\r\n"))
        #expect(lineCount(stage) == 0)
        #expect(try await stage.data(.get, "SalesOrderHeadersV2").number("value.0.OrderTotalAmount") == 0)
    }

    @Test("An order with its lines is atomic where the number is the caller's own")
    func orderWithLines() async throws {
        let stage = try Stage { $0.dynamics.salesOrderNumbers = .manual }
        let account = try await stage.createCustomer()
        func order(_ number: String, item: String) -> String {
            let header = stage.orderBody(account, number, "usmf", #","SalesOrderNumber":"\#(number)""#)
                .replacing("\n", with: "")
            return Self.batch(
                Self.changeSet(
                    Self.operation("POST SalesOrderHeadersV2?cross-company=true", header, id: "1"),
                    Self.line(item, id: "2", number: number)))
        }
        #expect(statuses(try await send(order("WEB-1", item: "RETIRED-01"), stage)) == ["500"])
        #expect(stage.dynamics.snapshot().orders.isEmpty)
        #expect(statuses(try await send(order("WEB-1", item: "MUG-01"), stage)) == ["201", "201"])
        #expect(stage.dynamics.snapshot().orders.map(\.lines.count) == [1])
    }

    @Test("Parts have outcomes of their own; without the caller's wish F&O stops at the first that fails")
    func mixed() async throws {
        let stage = try await stage()
        let body = Self.batch(
            Self.changeSet(Self.line("NOPE", id: "1")), Self.changeSet(Self.line("MUG-01", id: "2")),
            Self.operation("GET SalesOrderLinesV3?$select=ItemNumber&cross-company=true", id: nil),
            Self.operation("GET Nope", id: nil), Self.line("LAMP-02", id: nil))
        #expect(statuses(try await send(body, stage, goesOn: false)) == ["400"])
        #expect(lineCount(stage) == 0)
        #expect(statuses(try await send(body, stage)) == ["400", "201", "200", "404", "201"])
        #expect(lineCount(stage) == 2)
    }

    @Test("A stale version or an asked refusal undoes all of a change set")
    func undone() async throws {
        let stage = try await stage()
        let patch = [
            "Content-Type: application/http", "Content-Transfer-Encoding: binary", "Content-ID: 2", "",
            "PATCH SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='SO-000001')?cross-company=true HTTP/1.1",
            #"If-Match: W/"old""#, "Content-Type: application/json", "", #"{"Email":"x"}"#,
        ]
        let body = Self.batch(Self.changeSet(Self.line("MUG-01", id: "1"), patch))
        #expect(statuses(try await send(body, stage)) == ["412"])
        stage.dynamics.refuseNextWrite(infolog: "No", status: 400)
        #expect(statuses(try await send(Self.batch(Self.changeSet(Self.line("MUG-01", id: "1"))), stage)) == ["400"])
        #expect(lineCount(stage) == 0)
    }

    struct Malformed: CustomTestStringConvertible {
        let testDescription: String
        let body: String
        let text: String
        var type = "multipart/mixed; boundary=b"

        init(_ description: String, _ body: String, _ text: String, type: String = "multipart/mixed; boundary=b") {
            (testDescription, self.body, self.text, self.type) = (description, body, text, type)
        }
    }

    static let one = batch(changeSet(line("MUG-01", id: "1")))
    static let malformed: [Malformed] = [
        Malformed("no multipart", one, "multipart/mixed", type: "application/json"),
        Malformed("no boundary", one, "boundary", type: "multipart/mixed"),
        Malformed("another boundary", one, "'x'", type: "multipart/mixed; boundary=x"),
        Malformed("bare line feeds", one.replacing("\r\n", with: "\n"), "closing boundary"),
        Malformed("no end", one.replacing("--b--\r\n", with: ""), "closing boundary '--b--'"),
        Malformed("no end of the change set", one.replacing("--c--\r\n", with: ""), "closing boundary '--c--'"),
        Malformed("a read in a change set", batch(changeSet(operation("GET CustomersV3", id: "1"))), "GET"),
        Malformed("no Content-ID", batch(changeSet(line("MUG-01", id: nil))), "Content-ID"),
        Malformed(
            "the same Content-ID twice", batch(changeSet(line("MUG-01", id: "1"), line("MUG-01", id: "1"))), "twice"),
        Malformed(
            "the same Content-ID in two change sets",
            batch(changeSet(line("MUG-01", id: "1")), changeSet(line("MUG-01", id: "1"))), "twice"),
        Malformed("a reference", batch(changeSet(operation("POST $1/Lines", "{}", id: "1"))), "'$1/Lines'"),
        Malformed(
            "no request line", one.replacing("POST SalesOrderLinesV3?cross-company=true HTTP/1.1", with: "POST"),
            "METHOD"),
        Malformed("not binary", one.replacing("Content-Transfer-Encoding: binary\r\n", with: ""), "binary"),
    ]

    @Test("A batch that F&O would not understand is refused as a whole", arguments: malformed)
    func refused(_ row: Malformed) async throws {
        let stage = try await stage()
        let answer = try await send(row.body, stage, type: row.type)
        #expect(answer.status == 400, "\(answer.body)")
        #expect(try answer.text("error.innererror.message").contains(row.text), "\(answer.body)")
        #expect(lineCount(stage) == 0)
    }

    @Test("A batch needs a token and POST")
    func access() async throws {
        let stage = try await stage()
        #expect(try await stage.data(.post, "$batch", Self.one, token: "none").status == 401)
        #expect(try await stage.data(.get, "$batch").status == 405)
    }
}

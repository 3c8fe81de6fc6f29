import HTTPTypes
import Testing

@testable import HTTPServer

/// One case of the parser's tables: bytes, and what the parser must make of them.
struct ParserRow: CustomTestStringConvertible, Sendable {
    /// What a parsed request amounts to.
    struct Seen: Equatable, Sendable {
        var method = "GET"
        var path = "/"
        var query: String?
        var body = ""
        var keepsAlive = true
    }

    enum Outcome: Equatable, Sendable {
        case requests([Seen])
        /// Problem slug and status. Nothing before it was complete, unless the row says so.
        case failure(String, Int)
        /// All input is consumed, and the request is not complete.
        case incomplete
    }

    let testDescription: String
    let wire: [UInt8]
    let expected: Outcome

    /// - Parameter clause: RFC 9112 unless it says otherwise.
    init(_ clause: String, _ name: String, _ wire: String, _ expected: Outcome) {
        self.init(clause, name, Array(wire.utf8), expected)
    }

    init(_ clause: String, _ name: String, _ wire: [UInt8], _ expected: Outcome) {
        testDescription = "\(clause): \(name)"
        self.wire = wire
        self.expected = expected
    }

    /// A row whose wire is one header line in an otherwise valid GET.
    static func field(_ clause: String, _ name: String, _ line: String, _ expected: Outcome) -> ParserRow {
        ParserRow(clause, name, "GET / HTTP/1.1\r\nHost: x\r\n\(line)\r\n\r\n", expected)
    }

    /// A row whose wire is a GET with this target.
    static func target(_ clause: String, _ name: String, _ target: String, _ expected: Outcome) -> ParserRow {
        ParserRow(clause, name, "GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n", expected)
    }

    /// A row whose wire is a GET with this Host value.
    static func host(_ name: String, _ value: String, _ expected: Outcome) -> ParserRow {
        ParserRow("RFC 9110 §7.2", name, "GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n", expected)
    }

    /// A row whose wire is a chunked POST with this body.
    static func chunked(_ clause: String, _ name: String, _ body: String, _ expected: Outcome) -> ParserRow {
        ParserRow(
            clause, name, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(body)", expected)
    }

    static let limits = RequestLimits(maxHeadBytes: 512, maxHeaderCount: 8, maxBodyBytes: 32)

    /// What the parser makes of the wire when it arrives in these pieces.
    static func outcome(of pieces: [ArraySlice<UInt8>]) -> Outcome {
        var parser = RequestParser(limits: limits)
        var seen: [Seen] = []
        var current = Seen()
        var body: [UInt8] = []
        do throws(FramingError) {
            for piece in pieces {
                let input = Array(piece)
                var position = 0
                while let element = try parser.next(in: input.span, at: &position) {
                    switch element {
                    case .head(let head):
                        body = []
                        current = Seen(
                            method: head.method.rawValue, path: head.target.path, query: head.target.query,
                            keepsAlive: head.keepsAlive)
                    case .body(let range): body += input[range]
                    case .end:
                        current.body = String(decoding: body, as: UTF8.self)
                        seen.append(current)
                    }
                }
            }
        } catch {
            return .failure(error.problem.slug, error.problem.status.code)
        }
        return parser.stage == .betweenRequests ? .requests(seen) : .incomplete
    }
}

extension ParserRow.Outcome {
    static let get = Self.requests([.init()])
    static func get(_ path: String, query: String? = nil) -> Self { .requests([.init(path: path, query: query)]) }
    static func post(_ body: String) -> Self { .requests([.init(method: "POST", body: body)]) }

    static let badLine = Self.failure("malformed-request-line", 400)
    static let badTarget = Self.failure("invalid-request-target", 400)
    static let badField = Self.failure("malformed-header-field", 400)
    static let badLineEnd = Self.failure("malformed-line-end", 400)
    static let badHost = Self.failure("invalid-host", 400)
    static let badLength = Self.failure("invalid-content-length", 400)
    static let badChunk = Self.failure("malformed-chunk", 400)
    static let badVersion = Self.failure("unsupported-http-version", 505)
    static let tooLarge = Self.failure("body-too-large", 413)
}

import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("The request parser")
struct ParserTests {
    static let rows = requestLineRows + targetRows + fieldRows + hostRows + lengthRows + chunkRows + connectionRows

    @Test("reads or refuses as the RFC says", arguments: rows)
    func whole(_ row: ParserRow) {
        #expect(ParserRow.outcome(of: [row.wire[...]]) == row.expected)
    }

    @Test("makes the same of bytes that arrive one at a time", arguments: rows)
    func byteByByte(_ row: ParserRow) {
        #expect(ParserRow.outcome(of: row.wire.indices.map { row.wire[$0...$0] }) == row.expected)
    }

    @Test("makes the same of bytes wherever they are cut in two", arguments: rows)
    func twoPieces(_ row: ParserRow) {
        let wrongCut = row.wire.indices.dropFirst().first { cut in
            ParserRow.outcome(of: [row.wire[..<cut], row.wire[cut...]]) != row.expected
        }
        #expect(wrongCut == nil)
    }

    @Test("never crashes on bytes changed at random, and makes the same of them however they are cut")
    func mutations() {
        var random = Xorshift(state: 0x9E37_79B9_7F4A_7C15)
        for row in Self.rows where (1..<200).contains(row.wire.count) {
            for _ in 0..<20 {
                var wire = row.wire
                for _ in 0...Int(random.next() % 3) {
                    wire[Int(random.next() % UInt64(wire.count))] =
                        Self.interesting[
                            Int(random.next() % UInt64(Self.interesting.count))]
                }
                let whole = ParserRow.outcome(of: [wire[...]])
                #expect(ParserRow.outcome(of: wire.indices.map { wire[$0...$0] }) == whole, "\(wire)")
            }
        }
    }

    /// Bytes that mean something somewhere in a request.
    private static let interesting = Array("\r\n\0 \t:;,=\"%/.?#*09aFxGET\u{7F}\u{80}".utf8)

    @Test(
        "a limit's problem says how large the limit is",
        arguments: [
            FramingError.headTooLarge(limit: 7), .targetTooLong(limit: 7), .targetAboveLimit(limit: 7),
            .tooManyFields(limit: 7), .bodyTooLarge(limit: 7),
        ])
    func limitsTellTheirValue(error: FramingError) {
        #expect(error.problem.detail.contains(", 7"))
    }

    @Test("an absolute target's authority replaces the Host field")
    func absoluteAuthority() throws {
        var parser = RequestParser(limits: ParserRow.limits)
        let wire = Array("GET http://a.example:81/p HTTP/1.1\r\nHost: b.example\r\n\r\n".utf8)
        var position = 0
        guard case .head(let head) = try parser.next(in: wire.span, at: &position) else {
            Issue.record("no head")
            return
        }
        #expect(head.headers[FieldName.host] == "a.example:81")
    }
}

/// A small generator with a fixed seed: a failure can be repeated.
struct Xorshift {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

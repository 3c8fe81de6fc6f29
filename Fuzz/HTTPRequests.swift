import HTTPTypes

/// Reads any bytes as requests: all at once, one byte at a time and cut at random must give the same, and what is
/// accepted must keep the parser's promises. A broken promise traps, which the fuzzer reports with its input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let wire = Array(UnsafeBufferPointer(start: start, count: count))
    for limits in Reading.limits {
        let whole = Reading(wire, limits) { _ in wire.count }
        let single = Reading(wire, limits) { _ in 1 }
        // The cuts depend on the input alone, so that a finding can be repeated.
        var random =
            wire.reduce(into: UInt64(0xCBF2_9CE4_8422_2325)) { $0 = ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } | 1
        let cut = Reading(wire, limits) { remaining in
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return Int(random % UInt64(min(remaining, 40))) + 1
        }
        precondition(whole.outcome == single.outcome, "single bytes are read differently")
        precondition(whole.outcome == cut.outcome, "pieces are read differently")
    }
    return 0
}

/// What the parser makes of some bytes that arrive in pieces.
struct Reading {
    struct Outcome: Equatable {
        struct Message: Equatable {
            var head: RequestHead
            var body: [UInt8] = []
            var isComplete = false
        }
        var messages: [Message] = []
        var error: FramingError?
    }

    /// Small enough to be met often, and as served.
    static let limits = [
        RequestLimits(maxHeadBytes: 256, maxHeaderCount: 4, maxBodyBytes: 24),
        RequestLimits(maxHeadBytes: 16384, maxHeaderCount: 100, maxBodyBytes: 1 << 20),
    ]

    private(set) var outcome = Outcome()
    private let limits: RequestLimits

    /// - Parameter pieceSize: Bytes of the next piece, given how many are left; at least 1.
    init(_ wire: [UInt8], _ limits: RequestLimits, pieceSize: (Int) -> Int) {
        self.limits = limits
        var parser = RequestParser(limits: limits)
        var sent = 0
        do throws(FramingError) {
            while sent < wire.count {
                let piece = Array(wire[sent..<min(sent + pieceSize(wire.count - sent), wire.count)])
                sent += piece.count
                var position = 0
                while let element = try parser.next(in: piece.span, at: &position) { take(element, of: piece) }
                precondition(position == piece.count, "the parser waits for more and leaves bytes")
                precondition(
                    parser.heldBytes <= max(limits.maxHeadBytes, RequestLimits.maxChunkLineBytes),
                    "the parser holds more than one line")
            }
        } catch {
            // A body that had begun is lost; how much of it was seen depends on the cuts.
            if outcome.messages.last?.isComplete == false { outcome.messages[outcome.messages.count - 1].body = [] }
            outcome.error = error
        }
    }

    private mutating func take(_ element: RequestParser.Element, of piece: [UInt8]) {
        let last = outcome.messages.count - 1
        switch element {
        case .head(let head):
            precondition(outcome.messages.last?.isComplete != false, "a head inside a request")
            check(head)
            outcome.messages.append(Outcome.Message(head: head))
        case .body(let range):
            precondition(outcome.messages.last?.isComplete == false, "a body without a head")
            outcome.messages[last].body += piece[range]
            precondition(outcome.messages[last].body.count <= limits.maxBodyBytes, "a body above its limit")
        case .end:
            precondition(outcome.messages.last?.isComplete == false, "an end without a head")
            outcome.messages[last].isComplete = true
            if case .length(let length) = outcome.messages[last].head.framing {
                precondition(outcome.messages[last].body.count == length, "a body of another length")
            }
        }
    }

    private func check(_ head: RequestHead) {
        precondition(head.headers.count <= limits.maxHeaderCount + 1, "more fields than the limit")
        let hosts = head.headers[fields: FieldName.host].count
        precondition(hosts == 1 || head.isHTTP10 && hosts == 0, "not exactly one Host")
        for field in head.headers {
            field.withUnsafeBytesOfValue { value in
                for byte in value {
                    precondition(byte >= 0x20 && byte != 0x7F || byte == 0x09, "a control character")
                }
            }
        }
        if head.framing == .chunked {
            let codings = head.headers[fields: .transferEncoding].flatMap { $0.withUnsafeBytesOfValue { Array($0) } }
            let coding = codings.filter { $0 != ASCII.comma && $0 != ASCII.space && $0 != ASCII.tab }
            precondition(coding.span.equalsIgnoringCase("chunked"), "another coding read as chunked")
        }
        check(head.target)
    }

    /// A normalised path stays as it is when it is normalised again: nobody who reads it later sees another one.
    private func check(_ target: RequestTarget) {
        if target.path == "*" { return }
        precondition(target.path.utf8.first == ASCII.slash, "a path without a slash")
        let segments = target.path.utf8.split(separator: ASCII.slash, omittingEmptySubsequences: false)
        for segment in segments {
            precondition(!segment.elementsEqual(".".utf8) && !segment.elementsEqual("..".utf8), "a dot segment")
        }
        let again = try? RequestTarget(parsing: Array(target.path.utf8).span)
        precondition(again?.path == target.path, "a path that can be normalised again")
    }
}

/// Turns received bytes into whole requests, one at a time: what follows a request waits until it is asked for.
struct RequestAssembler {
    enum Outcome {
        /// - Parameter sendsContinue: Whether the peer waits for `100 Continue` (RFC 9110 §10.1.1).
        case needsInput(sendsContinue: Bool)
        case complete(RequestHead, body: [UInt8])
    }

    /// Called at the end of a head; returns how long the body may be.
    typealias Admit = (RequestHead) throws(FramingError) -> Int

    private var parser: RequestParser
    private var head: RequestHead?
    private var body: [UInt8] = []
    /// Received but not parsed: what came in one read after the end of a request.
    private var backlog: [UInt8] = []
    private var backlogStart = 0

    init(limits: RequestLimits) { parser = RequestParser(limits: limits) }

    var hasBacklog: Bool { backlogStart < backlog.count }
    var stage: RequestParser.Stage { parser.stage }
    /// Bytes of the body that have arrived so far.
    var bodyBytes: Int { body.count }
    /// Whether nothing of a next request has arrived.
    var isIdle: Bool { !hasBacklog && stage == .betweenRequests }

    /// - Parameter input: New bytes; only when there is no backlog.
    mutating func receive(_ input: Span<UInt8>, _ admit: Admit) throws(FramingError) -> Outcome {
        var position = 0
        let outcome = try parse(input, &position, admit)
        if position < input.count {
            backlog = input.extracting(position...).withUnsafeBufferPointer { Array($0) }
            backlogStart = 0
        }
        return outcome
    }

    /// Goes on with the backlog.
    mutating func resume(_ admit: Admit) throws(FramingError) -> Outcome {
        let input = backlog
        backlog = []
        var position = backlogStart
        backlogStart = 0
        let outcome = try parse(input.span, &position, admit)
        if position < input.count {
            backlog = input
            backlogStart = position
        }
        return outcome
    }

    private mutating func parse(
        _ input: Span<UInt8>, _ position: inout Int, _ admit: Admit
    ) throws(FramingError) -> Outcome {
        var sendsContinue = false
        while let element = try parser.next(in: input, at: &position) {
            switch consume element {
            case .head(let head):
                try parser.limitBody(to: try admit(head))
                sendsContinue = head.expectsContinue && head.framing != .none && position == input.count
                if case .length(let length) = head.framing {
                    // Memory is promised only for bytes that are here: a declared length costs the peer nothing.
                    body.reserveCapacity(min(length, max(input.count - position, 4096)))
                }
                self.head = head
            case .body(let range):
                input.extracting(range).withUnsafeBufferPointer { body.append(contentsOf: $0) }
            case .end:
                guard let head = head.take() else { break }
                return .complete(head, body: exchange(&body, with: []))
            }
        }
        return .needsInput(sendsContinue: sendsContinue)
    }
}

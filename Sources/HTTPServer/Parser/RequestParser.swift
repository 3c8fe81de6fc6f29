/// Reads requests off a byte stream, however the stream is cut (RFC 9112). A pure value: no sockets, no clock.
///
/// Call `next` until it returns `nil`, then again with the bytes that arrived since. Lines are checked as soon as
/// they are complete, so that a bad request is refused without waiting for its end. Between calls it keeps at most
/// one unfinished line, never any part of a body.
struct RequestParser: Sendable {
    enum Element: Equatable {
        case head(RequestHead)
        /// A piece of the body: a range of the input.
        case body(Range<Int>)
        /// The request is complete; the next byte begins the next one.
        case end
    }

    /// What the parser waits for, for the connection's timeouts.
    enum Stage { case betweenRequests, head, body }

    private enum State: Equatable {
        case requestLine
        case fields
        case fixedBody(remaining: Int)
        case chunkSize
        case chunkData(remaining: Int)
        case chunkDataCR
        case chunkDataLF
        case trailers
    }

    private let limits: RequestLimits
    private var state = State.requestLine
    private var builder: HeadBuilder?
    /// The beginning of a line whose end has not arrived.
    private var unfinishedLine: [UInt8] = []
    /// Bytes that the current head, chunk line or trailer section has taken so far.
    private var sectionBytes = 0
    private var bodyBytes = 0
    private var maxBodyBytes: Int
    private var extensionBytes = 0
    private var trailerCount = 0
    private var skippedEmptyLine = false

    init(limits: RequestLimits) {
        self.limits = limits
        maxBodyBytes = limits.maxBodyBytes
    }

    /// For the body of the request whose head was returned last.
    mutating func limitBody(to count: Int) throws(FramingError) {
        maxBodyBytes = min(count, limits.maxBodyBytes)
        if case .fixedBody(let length) = state, length > maxBodyBytes { throw .bodyTooLarge(limit: maxBodyBytes) }
    }

    /// Bytes kept between two calls: at most one unfinished line.
    var heldBytes: Int { unfinishedLine.count }

    var stage: Stage {
        switch state {
        case .requestLine: sectionBytes == 0 ? .betweenRequests : .head
        case .fields: .head
        default: .body
        }
    }

    /// - Parameters:
    ///   - input: Bytes as they arrived; those before `position` are done with.
    ///   - position: Moved past what was consumed.
    /// - Returns: `nil` when all input is consumed and more is needed.
    mutating func next(in input: Span<UInt8>, at position: inout Int) throws(FramingError) -> Element? {
        while true {
            switch state {
            case .fixedBody(let remaining):
                guard remaining > 0 else { return finish() }
                guard let piece = take(remaining, of: input, at: &position) else { return nil }
                state = .fixedBody(remaining: remaining - piece.count)
                return .body(piece)
            case .chunkData(let remaining):
                guard let piece = take(remaining, of: input, at: &position) else { return nil }
                state = piece.count == remaining ? .chunkDataCR : .chunkData(remaining: remaining - piece.count)
                return .body(piece)
            case .chunkDataCR, .chunkDataLF:
                guard position < input.count else { return nil }
                guard input[position] == (state == .chunkDataCR ? ASCII.cr : ASCII.lf) else {
                    throw .malformedChunk("Chunk data is followed by CR LF.")
                }
                position += 1
                state = state == .chunkDataCR ? .chunkDataLF : .chunkSize
            case .requestLine, .fields, .chunkSize, .trailers:
                guard position < input.count else { return nil }
                if let element = try readLine(in: input, at: &position) { return element }
            }
        }
    }

    private func take(_ remaining: Int, of input: Span<UInt8>, at position: inout Int) -> Range<Int>? {
        let count = min(remaining, input.count - position)
        guard count > 0 else { return nil }
        position += count
        return (position - count)..<position
    }

    private mutating func readLine(in input: Span<UInt8>, at position: inout Int) throws(FramingError) -> Element? {
        let start = position
        if state == .requestLine, sectionBytes == 0, !ByteSet.token.contains(input[start]), input[start] != ASCII.cr {
            // Not HTTP at all, a TLS handshake for instance: no need to wait for a line end.
            throw .malformedRequestLine("A request begins with a method.")
        }
        let lineFeed = input.firstIndex(of: ASCII.lf, from: start)
        position = lineFeed.map { $0 + 1 } ?? input.count
        sectionBytes += position - start
        guard sectionBytes <= sectionLimit else { throw sectionOverflow(input.extracting(start...)) }
        if let lineFeed, unfinishedLine.isEmpty {
            guard lineFeed > start, input[lineFeed - 1] == ASCII.cr else { throw .malformedLineEnd }
            return try accept(line: input.extracting(start..<(lineFeed - 1)))
        }
        let arrived = input.extracting(start..<position)
        arrived.withUnsafeBufferPointer { unfinishedLine.append(contentsOf: $0) }
        guard lineFeed != nil else { return nil }
        let line = unfinishedLine
        unfinishedLine = []
        guard line.count > 1, line[line.count - 2] == ASCII.cr else { throw .malformedLineEnd }
        return try accept(line: line.span.extracting(droppingLast: 2))
    }

    private var sectionLimit: Int {
        switch state {
        case .chunkSize: RequestLimits.maxChunkLineBytes
        case .requestLine: min(limits.maxHeadBytes, longestLine)
        default: limits.maxHeadBytes
        }
    }

    /// Of a request line that may still be acceptable: the empty line before it, method, target, version, CR LF.
    private var longestLine: Int {
        2 + RequestLimits.maxMethodBytes + 1 + limits.maxTargetBytes + 1 + "HTTP/1.1".utf8.count + 2
    }

    /// - Parameter arrived: What came behind `unfinishedLine`.
    private func sectionOverflow(_ arrived: Span<UInt8>) -> FramingError {
        switch state {
        case .requestLine where hasEndlessMethod(arrived): .unsupportedMethod
        case .requestLine:
            limits.maxHeadBytes < longestLine
                ? .targetTooLong(limit: limits.maxHeadBytes) : .targetAboveLimit(limit: limits.maxTargetBytes)
        case .chunkSize:
            .malformedChunk("A chunk's size line is longer than \(RequestLimits.maxChunkLineBytes) bytes.")
        default: .headTooLarge(limit: limits.maxHeadBytes)
        }
    }

    /// RFC 9112 §3: it is the method that is too long, or the target.
    private func hasEndlessMethod(_ arrived: Span<UInt8>) -> Bool {
        let method = RequestLimits.maxMethodBytes + 1
        let missing = max(method - unfinishedLine.count, 0)
        return !unfinishedLine.prefix(method).contains(ASCII.space)
            && arrived.extracting(..<min(missing, arrived.count)).firstIndex(of: ASCII.space) == nil
    }

    /// - Parameter line: Without its CR LF.
    private mutating func accept(line: Span<UInt8>) throws(FramingError) -> Element? {
        switch state {
        case .requestLine:
            if line.isEmpty, !skippedEmptyLine {
                // RFC 9112 §2.2: some clients send an empty line after a body.
                skippedEmptyLine = true
                sectionBytes = 0
                return nil
            }
            builder = try HeadBuilder(requestLine: line, limits: limits)
            state = .fields
        case .fields:
            if line.isEmpty { return try finishHead() }
            try builder?.addField(line)
        case .chunkSize:
            sectionBytes = 0
            let (size, extensionBytes) = try ChunkLine.read(line)
            self.extensionBytes += extensionBytes
            guard self.extensionBytes <= RequestLimits.maxChunkExtensionBytes else {
                throw .malformedChunk(
                    "The chunks' extensions are longer than \(RequestLimits.maxChunkExtensionBytes) bytes.")
            }
            try beginChunk(size: size)
        default:
            if line.isEmpty { return finish() }
            trailerCount += 1
            guard trailerCount <= limits.maxHeaderCount else { throw .tooManyFields(limit: limits.maxHeaderCount) }
            _ = try FieldLine.check(line)
        }
        return nil
    }

    private mutating func finishHead() throws(FramingError) -> Element? {
        guard let head = try builder.take()?.finish() else { return nil }
        sectionBytes = 0
        switch head.framing {
        case .none: state = .fixedBody(remaining: 0)
        case .length(let length): state = .fixedBody(remaining: length)
        case .chunked: state = .chunkSize
        }
        return .head(head)
    }

    private mutating func beginChunk(size: Int) throws(FramingError) {
        guard size > 0 else {
            state = .trailers
            return
        }
        guard size <= maxBodyBytes - bodyBytes else { throw .bodyTooLarge(limit: maxBodyBytes) }
        bodyBytes += size
        state = .chunkData(remaining: size)
    }

    private mutating func finish() -> Element {
        self = RequestParser(limits: limits)
        return .end
    }
}

import HTTPTypes

/// Builds a request head line by line, refusing what two readers could understand differently.
struct HeadBuilder: Sendable {
    private let limits: RequestLimits
    private let method: HTTPRequest.Method
    private let target: RequestTarget
    private let isHTTP10: Bool
    private var headers = HTTPFields()
    private var hasHost = false
    private var contentLength: Int?
    private var transferEncoding: FieldList?
    private var connection: FieldList?
    private var expectation: FieldList?

    /// - Parameter line: Without its CR LF (RFC 9112 §3).
    init(requestLine line: Span<UInt8>, limits: RequestLimits) throws(FramingError) {
        guard let methodEnd = line.firstIndex(of: ASCII.space), methodEnd > 0,
            let targetEnd = line.firstIndex(of: ASCII.space, from: methodEnd + 1)
        else { throw .malformedRequestLine("A request line is a method, a target and HTTP/1.1, one space apart.") }
        let name = line.extracting(..<methodEnd)
        guard ByteSet.token.containsAll(of: name) else {
            throw .malformedRequestLine("The method has a character that a method can't have.")
        }
        let isHTTP10 = try Self.isHTTP10(line.extracting((targetEnd + 1)...))
        let method = try Self.method(name)
        let target = line.extracting((methodEnd + 1)..<targetEnd)
        guard target.count <= limits.maxTargetBytes else { throw .targetAboveLimit(limit: limits.maxTargetBytes) }
        self.target =
            method == .options && target.equals("*")
            ? .asterisk : try RequestTarget(parsing: target, isForOPTIONS: method == .options)
        self.limits = limits
        self.method = method
        self.isHTTP10 = isHTTP10
        headers.reserveCapacity(8)
    }

    /// - Parameter line: Without its CR LF, not empty (RFC 9112 §5).
    mutating func addField(_ line: Span<UInt8>) throws(FramingError) {
        guard headers.count < limits.maxHeaderCount else { throw .tooManyFields(limit: limits.maxHeaderCount) }
        let (nameEnd, valueRange) = try FieldLine.check(line)
        let name = line.extracting(..<nameEnd)
        let value = line.extracting(valueRange)
        if let known = FieldName.known(name) {
            try note(known.role, value)
            headers.append(Self.field(known.name, value))
        } else {
            guard let name = HTTPField.Name(name.text) else { throw .malformedField("A field name is a token.") }
            headers.append(Self.field(name, value))
        }
    }

    /// Nearly all values are ASCII, and text is cheaper to make than bytes, which are first tried as UTF-8.
    private static func field(_ name: HTTPField.Name, _ value: Span<UInt8>) -> HTTPField {
        value.isASCII
            ? HTTPField(name: name, value: value.text)
            : value.withUnsafeBufferPointer { HTTPField(name: name, value: $0) }
    }

    private mutating func note(_ role: FieldName.Role, _ value: Span<UInt8>) throws(FramingError) {
        switch role {
        case .other:
            break
        case .host:
            guard !hasHost else { throw .invalidHost("A request has exactly one Host field.") }
            guard HostField.isValid(value) else {
                throw .invalidHost("The Host field is not a host with an optional port.")
            }
            hasHost = true
        case .contentLength:
            guard contentLength == nil else {
                throw .invalidContentLength("Content-Length appears more than once.")
            }
            contentLength = try Self.length(value)
        case .transferEncoding:
            transferEncoding = (transferEncoding ?? FieldList()).adding(value)
        case .connection:
            connection = (connection ?? FieldList()).adding(value)
        case .expect:
            expectation = (expectation ?? FieldList()).adding(value)
        }
    }

    /// Called at the empty line that ends the head.
    consuming func finish() throws(FramingError) -> RequestHead {
        guard hasHost || isHTTP10 else { throw .invalidHost("An HTTP/1.1 request has exactly one Host field.") }
        let framing = try framing()
        var headers = headers
        if let authority = target.authority { headers[FieldName.host] = authority }
        // RFC 9110 §10.1.1: the expectation of an HTTP/1.0 client is ignored.
        let expectations = isHTTP10 ? [] : expectation?.members ?? []
        guard expectations.allSatisfy({ $0 == "100-continue" }) else { throw .unsupportedExpectation }
        let closes = connection?.members.contains("close") ?? false
        let keeps = connection?.members.contains("keep-alive") ?? false
        return RequestHead(
            method: method, target: target, isHTTP10: isHTTP10, headers: headers, framing: framing,
            expectsContinue: !expectations.isEmpty, keepsAlive: !closes && (!isHTTP10 || keeps))
    }

    /// RFC 9112 §6.3, without its leniencies.
    private func framing() throws(FramingError) -> RequestHead.BodyFraming {
        guard let transferEncoding else {
            guard let contentLength else { return .none }
            guard contentLength <= limits.maxBodyBytes else { throw .bodyTooLarge(limit: limits.maxBodyBytes) }
            return contentLength == 0 ? .none : .length(contentLength)
        }
        guard contentLength == nil else { throw .ambiguousLength }
        guard !isHTTP10 else { throw .invalidTransferEncoding("HTTP/1.0 has no Transfer-Encoding.") }
        if transferEncoding.members == ["chunked"] { return .chunked }
        // Two rules meet here. Without a final chunked the length is unknown, and 400 is a MUST (RFC 9112 §6.3,
        // rule 4), whatever the coding is; a coding that is only unknown is 501, a SHOULD (§6.1).
        guard transferEncoding.members.last == "chunked",
            transferEncoding.members.count(where: { $0 == "chunked" }) == 1
        else { throw .invalidTransferEncoding("The last transfer coding, and only the last, is chunked.") }
        throw .unsupportedTransferCoding
    }

    private static func method(_ name: Span<UInt8>) throws(FramingError) -> HTTPRequest.Method {
        if name.equals("GET") { return .get }
        if name.equals("POST") { return .post }
        guard name.count <= RequestLimits.maxMethodBytes, let method = HTTPRequest.Method(name.text),
            method != .connect
        else { throw .unsupportedMethod }
        return method
    }

    private static func isHTTP10(_ version: Span<UInt8>) throws(FramingError) -> Bool {
        guard version.count == 8, version.extracting(..<5).equals("HTTP/"), ASCII.isDigit(version[5]),
            version[6] == ASCII.dot, ASCII.isDigit(version[7])
        else { throw .malformedRequestLine("The request line ends with HTTP/1.1 or HTTP/1.0.") }
        guard version[5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
        // RFC 9110 §2.5: a higher minor version is read as the highest one known.
        return version[7] == UInt8(ascii: "0")
    }

    /// `1*DIGIT` (RFC 9110 §8.6); what doesn't fit an integer is larger than every limit.
    private static func length(_ value: Span<UInt8>) throws(FramingError) -> Int {
        guard !value.isEmpty else { throw .invalidContentLength("Content-Length is empty.") }
        var length = 0
        for index in value.indices {
            guard ASCII.isDigit(value[index]) else {
                throw .invalidContentLength("Content-Length is a decimal number of bytes.")
            }
            let (tenfold, overflows) = length.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = tenfold.addingReportingOverflow(Int(value[index] - UInt8(ascii: "0")))
            length = overflows || overflowsToo ? .max / 16 : sum
        }
        return length
    }
}

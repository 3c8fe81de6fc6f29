import HTTPTypes

/// Why a request could not be read. The connection answers with it and closes, since what follows on the
/// connection can't be trusted to be the next request.
enum FramingError: Error, Equatable {
    case malformedRequestLine(String)
    case unsupportedVersion
    case unsupportedMethod
    case invalidTarget(String)
    case targetTooLong(limit: Int)
    case targetAboveLimit(limit: Int)
    case headTooLarge(limit: Int)
    case tooManyFields(limit: Int)
    case malformedField(String)
    case malformedLineEnd
    case invalidHost(String)
    case invalidContentLength(String)
    case ambiguousLength
    case invalidTransferEncoding(String)
    case unsupportedTransferCoding
    case malformedChunk(String)
    case bodyTooLarge(limit: Int)
    case unsupportedExpectation
    case headTimeout
    case bodyTimeout
    /// Well formed, and not let in.
    case refused(Refusal)
}

extension FramingError {
    /// For the peer and for metrics: what is wrong, by which rule, and by how much. The
    /// settings have other names where they are made, so texts give their values.
    var problem: Problem {
        switch self {
        case .malformedRequestLine(let reason):
            Problem("malformed-request-line", status: .badRequest, title: "Malformed request line", detail: reason)
        case .unsupportedVersion:
            Problem(
                "unsupported-http-version", status: .httpVersionNotSupported, title: "Unsupported HTTP version",
                detail: "This server speaks HTTP/1.1 and HTTP/1.0.")
        case .unsupportedMethod:
            Problem(
                "method-not-implemented", status: .notImplemented, title: "Method not implemented",
                detail: "No resource of this server has this method.")
        case .invalidTarget(let reason):
            Problem("invalid-request-target", status: .badRequest, title: "Invalid request target", detail: reason)
        case .targetTooLong(let limit):
            Problem(
                "request-target-too-long", status: .uriTooLong, title: "Request target too long",
                detail: "The request line is longer than this server reads, \(limit) bytes.")
        case .targetAboveLimit(let limit):
            Problem(
                "request-target-too-long", status: .uriTooLong, title: "Request target too long",
                detail: "The request target is longer than this server reads, \(limit) bytes.")
        case .headTooLarge(let limit):
            Problem(
                "request-head-too-large", status: .requestHeaderFieldsTooLarge, title: "Request head too large",
                detail: "The header or trailer section is longer than this server reads, \(limit) bytes.")
        case .tooManyFields(let limit):
            Problem(
                "too-many-header-fields", status: .requestHeaderFieldsTooLarge, title: "Too many header fields",
                detail: "The request has more header fields than this server reads, \(limit).")
        case .malformedField(let reason):
            Problem("malformed-header-field", status: .badRequest, title: "Malformed header field", detail: reason)
        case .malformedLineEnd:
            Problem(
                "malformed-line-end", status: .badRequest, title: "Malformed line end",
                detail: "Every line of a request ends with CR LF; a CR or LF alone is not accepted.")
        case .invalidHost(let reason):
            Problem("invalid-host", status: .badRequest, title: "Invalid Host", detail: reason)
        default:
            bodyProblem
        }
    }

    private var bodyProblem: Problem {
        switch self {
        case .invalidContentLength(let reason):
            Problem("invalid-content-length", status: .badRequest, title: "Invalid Content-Length", detail: reason)
        case .ambiguousLength:
            Problem(
                "ambiguous-body-length", status: .badRequest, title: "Ambiguous body length",
                detail: "A request has Content-Length or Transfer-Encoding, never both.")
        case .invalidTransferEncoding(let reason):
            Problem(
                "invalid-transfer-encoding", status: .badRequest, title: "Invalid Transfer-Encoding", detail: reason)
        case .unsupportedTransferCoding:
            Problem(
                "transfer-coding-not-implemented", status: .notImplemented, title: "Transfer coding not implemented",
                detail: "The only transfer coding this server reads is chunked.")
        case .malformedChunk(let reason):
            Problem("malformed-chunk", status: .badRequest, title: "Malformed chunk", detail: reason)
        case .bodyTooLarge(let limit):
            Problem(
                "body-too-large", status: .contentTooLarge, title: "Body too large",
                detail: "The body is larger than is taken here, \(limit) bytes.")
        case .unsupportedExpectation:
            Problem(
                "expectation-failed", status: .expectationFailed, title: "Expectation failed",
                detail: "The only expectation this server meets is 100-continue.")
        case .bodyTimeout:
            Problem(
                "request-timeout", status: .requestTimeout, title: "Request timeout",
                detail: "The body did not arrive in the time that a body has.")
        case .refused(let refusal):
            refusal.problem
        default:
            Problem(
                "request-timeout", status: .requestTimeout, title: "Request timeout",
                detail: "The request head did not arrive in the time that a head has.")
        }
    }
}

import Foundation
import HTTPClient
import HTTPTypes
import Relay

/// What an answer of F&O means: pure, so that every status and body can be tried in a table.
struct ODataAnswer {
    let call: ODataCall
    let response: OutboundResponse
    let now: Timestamp

    /// What Microsoft's sample waits when a 429 does not say how long
    /// (fin-ops-core/dev-itpro/data-entities/service-protection-api-limits).
    static let defaultThrottleWait = Duration.seconds(30)

    var isGood: Bool { (200...299).contains(response.status) }

    /// The body of a good answer.
    func decode<Value: Decodable>(_ type: Value.Type) throws(ODataFault) -> Value {
        guard isGood else { throw fault }
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch DecodingError.keyNotFound(let key, let context) {
            throw .unexpectedRow(call, detail: "\(ODataAnswer.place(context, key)) is missing")
        } catch DecodingError.typeMismatch(let type, let context) {
            throw .unexpectedRow(call, detail: "\(ODataAnswer.place(context)) is not of type \(type)")
        } catch DecodingError.valueNotFound(let type, let context) {
            throw .unexpectedRow(call, detail: "\(ODataAnswer.place(context)) is null; expected \(type)")
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            throw .unexpectedRow(call, detail: "\(ODataAnswer.place(context)): \(context.debugDescription)")
        } catch {
            throw .malformedAnswer(
                call, detail: "\(response.body.count) bytes of \(response.headers[.contentType] ?? "unknown type")")
        }
    }

    /// The plain number that `/$count` answers, which some servers begin with a byte order mark.
    func count() throws(ODataFault) -> Int {
        guard isGood else { throw fault }
        var digits = response.body[...]
        if digits.starts(with: [0xEF, 0xBB, 0xBF]) { digits = digits.dropFirst(3) }
        guard let count = Int(String(decoding: digits, as: UTF8.self)), count >= 0 else {
            throw .malformedAnswer(call, detail: "\(response.body.count) bytes that are no number")
        }
        return count
    }

    /// What an answer that is not good means.
    var fault: ODataFault {
        let body = ODataErrorBody(response.body)
        let retryAfter = RetryAfter.wait(response.headers, millisecondsSince1970: now.millisecondsSince1970)
        let status = response.status
        switch status {
        case 401: return .unauthorized(call)
        case 403: return .forbidden(call, detail: body.detail)
        case 404: return .notFound(call)
        case 412: return .stale(call)
        case 429: return .throttled(call, retryAfter: retryAfter ?? ODataAnswer.defaultThrottleWait)
        case 408, 502, 503, 504:
            return .unavailable(call, detail: "status \(status), \(body.detail)", retryAfter: retryAfter)
        default: break
        }
        if ODataAnswer.conflictPhrases.contains(where: body.mentions) {
            return .conflict(call, detail: body.detail)
        }
        // X++ answers 500 to a business rule as well as to a crash; only the first one writes an infolog.
        if let infolog = body.infolog { return .validation(call, sentences: infolog.sentences) }
        guard status >= 500 else { return .rejected(call, status: status, detail: body.detail) }
        // What is not in F&O's own format comes from whatever stands before it.
        return body.texts.isEmpty
            ? .unavailable(call, detail: "status \(status), \(body.detail)", retryAfter: retryAfter)
            : .crashed(call, status: status, detail: body.detail)
    }

    /// Texts of database conflicts, which pass when the other process is done.
    private static let conflictPhrases = ["update conflict", "deadlock"]

    private static func place(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
        let path = (context.codingPath + (last.map { [$0] } ?? []))
            .map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
        return path.isEmpty ? "the answer" : path.joined(separator: ".")
    }
}

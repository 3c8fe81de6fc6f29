import HTTPClient
import HTTPTypes
import Relay

extension CommerceFault {
    init(_ error: TransportError, call: String) {
        let kind: Kind =
            if case .invalidURL = error {
                .misdirected
            } else {
                error.outcomeIsUnclear ? .outcomeUnclear : .unreachable
            }
        self.init(kind: kind, call: call, detail: error.description)
    }

    /// Reads an answer that is no success.
    /// - Parameter now: For a `Retry-After` that names a date.
    init(_ answer: OutboundResponse, call: String, now: Timestamp) {
        let message = CommerceErrorBody.message(in: answer.body)
        self.init(
            kind: CommerceFault.kind(of: answer, message), call: call, status: answer.status,
            detail: message ?? CommerceErrorBody.excerpt(of: answer.body),
            retryAfter: RetryAfter.wait(answer.headers, millisecondsSince1970: now.millisecondsSince1970))
        if kind == .misdirected, let location = answer.headers[.location] {
            detail = "redirected to \(location.prefix(200))"
        }
    }

    private static func kind(of answer: OutboundResponse, _ message: String?) -> Kind {
        switch answer.status {
        case 300..<400: .misdirected
        case 401: .unauthorized
        case 403: .forbidden
        case 404:
            // Without a message of Commerce's own it is some web server's page; the other text is the router's.
            message == nil || message?.hasPrefix("Request does not match any route") == true
                ? .misdirected : .notFound
        case 408, 425, 500...: answer.status == 504 ? .outcomeUnclear : .unavailable
        case 429: .throttled
        case 400: message.map(isPassing) == true ? .busy : .rejected
        case 400..<500: .rejected
        default: .unreadable
        }
    }

    /// Commerce answers a failed save with 400, whatever the cause. These texts, none of them a validation's, come
    /// from deadlocks and lock waits too; stores in other languages translate them, and are then parked at once.
    private static let passingTexts = [
        "deadlock found", "lock wait timeout", "server has gone away", "could not save", "unable to save",
    ]

    private static func isPassing(_ message: String) -> Bool {
        let message = message.lowercased()
        return passingTexts.contains { message.contains($0) }
    }
}

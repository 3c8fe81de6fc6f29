public import HTTPClient
import HTTPTypes
public import Relay

extension CommerceFault {
    init(_ error: TransportError, call: String) {
        let kind: Kind =
            switch error {
            case .invalidURL, .refused: .misdirected
            case .held: .held
            default: error.outcomeIsUnclear ? .outcomeUnclear : .unreachable
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
        complaints = CommerceErrorBody.complaints(in: answer.body)
        if kind == .throttled { retryAfter = retryAfter ?? Self.defaultThrottleWait }
        if kind == .misdirected, let location = answer.headers[.location] {
            detail = "redirected to \(location.prefix(200))"
        }
    }

    /// What the credentials' owner knows about the refusal.
    mutating func add(_ verdict: CredentialVerdict) {
        kind = verdict.next == .outcomeUnclear ? .outcomeUnclear : .unauthorized
        if let finding = verdict.finding { detail += " " + finding }
        hint = verdict.advice
    }

    /// What Adobe's sample waits when a 429 does not say how long
    /// (github.com/adobe/commerce-integration-starter-kit).
    static let defaultThrottleWait = Duration.seconds(5)

    /// What the answer means; `nil` if it is a good one. For those who watch calls without making them.
    public init?(answer: OutboundResponse, to request: OutboundRequest, now: Timestamp) {
        guard !(200..<300).contains(answer.status) else { return nil }
        let path = request.url.prefix { $0 != "?" }.split(separator: "/").suffix(2).joined(separator: "/")
        self.init(answer, call: "\(request.method.rawValue) …/\(path)", now: now)
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
        case 500: message == nil ? .unavailable : .crashed
        case 504: .outcomeUnclear
        case 408, 425, 501...: .unavailable
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

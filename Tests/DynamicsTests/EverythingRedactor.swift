import Relay

/// Keeps all that was in a call as it was: for tests that look at what clients hand to the trail.
struct EverythingRedactor: Redactor {
    func exchange(of call: Call) -> Exchange {
        Exchange(
            destination: call.destination, method: call.method, target: call.target, status: call.status,
            sentHeaders: Self.headers(call.sent), receivedHeaders: Self.headers(call.received),
            sent: Self.text(call.sent), received: Self.text(call.received), failure: call.failure,
            startedAt: call.startedAt, milliseconds: call.milliseconds)
    }

    private static func headers(_ message: Call.Message?) -> [String: String] {
        Dictionary(message?.headers.map { ($0.name, $0.value) } ?? []) { "\($0), \($1)" }
    }

    private static func text(_ message: Call.Message?) -> String? {
        guard let body = message?.body, !body.isEmpty else { return nil }
        return String(decoding: body, as: UTF8.self)
    }
}

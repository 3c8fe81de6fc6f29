import Relay

/// A flow that does what the test says.
struct ScriptedFlow: Flow {
    static let name = "Scripted"
    let script: @Sendable (StoredEvent, Steps) async throws -> String?

    init(_ script: @escaping @Sendable (StoredEvent, Steps) async throws -> String?) { self.script = script }

    func read(_ event: StoredEvent) throws -> StoredEvent { event }
    func run(_ record: StoredEvent, _ steps: Steps) async throws -> String? { try await script(record, steps) }
}

/// Keeps what the relay told it.
final class SignalLog: RelayObserver {
    let signals = Watched<[RelaySignal]>([])
    func notice(_ signal: RelaySignal) { signals.update { $0.append(signal) } }

    var troubles: [String] { signals.value.troubles }
    var lostLeases: [Lease] { signals.value.lostLeases }
}

extension [RelaySignal] {
    var troubles: [String] { compactMap { if case .storeTrouble(let text) = $0 { text } else { nil } } }
    var lostLeases: [Lease] { compactMap { if case .leaseLost(let lease) = $0 { lease } else { nil } } }
}

/// Counts calls from anywhere.
final class Tally: Sendable {
    private let counts = Watched<[String]>([])
    func note(_ name: String) { counts.update { $0.append(name) } }
    var names: [String] { counts.value }
    func count(_ name: String) -> Int { names.count { $0 == name } }
    func until(_ isMet: @escaping @Sendable ([String]) -> Bool) async { await counts.until(isMet) }
}

struct Broken: Error, Equatable {}

extension NewEvent {
    static func order(
        _ number: Int, subject: String? = nil, routes: [Route] = [.scripted()], dedupKey: String? = nil,
        at moment: Timestamp = ManualClock.start
    ) -> NewEvent {
        NewEvent(
            source: "commerce", kind: "order", subject: subject ?? "order \(number)",
            dedupKey: dedupKey ?? "order \(number)", receivedAt: moment, body: Array("{}".utf8), bodyDigest: [],
            routes: routes)
    }
}

extension Route {
    static func scripted(lane: String = "dynamics/Scripted") -> Route { Route(flow: ScriptedFlow.name, lane: lane) }
}

extension LinkKey {
    static let customer = LinkKey(kind: "customer", scope: "usmf", key: "jane@example.com")
}

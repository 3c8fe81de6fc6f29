import Foundation
import Synchronization

/// The durable steps of one attempt: the engine remembers which lines of a flow have happened.
public struct Steps: Sendable {
    public let claim: Claim
    private let memory: any StepMemory
    private let links: any LinkLookup
    private let locks: KeyedLocks<LinkKey>
    private let clock: any WallClock
    private let observer: any RelayObserver
    private let remembered: Remembered

    /// - Parameters:
    ///   - history: What earlier attempts of this delivery left.
    ///   - locks: Shared by all attempts of this process.
    public init(
        claim: Claim, history: [StepRecord], memory: any StepMemory, links: any LinkLookup,
        locks: KeyedLocks<LinkKey>, clock: any WallClock, observer: any RelayObserver
    ) {
        self.claim = claim
        self.memory = memory
        self.links = links
        self.locks = locks
        self.clock = clock
        self.observer = observer
        self.remembered = Remembered(history)
    }

    /// Makes sure that a record exists on the far side exactly once, and that its cross-reference is stored.
    ///
    /// A remembered result or an existing link is returned at once. Otherwise `find` looks for the record by its
    /// natural key, since an earlier attempt, another process or a person may have made it; only then is the
    /// intent committed and `create` run. Result and link are committed together.
    /// - Parameters:
    ///   - name: Unique within the flow.
    ///   - link: Also serialises this step against all others for the same key.
    public func ensure(
        _ name: String, link: LinkKey,
        find: @Sendable () async throws -> String?, create: @Sendable () async throws -> String
    ) async throws -> String {
        if let known: String = try remembered.result(of: name) { return known }
        return try await locks.withLock(link) {
            if let known = try await links.value(of: link) {
                return try await conclude(name, known, link: nil)
            }
            let value = try await findOrCreate(name, find: find, create: create)
            return try await conclude(name, value, link: Link(key: link, value: value))
        }
    }

    /// Makes sure that an effect without a cross-reference of its own exists exactly once.
    @discardableResult
    public func ensure<Result: Codable & Sendable>(
        _ name: String,
        find: @Sendable () async throws -> Result?, create: @Sendable () async throws -> Result
    ) async throws -> Result {
        if let known: Result = try remembered.result(of: name) { return known }
        let value = try await findOrCreate(name, find: find, create: create)
        return try await conclude(name, value, link: nil)
    }

    /// An effect that can be repeated safely, and need not be once it has happened.
    @discardableResult
    public func once<Result: Codable & Sendable>(
        _ name: String, _ effect: @Sendable () async throws -> Result
    ) async throws -> Result {
        if let known: Result = try remembered.result(of: name) { return known }
        let value = try await Trail.$step.withValue(name) { try await patched(name, effect) }
        return try await conclude(name, value, link: nil)
    }

    public func once(_ name: String, _ effect: @Sendable () async throws -> Void) async throws {
        try await once(name) { () async throws -> Bool in
            try await effect()
            return true
        }
    }

    /// What an earlier delivery, or an earlier attempt of this one, linked to this key.
    public func linked(_ key: LinkKey) async throws -> String? { try await links.value(of: key) }

    /// Whether an earlier attempt, or an earlier line of this one, concluded the step.
    public func hasConcluded(_ name: String) -> Bool { remembered.hasResult(of: name) }

    /// Ends the delivery if it brings nothing new: all that matters of the record was carried before. So a change that
    /// Causeway made itself is not sent back when its platform reports it. A delivery that carried it itself goes on.
    /// - Throws: A `Verdict` that skips.
    public func refuseEcho(_ fingerprint: Fingerprint) async throws {
        guard !hasConcluded(Self.fingerprintStep),
            try await links.fingerprint(of: fingerprint.key) == fingerprint.digest
        else { return }
        throw Verdict.skip(
            "unchanged", "Nothing that is carried of \(fingerprint.key) has changed since it was carried last.")
    }

    /// Remembers what was carried, for `refuseEcho`. The last line of a flow.
    public func carried(_ fingerprint: Fingerprint) async throws {
        try await conclude(Self.fingerprintStep, true, link: nil, fingerprint: fingerprint)
    }

    private static let fingerprintStep = "fingerprint"

    private func findOrCreate<Result: Sendable>(
        _ name: String, find: @Sendable () async throws -> Result?, create: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await Trail.$step.withValue(name) {
            if let found = try await find() { return found }
            try await memory.intend(claim.lease, step: name, at: clock.now())
            return try await patched(name, create)
        }
    }

    private func patched<Result: Sendable>(
        _ name: String, _ effect: @Sendable () async throws -> Result
    ) async throws -> Result {
        guard let patch = claim.event.patches[name] else { return try await effect() }
        return try await RecordPatch.$current.withValue(patch) { try await effect() }
    }

    @discardableResult
    private func conclude<Result: Codable & Sendable>(
        _ name: String, _ value: Result, link: Link?, fingerprint: Fingerprint? = nil
    ) async throws -> Result {
        let json = try [UInt8](JSONEncoder().encode(value))
        try await memory.conclude(
            claim.lease, step: name, result: json, link: link, fingerprint: fingerprint, at: clock.now())
        remembered.add(name, json)
        observer.notice(
            .step(
                claim.lease, name: name, event: claim.event.id, subject: claim.event.subject,
                result: (value as? String) ?? String(decoding: json, as: UTF8.self)))
        return value
    }
}

/// The concluded steps of a delivery, by name.
private final class Remembered: Sendable {
    private let results: Mutex<[String: [UInt8]]>

    init(_ history: [StepRecord]) {
        var results: [String: [UInt8]] = [:]
        for step in history { results[step.name] = step.result }
        self.results = Mutex(results)
    }

    func hasResult(of name: String) -> Bool { results.withLock { $0[name] != nil } }

    func result<Result: Decodable>(of name: String) throws -> Result? {
        guard let json = results.withLock({ $0[name] }) else { return nil }
        return try JSONDecoder().decode(Result.self, from: Data(json))
    }

    func add(_ name: String, _ json: [UInt8]) { results.withLock { $0[name] = json } }
}

import Logging
import Relay

/// A claim whose body is not opened yet.
struct HandedOut: Sendable {
    /// Its event has no bytes yet.
    var claim: Claim
    /// `nil` if it was purged, which no way of the program does to an unfinished delivery.
    var body: StoredBody?
    var patches: StoredPatches?
}

extension SQLiteStore {
    /// Opens bodies outside the writer's queue. A delivery whose body cannot be read is parked at once: nobody could
    /// work on it, and it must not vanish from sight.
    func open(_ handedOut: [HandedOut], at moment: Timestamp) async throws -> [Claim] {
        var claims: [Claim] = []
        for var handed in handedOut {
            do {
                guard let body = handed.body else { throw Verdict.bodyGone(handed.claim.event.id) }
                handed.claim.event.body = try body.open(vault)
                handed.claim.event.patches = try handed.patches?.open(vault) ?? [:]
                claims.append(handed.claim)
            } catch {
                let reason = (error as? Verdict)?.reason ?? Reason.unreadable(error)
                let record = AttemptRecord(startedAt: moment, finishedAt: moment, exchanges: [])
                logger.error(
                    "a body cannot be read", metadata: ["event": "\(handed.claim.event.id)", "why": "\(error)"])
                _ = try await finish(handed.claim.lease, .parked(reason), record)
            }
        }
        return claims
    }
}

extension Verdict {
    fileprivate static func bodyGone(_ event: EventID) -> Verdict {
        .park(
            "body-gone", "The body of event \(event) is no longer kept.",
            advice: "Send the record again from its platform, then skip this event.")
    }
}

extension Reason {
    fileprivate static func unreadable(_ error: any Error) -> Reason {
        Reason(
            code: "body-unreadable", message: "\(error)",
            advice: "Give store.encryption the key that it was sealed with and replay; if the file was damaged, "
                + "restore a backup, or send the record again from its platform and skip this event.")
    }
}

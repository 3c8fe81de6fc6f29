/// The pauses that a platform has asked for by `Retry-After`, and the requests that came nevertheless.
struct AskedPauses {
    /// Requests that were on their way when the pause was asked for are nobody's fault.
    static let grace = Duration.seconds(1)

    private struct Pause {
        let askedAt: ContinuousClock.Instant
        let end: ContinuousClock.Instant
    }

    private var pauses: [Pause] = []
    private(set) var violations = 0

    mutating func ask(for duration: Duration, at moment: ContinuousClock.Instant) {
        let end = moment + duration
        // One that ends before another that was asked for earlier says nothing new.
        guard !pauses.contains(where: { $0.end >= end }) else { return }
        pauses.append(Pause(askedAt: moment, end: end))
    }

    mutating func noteRequest(at moment: ContinuousClock.Instant) {
        pauses.removeAll { $0.end <= moment }
        if pauses.contains(where: { $0.askedAt + Self.grace <= moment }) { violations += 1 }
    }
}

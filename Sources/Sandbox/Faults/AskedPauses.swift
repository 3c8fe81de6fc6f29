/// The pauses that a platform has asked for by `Retry-After`, and the requests that came nevertheless.
struct AskedPauses {
    /// Requests that were on their way when the pause was asked for are nobody's fault.
    static let grace = Duration.seconds(1)

    /// The caller needs a moment to write a pause down. If it was killed within this, the next one may not know of it.
    static let timeToRemember = Duration.milliseconds(500)

    private struct Pause {
        let askedAt: ContinuousClock.Instant
        let end: ContinuousClock.Instant
        var callerHasEnded = false
    }

    private var pauses: [Pause] = []
    private(set) var violations = 0
    /// By somebody who started after the pause had been asked for.
    private(set) var violationsAfterRestart = 0

    mutating func ask(for duration: Duration, at moment: ContinuousClock.Instant) {
        let end = moment + duration
        // One that ends before another that was asked for earlier says nothing new.
        guard !pauses.contains(where: { $0.end >= end && !$0.callerHasEnded }) else { return }
        pauses.append(Pause(askedAt: moment, end: end))
    }

    mutating func noteRequest(at moment: ContinuousClock.Instant) {
        pauses.removeAll { $0.end <= moment }
        let broken = pauses.filter { $0.askedAt + Self.grace <= moment }
        if broken.contains(where: { !$0.callerHasEnded }) {
            violations += 1
        } else if !broken.isEmpty {
            violationsAfterRestart += 1
        }
    }

    /// Whoever was asked so far is gone, with its memory; what it wrote down stays.
    /// - Parameter couldWrite: `false` if it had no disk to write to, and so may have kept none of them.
    mutating func noteCallerEnd(at moment: ContinuousClock.Instant, couldWrite: Bool) {
        pauses.removeAll { !couldWrite || $0.askedAt + Self.timeToRemember > moment }
        for index in pauses.indices { pauses[index].callerHasEnded = true }
    }
}

/// A token bucket for calls per second, kept as one moment: when the next call would be due if all calls came
/// evenly (the generic cell rate algorithm, ITU-T I.371).
struct CallPace: Sendable, Equatable {
    /// From one call to the next in the long run.
    let interval: Duration
    /// How far ahead of the even pace calls may run: a tenth of a second's worth, at least one call.
    let slack: Duration
    private var due = Duration.zero

    /// - Parameter perSecond: At least 1.
    init(perSecond: Int) {
        interval = .seconds(1) / max(1, perSecond)
        slack = max(.zero, .milliseconds(100) - interval)
    }

    /// When a call may leave; `now` or earlier if one may.
    var next: Duration { due - slack }

    mutating func take(at now: Duration) { due = max(due, now) + interval }
}

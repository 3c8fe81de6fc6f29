/// What can happen to a delivery. Together with `DeliveryState.after` this is the whole life of one; every store
/// writes these changes and no others (`docs/relay.md` shows the table).
public enum DeliveryChange: String, Sendable, CaseIterable {
    /// Handed out under a lease.
    case claimed
    /// The flow ended.
    case succeeded
    /// The flow failed, and will be tried again.
    case failed
    /// Given back, because its destination takes no calls; counts as no failure.
    case held
    /// Only a person can help.
    case parked
    /// There is nothing to do, as a flow or a person says.
    case skipped
    /// A newer event of a subject whose latest event wins.
    case superseded
    /// The process that worked on it is gone, or its lease ended.
    case rescued
    /// A person puts it back, with a fresh retry schedule.
    case replayed
}

extension DeliveryState {
    /// The state that a change leads to; `nil` if it cannot happen to a delivery in this state.
    public func after(_ change: DeliveryChange) -> DeliveryState? {
        switch (change, self) {
        case (.claimed, .ready), (.claimed, .waiting): .running
        case (.succeeded, .running): .done
        case (.failed, .running), (.held, .running): .waiting
        case (.parked, .running): .parked
        case (.skipped, _) where !isFinished: .skipped
        case (.superseded, _) where !isFinished: .superseded
        case (.rescued, .running): .ready
        // What a newer event has replaced must not come back behind it.
        case (.replayed, .waiting), (.replayed, .parked), (.replayed, .done), (.replayed, .skipped): .ready
        default: nil
        }
    }
}

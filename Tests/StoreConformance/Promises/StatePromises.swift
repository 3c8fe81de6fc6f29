import Relay
import Testing

/// `DeliveryState.after` is the whole life of a delivery: each change is tried in each state, and what cannot happen
/// must change nothing.
extension StorePromise {
    static let states: [StorePromise] = DeliveryState.allCases.flatMap { state in
        DeliveryChange.allCases.map { change in
            let after = state.after(change)
            return StorePromise("\(state), \(change): \(after.map { "\($0)" } ?? "stays \(state)")") { store in
                let subject = try await Patient(state, in: store)
                try await subject.undergo(change)
                #expect(try await store.state(of: subject.event) == after ?? state)
            }
        }
    }
}

/// The one delivery of an event, brought into a state through the seams.
private struct Patient {
    let store: any RelayStore
    let event: EventID
    /// The last one that there was, or one that never was.
    let lease: Lease

    init(_ state: DeliveryState, in store: any RelayStore) async throws {
        self.store = store
        event = try await store.append("first", route: stock)[0]
        let delivery = try await store.deliveries(of: event)[0].id
        switch state {
        case .ready:
            lease = Lease(delivery: delivery, attempt: 1, owner: "me")
        case .superseded:
            lease = Lease(delivery: delivery, attempt: 1, owner: "me")
            try await store.append("second", route: stock)
        case .running, .waiting, .parked, .done, .skipped:
            let claim = try await store.claimOne(stock)
            lease = claim.lease
            if let outcome = Patient.outcome(state) { try await store.finish(claim, outcome) }
        }
        try #require(try await store.state(of: event) == state)
    }

    private static func outcome(_ state: DeliveryState) -> Outcome? {
        switch state {
        case .waiting: .retry(at: at(15), unknownItem)
        case .parked: .parked(unknownItem)
        case .done: .done(summary: nil)
        case .skipped: .skipped(unknownItem)
        case .ready, .running, .superseded: nil
        }
    }

    func undergo(_ change: DeliveryChange) async throws {
        switch change {
        case .claimed: _ = try await store.claim(stock, at: 30)
        case .succeeded: try await end(.done(summary: "SO-1"))
        case .failed: try await end(.retry(at: at(100), unknownItem))
        case .held: try await end(.held(until: at(100), unknownItem))
        case .parked: try await end(.parked(unknownItem))
        case .skipped:
            // A flow says it of what runs, a person of what does not.
            try await end(.skipped(unknownItem))
            try await store.skip(event, at: 30)
        case .superseded:
            try await store.append("newer", route: stock)
            try await end(.retry(at: at(100), unknownItem))
        case .rescued: try await store.rescue(now: at(30), owner: "the next process", otherOwners: true)
        case .replayed: try await store.replay(event, at: 30)
        }
    }

    private func end(_ outcome: Outcome) async throws {
        _ = try await store.finish(lease, outcome, .sample(at: 30))
    }
}

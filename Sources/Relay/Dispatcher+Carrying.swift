/// One delivery, from its claim to the written outcome.
extension Dispatcher {
    private static let finishTriesWhenStopping = 5

    func carry(_ claim: Claim) async {
        observer.notice(.started(claim))
        let attempt = Attempt(
            claim: claim, flow: flows[claim.route.flow], rules: settings.rules(of: claim.route.flow),
            destinations: destinations, clock: clock, redactor: redactor, jitter: .random(in: -1...1))
        let ended = await attempt.run {
            Steps(
                claim: claim,
                // A first attempt has no history, so that the common case costs no look-up.
                history: claim.lease.attempt == 1 ? [] : try await memory.steps(of: claim.lease.delivery),
                memory: memory, links: links, locks: locks, clock: clock, observer: observer)
        }
        guard let (outcome, record) = ended else {
            return observer.notice(Task.isCancelled ? .interrupted(claim.lease) : .leaseLost(claim.lease))
        }
        await finish(claim, outcome, record)
    }

    private func finish(_ claim: Claim, _ outcome: Outcome, _ record: AttemptRecord) async {
        // Tried for as long as the process lives: heartbeats keep the lease, so nobody else would end the delivery.
        // A stopping process gives up; its delivery is rescued at the next start, and its steps are remembered.
        var tries = 0
        while true {
            do {
                guard let finished = try await queue.finish(claim.lease, outcome, record) else {
                    return observer.notice(.leaseLost(claim.lease))
                }
                if let lane = finished.freedLane { wake(lane: lane) }
                return observer.notice(
                    .finished(claim, finished.outcome, took: record.finishedAt - record.startedAt))
            } catch {
                observer.notice(.storeTrouble("cannot finish delivery \(claim.lease.delivery): \(error)"))
                tries += 1
                guard !isStopping || tries < Self.finishTriesWhenStopping else { return }
                try? await clock.sleep(for: Self.restAfterTrouble)
            }
        }
    }
}

/// The loop of a lane.
extension Dispatcher {
    func serve(_ lane: Lane) async {
        guard await knowPauses() else { return }
        await withDiscardingTaskGroup { group in
            while !isStopping {
                let round = lane.round(pauses.all, now: clock.now(), wall: wall.now())
                if round.changesPause { observer.notice(.lane(lane.name, round.gate.stop)) }
                // The lane looks again at the latest with the next heartbeat, even if a ring went missing.
                var wait = settings.lease / 3
                if round.limit > 0 {
                    let now = clock.now()
                    let claims = await claim(lane, round, now)
                    for claim in claims ?? [] {
                        lane.began(claim)
                        group.addTask {
                            await self.carry(claim)
                            lane.ended(claim)
                        }
                    }
                    wait = min(wait, await rest(lane, round, claims, since: now))
                } else if let change = round.gate.changesIn {
                    wait = min(wait, change)
                }
                await lane.bell.wait(atMost: max(wait, .milliseconds(1)), clock)
            }
        }
    }

    /// How long to wait after a claim, unless the bell rings.
    private func rest(
        _ lane: Lane, _ round: Lane.Round, _ claims: [Claim]?, since claimedAt: Timestamp
    ) async -> Duration {
        guard let claims else { return Self.restAfterTrouble }
        // A full hand means that there may be more; the next finish rings.
        guard claims.count < round.limit else { return settings.lease }
        do {
            guard let due = try await queue.nextDue(lane: lane.name) else { return settings.lease }
            // What was due and was not handed out is bulk work that has its share; the next finish rings.
            return due > claimedAt ? due - clock.now() : settings.lease
        } catch {
            observer.notice(.storeTrouble("cannot see what is next in lane \(lane.name): \(error)"))
            return Self.restAfterTrouble
        }
    }

    /// - Returns: `nil` if the store could not say.
    private func claim(_ lane: Lane, _ round: Lane.Round, _ now: Timestamp) async -> [Claim]? {
        do {
            return try await queue.claim(
                lane: lane.name, limit: round.limit, bulkLimit: round.bulkLimit, owner: settings.owner, now: now,
                leaseUntil: now + settings.lease)
        } catch {
            observer.notice(.storeTrouble("cannot claim in lane \(lane.name): \(error)"))
            return nil
        }
    }
}

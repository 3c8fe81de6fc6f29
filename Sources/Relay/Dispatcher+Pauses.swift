/// Pauses by hand, and what operators see of lanes and destinations.
extension Dispatcher {
    /// Takes effect at once; deliveries at work end normally. Outlives the process.
    /// - Parameter pause: Of a lane or a destination; takes the place of an earlier pause of the same name.
    /// - Throws: `StoreFault`.
    public func pause(_ pause: LanePause) async throws {
        try await pauses.pause(pause)
        ring(pause.lane)
    }

    /// - Parameter lane: As it was paused: a lane, or a destination.
    /// - Returns: `false` if it was not paused.
    /// - Throws: `StoreFault`.
    @discardableResult
    public func resume(_ lane: String, act: OperatorAct) async throws -> Bool {
        let wasPaused = try await pauses.resume(lane, act: act)
        ring(lane)
        return wasPaused
    }

    /// Whether a pause of this name would stop anything.
    public func hasLane(_ name: String) -> Bool { lanes.keys.contains { covers(name, $0) } }

    /// Every lane, by name.
    public var standings: [LaneStanding] {
        let wall = wall.now()
        let pauses = pauses.all
        return lanes.values.sorted { $0.name < $1.name }.map { lane in
            LaneStanding(
                lane: lane.name, concurrency: lane.settings.concurrency, running: lane.running,
                stop: lane.gate(pauses, wall: wall).stop)
        }
    }

    /// Every destination, by name.
    public var destinationOverviews: [DestinationOverview] {
        destinations.values.map(\.overview).sorted { $0.name < $1.name }
    }

    /// No lane begins before its pauses are known: what was paused before a restart stays paused.
    /// - Returns: `false` if the dispatcher was stopped meanwhile.
    func knowPauses() async -> Bool {
        while !isStopping {
            if await readPauses() { return true }
            try? await clock.sleep(for: Self.restAfterTrouble)
        }
        return false
    }

    /// - Returns: Whether the store could say.
    @discardableResult
    func readPauses() async -> Bool {
        do {
            try await pauses.read()
            return true
        } catch {
            observer.notice(.storeTrouble("cannot read which lanes are paused: \(error)"))
            return false
        }
    }

    private func ring(_ name: String) {
        for lane in lanes.values where covers(name, lane.name) { lane.bell.ring() }
    }

    private func covers(_ name: String, _ lane: String) -> Bool { lane == name || lane.hasPrefix(name + "/") }
}

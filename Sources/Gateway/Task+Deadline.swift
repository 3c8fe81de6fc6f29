extension Task where Success == Void, Failure == Never {
    /// - Returns: Whether the task ended before the deadline. It is not cancelled.
    func ends(by deadline: ContinuousClock.Instant) async -> Bool {
        let (outcomes, report) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingOldest(1))
        let end = Task<Void, Never> {
            await value
            report.yield(true)
        }
        let alarm = Task<Void, Never> {
            try? await Task<Never, Never>.sleep(until: deadline, clock: .continuous)
            report.yield(false)
        }
        defer {
            end.cancel()
            alarm.cancel()
        }
        for await hasEnded in outcomes { return hasEnded }
        return false
    }
}

extension Task where Success: Sendable, Failure == Never {
    /// - Returns: `nil` if the task has not ended by the deadline. It is not cancelled.
    func value(by deadline: ContinuousClock.Instant) async -> Success? {
        let end = Task<Void, Never> { _ = await value }
        return await end.ends(by: deadline) ? await value : nil
    }
}

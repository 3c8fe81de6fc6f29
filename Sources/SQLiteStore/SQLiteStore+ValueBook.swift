public import Relay

extension SQLiteStore: ValueBook {
    public func values() async throws -> [ValueRow] { try await read(Values.all) }

    @discardableResult
    public func change(
        _ change: ValueChange, act: OperatorAct, whenKept: @escaping @Sendable () -> Void
    ) async throws -> Int {
        try await committer.perform(.bookkeeping, whenCommitted: whenKept) { try Values.change(change, act: act, $0) }
    }

    public func awaitedValues(limit: Int) async throws -> [AwaitedValue] {
        try await read { try Values.awaited(limit: limit, $0) }
    }
}

public import Relay

extension SQLiteStore: ActBook {
    public func record(_ act: OperatorAct, verb: String, target: String) async throws {
        try await committer.perform(.bookkeeping) { try Acts.record(act, verb: verb, target: target, $0) }
    }
}

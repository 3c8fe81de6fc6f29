/// For whoever compares both platforms: what was found, and what became of it.
public protocol ReconciliationBook: Sendable {
    /// Returns when it is on stable storage that a comparison has begun.
    func begin(_ new: NewReconciliation, at: Timestamp) async throws -> Reconciliation

    /// Writes down how a comparison ended, with its findings, numbered from 1, in one transaction. One that has ended
    /// stays as it is.
    /// - Returns: Whether it was written.
    @discardableResult
    func end(_ id: ReconciliationID, _ end: ReconciliationEnd, at: Timestamp) async throws -> Bool

    /// Ends as incomplete what was running when a process ended.
    /// - Returns: How many.
    @discardableResult
    func interruptReconciliations(_ reason: Reason, at: Timestamp) async throws -> Int

    func reconciliation(_ id: ReconciliationID) async throws -> Reconciliation?
    /// The newest first.
    func reconciliations(before: ReconciliationID?, limit: Int) async throws -> [Reconciliation]

    /// In the order of their numbers.
    /// - Parameter after: The number of the last one of the page before.
    func findings(
        of id: ReconciliationID, in state: ReconciliationFinding.State?, after: Int, limit: Int
    ) async throws -> [ReconciliationFinding]

    /// Settles an open finding, and writes down who asked for it and why, in one transaction.
    /// - Parameter state: `repaired` or `accepted`.
    /// - Returns: Whether it was open.
    func settle(
        _ number: Int, of id: ReconciliationID, as state: ReconciliationFinding.State, note: String, act: OperatorAct
    ) async throws -> Bool

    /// Forgets comparisons that began before this moment, with their findings.
    /// - Returns: How many.
    @discardableResult
    func forgetReconciliations(startedBefore moment: Timestamp, limit: Int) async throws -> Int
}

/// For a repair: what the store remembers can be wrong, when the record that it stands for is gone.
public protocol LinkRepair: Sendable {
    /// Forgets cross-references and fingerprints with these keys, and writes down who asked for it and why if there
    /// were any. Flows then look for the records by their natural keys again.
    /// - Returns: How many.
    @discardableResult
    func forget(_ keys: [LinkKey], act: OperatorAct) async throws -> Int
}

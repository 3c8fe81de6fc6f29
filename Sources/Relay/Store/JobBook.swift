/// For jobs on the far side: what was asked for, how far it is, and what is to be carried, so that a restart goes on
/// where the process ended.
public protocol JobBook: Sendable {
    /// Returns when the job and its package are on stable storage.
    /// - Throws: `StoreFault`; `JobBookFault.repeatedExecution` if there is a job with this execution id.
    func add(_ job: NewDataJob, at: Timestamp) async throws -> DataJob

    /// Unfinished jobs whose next look is due, the longest due first.
    func dueJobs(now: Timestamp, limit: Int) async throws -> [DataJob]
    /// When the next job falls due; `nil` if none waits.
    func nextJobDue() async throws -> Timestamp?

    /// Writes down how a job stands now. A finished job stays as it is, whatever is written.
    /// - Parameter package: Replaces what is kept for it: what an export brought; empty drops it; `nil` leaves it.
    /// - Returns: Whether it was written.
    @discardableResult
    func update(_ job: DataJob, package: [UInt8]?) async throws -> Bool

    func job(_ id: DataJobID) async throws -> DataJob?
    /// The newest first.
    func jobs(in state: DataJobState?, before: DataJobID?, limit: Int) async throws -> [DataJob]
    /// `nil` if there is none, or none any more.
    func package(of id: DataJobID) async throws -> [UInt8]?

    /// Forgets jobs that were finished before this moment, with their packages.
    /// - Returns: How many.
    @discardableResult
    func forgetJobs(finishedBefore moment: Timestamp, limit: Int) async throws -> Int
}

public enum JobBookFault: Error, Equatable, CustomStringConvertible {
    case repeatedExecution(String)

    public var description: String {
        switch self {
        case .repeatedExecution(let id): "there is a job with the execution id \(id) already"
        }
    }
}

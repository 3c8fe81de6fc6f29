/// A job's place in the store; rises in the order in which jobs were asked for.
public struct DataJobID: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public var description: String { String(rawValue) }
}

/// Many rows at once, carried by a job on the far side that is begun, watched for minutes or hours, and may outlive
/// this process.
public struct NewDataJob: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Rows go to the far side.
        case `import`
        /// Rows come from the far side.
        case export
    }

    public var kind: Kind
    /// The far side's definition of the job, which must exist there: a data project's name.
    public var project: String
    /// What the rows are: `Customers V3`.
    public var entity: String
    /// The legal entity in lower case.
    public var scope: String
    /// The name under which the far side knows this run. Ours, so that after a crash or a lost answer it can be asked
    /// whether the run began.
    public var executionID: String
    /// Imports: whether rows that are there are replaced.
    public var overwrites: Bool
    /// Imports: what is sent. Empty for exports.
    public var package: [UInt8]
    /// SHA-256 of `package`; `nil` for exports.
    public var packageDigest: [UInt8]?

    public init(
        kind: Kind, project: String, entity: String, scope: String, executionID: String, overwrites: Bool = true,
        package: [UInt8] = [], packageDigest: [UInt8]? = nil
    ) {
        self.kind = kind
        self.project = project
        self.entity = entity
        self.scope = scope
        self.executionID = executionID
        self.overwrites = overwrites
        self.package = package
        self.packageDigest = packageDigest
    }
}

public enum DataJobState: String, Sendable, CaseIterable, Codable {
    /// On disk here; the far side knows nothing of it.
    case prepared
    /// The far side has the package, and may have been asked to begin: ask before asking again.
    case uploaded
    /// It began there.
    case running
    case succeeded
    /// Some rows are in, some are not.
    case partlySucceeded
    case failed
    /// Nobody can tell what became of it: a person has to look on the far side.
    case unclear

    public var isFinished: Bool {
        switch self {
        case .prepared, .uploaded, .running: false
        case .succeeded, .partlySucceeded, .failed, .unclear: true
        }
    }
}

/// A job as the store holds it, without its package.
public struct DataJob: Sendable, Equatable {
    public var id: DataJobID
    public var kind: NewDataJob.Kind
    public var project: String
    public var entity: String
    public var scope: String
    public var executionID: String
    public var overwrites: Bool
    public var packageDigest: [UInt8]?
    public var state: DataJobState
    public var createdAt: Timestamp
    /// When the state was reached.
    public var changedAt: Timestamp
    /// When to look at it again; `nil` once it is finished.
    public var nextLookAt: Timestamp?
    /// How often the far side was asked to begin.
    public var starts: Int
    /// How often it was looked at in this state.
    public var looks: Int
    /// Calls in a row that failed.
    public var failures: Int
    /// Why it is not further, or not successful.
    public var reason: Reason?
    /// What the far side says about single rows, for a person; bounded.
    public var findings: String?

    public init(
        id: DataJobID, _ job: NewDataJob, state: DataJobState = .prepared, createdAt: Timestamp
    ) {
        self.id = id
        kind = job.kind
        project = job.project
        entity = job.entity
        scope = job.scope
        executionID = job.executionID
        overwrites = job.overwrites
        packageDigest = job.packageDigest
        self.state = state
        self.createdAt = createdAt
        changedAt = createdAt
        nextLookAt = createdAt
        starts = 0
        looks = 0
        failures = 0
    }

    /// Bytes of findings that are kept.
    public static let findingsLimit = 16 << 10
}

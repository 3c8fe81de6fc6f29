import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// The simulated data package API of F&O, with the blob storage that its links lead to. What it imports it keeps, and
/// what it exports a test has put there.
public final class SandboxDataManagement: Sendable {
    /// What it does wrong. All zero: nothing.
    public struct Faults: Sendable, Equatable {
        /// What the next executions end with; `Succeeded` when there are no more.
        public var nextEndings: [String] = []
        /// How often the status of an execution says `NotRun`, then `Executing`, before its end.
        public var looksBeforeEnd = 1
        /// Failed executions name no error, as happens.
        public var hidesErrors = false
        /// How many of the next links have expired when they are used.
        public var nextLinksExpired = 0
        /// How many of the next imports and exports begin and their answer never arrives.
        public var nextAnswersLost = 0
        /// How many of the next imports and exports are cut off before they begin.
        public var nextBeginsLost = 0
        /// `{"value":{"value":…}}`, as some pages show it.
        public var wrapsTwice = false
        /// How often the link to the keys of refused rows is empty at first.
        public var errorKeyDelays = 0
        /// Answers every begin with this id instead of the one that was sent.
        public var answersWithID: String?
        /// Where links lead, in place of this sandbox.
        public var linkHost: String?

        public init() {}
    }

    /// An execution as F&O's job history shows it.
    public struct Execution: Sendable, Equatable {
        public var id: String
        public var project: String
        public var legalEntity: String
        public var isImport: Bool
        /// Names of the package's files, sorted.
        public var files: [String]
        public var ending: String
        public var overwrites: Bool
        var looks = 0
    }

    struct State: Sendable {
        var faults = Faults()
        var executions: [String: Execution] = [:]
        /// How often begins were asked for, by execution.
        var begins: [String: Int] = [:]
        var exports: [String: [UInt8]] = [:]
        var rowErrors = [
            "[{\"RecordId\":\"C-1\",\"Field\":\"CUSTOMERGROUPID\",\"ErrorMessage\":\"The group 99 does not exist.\"}]"
        ]
        var blobs = BlobShelf()
    }

    let core: DynamicsCore
    private let state = Mutex(State())

    init(core: DynamicsCore) { self.core = core }

    public var faults: Faults {
        get { state.withLock { $0.faults } }
        set { state.withLock { $0.faults = newValue } }
    }

    /// By execution id.
    public var executions: [String: Execution] { state.withLock { $0.executions } }

    /// How often an execution was asked to begin.
    public func begins(of id: String) -> Int { state.withLock { $0.begins[id] ?? 0 } }

    /// - Parameter package: What the project's next exports bring: a zip archive.
    public func setExport(_ package: [UInt8], of project: String) { state.withLock { $0.exports[project] = package } }

    func with<Value: Sendable>(_ body: (inout State) throws(ODataRefusal) -> Value) throws(ODataRefusal) -> Value {
        try state.withLock { state throws(ODataRefusal) in try body(&state) }
    }

    func blob<Value: Sendable>(_ body: (inout State) -> Value) -> Value { state.withLock { body(&$0) } }

    /// A link that is good for an hour.
    func link(to blob: String, _ state: inout State) -> String {
        var until = core.now().addingTimeInterval(3600)
        if state.faults.nextLinksExpired > 0 {
            state.faults.nextLinksExpired -= 1
            until = core.now().addingTimeInterval(-1)
        }
        let base = state.faults.linkHost ?? core.resourceURL
        return "\(base)\(SandboxBlobs.prefix)/\(blob)?\(state.blobs.signature(of: blob, until: until))"
    }
}

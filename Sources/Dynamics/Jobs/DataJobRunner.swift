import Archive
public import Relay

/// Carries jobs of the data package API from asked for to done. Every step is written down before the next one, so
/// that a restart goes on where the process ended, and an import whose answer was lost is asked about before it is
/// begun again.
///
/// One job at a time makes a step: imports must not be begun in parallel.
public final class DataJobRunner: Sendable {
    private let client: DataManagementClient
    private let book: any JobBook
    private let settings: DataJobSettings
    private let clock: any WallClock
    private let onChange: @Sendable (DataJob) -> Void
    private let bell = WakeUp()

    /// Jobs that are looked at before the book is asked again.
    private static let batch = 16
    /// The longest sleep, and the wait after trouble of the store.
    private static let longestSleep = Duration.seconds(60)
    private static let storeWait = Duration.seconds(5)

    /// - Parameter onChange: Told whenever a job has reached another state.
    public init(
        client: DataManagementClient, book: any JobBook, settings: DataJobSettings = DataJobSettings(),
        clock: any WallClock = SystemClock(), onChange: @escaping @Sendable (DataJob) -> Void = { _ in }
    ) {
        self.client = client
        self.book = book
        self.settings = settings
        self.clock = clock
        self.onChange = onChange
    }

    /// Takes a job on. It is on disk when this returns, and begun soon after.
    /// - Throws: `StoreFault`, `JobBookFault`.
    public func submit(_ job: NewDataJob) async throws -> DataJob {
        let stored = try await book.add(job, at: clock.now())
        bell.ring()
        return stored
    }

    /// Works until it is cancelled.
    public func run() async {
        while !Task.isCancelled {
            let pause: Duration
            do {
                let due = try await book.dueJobs(now: clock.now(), limit: Self.batch)
                for job in due where !Task.isCancelled { try await advance(job) }
                guard due.isEmpty else { continue }
                let old = clock.now() + (.zero - settings.keepFinished)
                try await book.forgetJobs(finishedBefore: old, limit: Self.batch)
                let next = try await book.nextJobDue().map { $0 - clock.now() } ?? Self.longestSleep
                pause = min(max(next, .milliseconds(1)), Self.longestSleep)
            } catch {
                pause = Self.storeWait
            }
            await bell.wait(atMost: pause, clock)
        }
    }

    /// Brings a job one step further.
    /// - Throws: `StoreFault` alone: what happens to the job is written into it.
    func advance(_ job: DataJob) async throws {
        var job = job
        let before = job.state
        var package: [UInt8]?
        do {
            switch (job.kind, job.state) {
            case (.import, .prepared): try await beginImport(&job)
            case (.export, .prepared): try await beginExport(&job)
            case (_, .uploaded): try await askWhetherItBegan(&job)
            case (_, .running): package = try await look(&job)
            default: return
            }
        } catch let fault as StoreFault {
            throw fault
        } catch {
            // A stop is no failure; the state that was written last tells the next start what to do.
            guard !Task.isCancelled else { return }
            job.met(error, at: clock.now(), settings, jitter: .random(in: -1...1))
        }
        try await write(job, package: job.state.isFinished ? package ?? [] : nil, before: before)
    }

    private func write(_ job: DataJob, package: [UInt8]?, before: DataJobState) async throws {
        if try await book.update(job, package: package), job.state != before { onChange(job) }
    }

    private func beginImport(_ job: inout DataJob) async throws {
        guard let package = try await book.package(of: job.id) else {
            return job.reach(.failed, at: clock.now(), nextLookAt: nil, JobReason.noPackage(job))
        }
        let link = try await client.upload(package)
        try await noteIntent(&job)
        let asked = job
        await begin(&job) {
            try await client.importFromPackage(
                link, project: asked.project, executionID: asked.executionID, legalEntity: asked.scope,
                overwrite: asked.overwrites)
        }
    }

    private func beginExport(_ job: inout DataJob) async throws {
        try await noteIntent(&job)
        let asked = job
        await begin(&job) {
            try await client.exportToPackage(
                project: asked.project, packageName: "\(asked.executionID).zip", executionID: asked.executionID,
                legalEntity: asked.scope)
        }
    }

    private func begin(_ job: inout DataJob, _ call: () async throws -> String) async {
        do {
            adopt(try await call(), &job)
        } catch {
            guard !Task.isCancelled else { return }
            job.beginFailed(error, at: clock.now(), settings, jitter: .random(in: -1...1))
        }
    }

    /// From here on nobody knows without asking whether the far side has begun.
    private func noteIntent(_ job: inout DataJob) async throws {
        let now = clock.now()
        let before = job.state
        job.reach(.uploaded, at: now, nextLookAt: now + settings.wait(looks: 0))
        job.starts += 1
        try await write(job, package: nil, before: before)
    }

    /// F&O keeps to our id. Should it name another one, that is the one to ask for.
    private func adopt(_ id: String, _ job: inout DataJob) {
        if !id.isEmpty, id != Self.zeroGUID { job.executionID = id }
        job.began(at: clock.now(), settings)
    }

    static let zeroGUID = "00000000-0000-0000-0000-000000000000"

    private func askWhetherItBegan(_ job: inout DataJob) async throws {
        let status: ExecutionStatus
        do {
            status = try await client.status(of: job.executionID)
        } catch let fault as ODataFault where [.notFound, .validation].contains(fault.failureKind) {
            status = .unknown
        }
        if status == .unknown {
            job.isUnknownThere(at: clock.now(), settings)
        } else {
            job.began(at: clock.now(), settings)
        }
    }

    /// - Returns: What an export has brought.
    private func look(_ job: inout DataJob) async throws -> [UInt8]? {
        switch try await client.status(of: job.executionID) {
        case .unknown, .notRun, .executing:
            job.stillRuns(at: clock.now(), settings)
            return nil
        case .succeeded: return try await finish(&job)
        case .partiallySucceeded: return try await refuse(&job, isPartial: true)
        case .failed: return try await refuse(&job, isPartial: false)
        case .canceled:
            job.reach(.failed, at: clock.now(), nextLookAt: nil, JobReason.canceled(job))
            return nil
        }
    }

    private func finish(_ job: inout DataJob) async throws -> [UInt8]? {
        guard job.kind == .export else {
            job.reach(.succeeded, at: clock.now(), nextLookAt: nil)
            return nil
        }
        let package = try await client.exportedPackage(of: job.executionID)
        guard let package else {
            job.stillRuns(at: clock.now(), settings)
            if job.state == .unclear { job.reason = JobReason.noExport(job) }
            return nil
        }
        _ = try DataPackage(zip: package)
        job.packageDigest = nil
        job.reach(.succeeded, at: clock.now(), nextLookAt: nil)
        return package
    }

    private func refuse(_ job: inout DataJob, isPartial: Bool) async throws -> [UInt8]? {
        let findings = try await findings(about: job)
        let package = job.kind == .export && isPartial ? try await client.exportedPackage(of: job.executionID) : nil
        let reason =
            findings.first.map { JobReason.failed(job, isPartial: isPartial, first: $0) }
            ?? (isPartial
                ? JobReason.failed(job, isPartial: true, first: "D365 does not say which.")
                : JobReason.failedWithoutErrors(job))
        job.reach(isPartial ? .partlySucceeded : .failed, at: clock.now(), nextLookAt: nil, reason)
        job.findings = findings.isEmpty ? nil : findings.text
        return package
    }

    private func findings(about job: DataJob) async throws -> JobFindings {
        let errors = try await client.errors(of: job.executionID)
        guard job.kind == .import else {
            return JobFindings(errors: errors, stagingErrors: nil, targetErrorKeys: nil)
        }
        let staging = try await client.stagingErrors(of: job.executionID, entity: job.entity)
        var keys: [UInt8]?
        if try await client.collectTargetErrorKeys(of: job.executionID, entity: job.entity) {
            for look in 0..<settings.errorKeyLooks where keys == nil {
                if look > 0 { try await clock.sleep(for: settings.errorKeyWait) }
                keys = try await client.targetErrorKeys(of: job.executionID, entity: job.entity)
            }
        }
        return JobFindings(errors: errors, stagingErrors: staging, targetErrorKeys: keys)
    }
}

import Dynamics
import HTTPServer
import HTTPTypes
import JSON
import Relay

/// `/operator/v1/jobs`: imports and exports of data packages.
struct JobRoutes: Sendable {
    let book: any JobBook
    /// `nil` where nothing is carried.
    let runner: DataJobRunner?

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/jobs") { request, _ in try await jobs(request) }
        door.on(.post, "/jobs") { request, _ in try await submit(request) }
        door.on(.get, "/jobs/{id}") { _, parameters in
            OperatorJSON.response(JobJSON(try await job(parameters), withFindings: true))
        }
        door.on(.get, "/jobs/{id}/package") { _, parameters in try await package(parameters) }
    }

    private func jobs(_ request: Request) async throws -> Response {
        let query = try QueryParameters(request.query, known: ["state", "before", "limit"])
        let states = DataJobState.allCases.map(\.rawValue).joined(separator: ", ")
        let state = try query.value("state", expected: "one of \(states)", DataJobState.init(rawValue:))
        let before = try query.value("before", expected: "a job's id") { Int64($0).map { DataJobID($0) } }
        let limit = try query.limit(default: 50)
        let jobs = try await book.jobs(in: state, before: before, limit: limit)
        return OperatorJSON.response(
            JobsJSON(
                jobs: jobs.map { JobJSON($0, withFindings: false) },
                next: jobs.count == limit ? jobs.last?.id.rawValue : nil))
    }

    private func job(_ parameters: PathParameters) async throws -> DataJob {
        guard let id = Int64(parameters["id"]), let job = try await book.job(DataJobID(id)) else {
            throw Problem.unknownJob(parameters["id"])
        }
        return job
    }

    private func package(_ parameters: PathParameters) async throws -> Response {
        let job = try await job(parameters)
        guard let package = try await book.package(of: job.id) else { throw Problem.packageGone(job.id) }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename=\"job-\(job.id).zip\"",
            ], body: package)
    }

    private func submit(_ request: Request) async throws -> Response {
        guard let runner else { throw Problem.jobsOff }
        let new = try JobOrder(request).job()
        let job = try await runner.submit(new)
        var response = OperatorJSON.response(JobJSON(job, withFindings: true), status: .accepted)
        response.headers[.location] = "\(OperatorDoor.prefix)/jobs/\(job.id)"
        return response
    }
}

/// What an operator asks for.
struct JobOrder {
    private var order: OperatorOrder

    init(_ request: Request) throws(Problem) { order = try OperatorOrder(request) }

    consuming func job() throws -> NewDataJob {
        var order = order
        let kind = try order.text("kind") ?? ""
        guard let kind = NewDataJob.Kind(rawValue: kind) else {
            throw Problem.unusableBody("kind: found \"\(kind)\", expected import or export.")
        }
        let project = try required("project", "the name of a data project", &order)
        let entity = try required("entity", "the entity's name in data management, such as Customers V3", &order)
        let company = try required("legalEntity", "a company, such as usmf", &order)
        let format = try order.text("format") ?? "CSV"
        let overwrites = try order.flag("overwrite") ?? true
        let data = order.member("data").value?.stringValue
        try order.finish()
        guard kind == .import else { return .exporting(entity, from: project, legalEntity: company) }
        guard let data, !data.isEmpty else {
            throw Problem.unusableBody("data: expected the rows as comma-separated values, with a header.")
        }
        do throws(DataManagementFault) {
            return try .importing(
                Array(data.utf8), as: entity, into: project, legalEntity: company, overwrites: overwrites,
                sourceFormat: format)
        } catch {
            throw Problem.unusableBody(error.description)
        }
    }

    private func required(_ name: String, _ expected: String, _ order: inout OperatorOrder) throws(Problem) -> String
    {
        guard let text = try order.text(name) else {
            throw .unusableBody("\(name): found nothing, expected \(expected).")
        }
        return text
    }
}

private struct JobsJSON: Encodable {
    var jobs: [JobJSON]
    /// `before` of the next page.
    var next: Int64?
}

/// A job as the operator API shows it.
struct JobJSON: Encodable {
    var id: Int64
    var kind: String
    var project: String
    var entity: String
    var legalEntity: String
    var executionID: String
    var state: String
    var createdAt: String
    var changedAt: String
    var nextLookAt: String?
    var starts: Int
    var failures: Int
    var reason: Reason?
    var findings: String?

    init(_ job: DataJob, withFindings: Bool) {
        id = job.id.rawValue
        kind = job.kind.rawValue
        project = job.project
        entity = job.entity
        legalEntity = job.scope
        executionID = job.executionID
        state = job.state.rawValue
        createdAt = job.createdAt.iso8601
        changedAt = job.changedAt.iso8601
        nextLookAt = job.nextLookAt?.iso8601
        starts = job.starts
        failures = job.failures
        reason = job.reason
        findings = withFindings ? job.findings : nil
    }
}

extension Problem {
    static func unknownJob(_ id: String) -> Problem {
        Problem(
            "unknown-job", status: .notFound, title: "No such job",
            detail: "The store holds no job \(id.prefix(40)). GET /operator/v1/jobs lists those it holds.")
    }

    static func packageGone(_ id: DataJobID) -> Problem {
        Problem(
            "package-gone", status: .conflict, title: "There is no package",
            detail: "Job \(id) keeps no package: imports drop theirs when they end, exports have theirs from then on."
        )
    }

    static var jobsOff: Problem {
        Problem(
            "jobs-off", status: .conflict, title: "This gateway carries nothing",
            detail: "relay.intakeOnly is set, so no job would be begun. Take it away and restart.")
    }
}

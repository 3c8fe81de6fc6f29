import ArgumentParser
import Foundation

struct Jobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at imports and exports of data packages.",
        subcommands: [JobsList.self, JobsShow.self], defaultSubcommand: JobsList.self)
}

struct JobsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List jobs, the newest first.")

    @Option(help: "Only jobs in this state: running, failed, unclear, …")
    var state: String?
    @Option(help: "At most so many.")
    var limit: Int = 50
    @OptionGroup var server: OperatorOptions

    private struct Page: Decodable {
        var jobs: [JobView]
    }

    func run() async throws {
        var query = ["limit": String(limit)]
        query["state"] = state
        let answer = try await server.client().get("/jobs", query: query)
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        var table = TextTable(["ID", "KIND", "ENTITY", "COMPANY", "STATE", "SINCE", "WHY"])
        for job in try JSONDecoder().decode(Page.self, from: Data(answer)).jobs {
            table.add([
                String(job.id), job.kind, job.entity, job.legalEntity, job.state, job.changedAt,
                job.reason?.code ?? "",
            ])
        }
        print(table.text)
    }
}

struct JobsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a job, and what D365 says about its rows.")

    @Argument(help: "The job's id.")
    var id: Int64
    @Flag(help: "Print the package that an export has brought, and nothing else: a zip archive.")
    var package = false
    @OptionGroup var server: OperatorOptions

    func run() async throws {
        let client = try await server.client()
        guard !package else {
            return FileHandle.standardOutput.write(Data(try await client.get("/jobs/\(id)/package")))
        }
        let answer = try await client.get("/jobs/\(id)")
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let job = try JSONDecoder().decode(JobView.self, from: Data(answer))
        for line in job.lines { print(TextTable.printable(line)) }
    }
}

/// A job as the operator API shows it.
struct JobView: Decodable {
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
    var reason: ReasonView?
    var findings: String?

    struct ReasonView: Decodable {
        var code: String
        var message: String
        var advice: String?
    }

    var isFinished: Bool { nextLookAt == nil }

    var lines: [String] {
        var lines = [
            "job \(id): \(kind) of \(entity) (\(legalEntity)) by project \(project) is \(state) since \(changedAt)",
            "  asked for \(createdAt), execution \(executionID)",
        ]
        if let nextLookAt { lines.append("  next look \(nextLookAt)") }
        if let reason {
            lines.append("  \(reason.message)")
            if let advice = reason.advice { lines.append("  \(advice)") }
        }
        return lines + (findings ?? "").split(whereSeparator: \.isNewline).map { "    \($0)" }
    }
}

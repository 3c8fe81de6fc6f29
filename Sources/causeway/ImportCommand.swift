import ArgumentParser
import Foundation
import Gateway

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import rows into D365 by a data project, and follow the job to its end.",
        discussion: """
            The running gateway carries the job and goes on with it after a restart; this command only watches. \
            Ctrl-C ends the watching, not the job.
            """)

    @Option(help: "The import project in D365's data management.")
    var project: String
    @Option(help: "The entity as data management calls it: \"Customers V3\".")
    var entity: String
    @Option(help: "The legal entity: usmf.")
    var company: String
    @Option(help: "Comma-separated values in UTF-8, with the entity's field names in the first line.")
    var file: String
    @Option(help: "The project's data source format for such files.")
    var format = "CSV"
    @Flag(help: "Leave rows alone that are there already. Composite entities demand it.")
    var keepExisting = false
    @Flag(help: "Don't wait for the end.")
    var noWait = false
    @OptionGroup var server: OperatorOptions

    private struct Order: Encodable {
        var kind = "import"
        var project: String
        var entity: String
        var legalEntity: String
        var format: String
        var overwrite: Bool
        var data: String
    }

    /// Between two looks at the job.
    private static let look = Duration.seconds(2)

    func run() async throws {
        guard let data = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw ValidationError("There is no readable file \(file) in UTF-8.")
        }
        let client = try await server.client()
        let order = Order(
            project: project, entity: entity, legalEntity: company, format: format, overwrite: !keepExisting,
            data: data)
        var answer = try await client.post("/jobs", order)
        var job = try JSONDecoder().decode(JobView.self, from: Data(answer))
        if !server.json { print(TextTable.printable("job \(job.id), execution \(job.executionID)")) }
        while !noWait, !job.isFinished {
            try await Task.sleep(for: Self.look)
            answer = try await client.get("/jobs/\(job.id)")
            let next = try JSONDecoder().decode(JobView.self, from: Data(answer))
            if next.state != job.state, !server.json { print(next.state) }
            job = next
        }
        if server.json {
            print(String(decoding: answer, as: UTF8.self))
        } else if job.isFinished {
            for line in job.lines { print(TextTable.printable(line)) }
        }
        if job.isFinished, job.state != "succeeded" { throw ExitCode.failure }
    }
}

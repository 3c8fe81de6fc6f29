import ArgumentParser
import Foundation
import Gateway
import Logging
import Relay

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the store, whole and verified, also while the gateway works.",
        discussion: """
            Without --to the copy goes into store.backups.folder: a running gateway makes it there; if none runs, \
            this command does.
            """)

    @Option(help: "The file to write; replaced if it exists.", completion: .file())
    var to: String?
    @OptionGroup var server: OperatorOptions

    func run() async throws {
        if let to { return try await copy(to: to) }
        let configuration = try await server.file.load()
        let tools = StoreTools.quiet(configuration)
        guard let folder = tools.backupFolder else {
            complain("\(server.file.config) sets no store.backups.folder. Set one, or give a file with --to.")
            throw ExitStatus.configuration
        }
        do {
            let path = folder + "/" + BackupName.name(at: SystemClock().now())
            try printReport(path, try await tools.explained { try await tools.backUpAlone(to: path) })
        } catch is StoreTools.InUse {
            try await askGateway()
        }
    }

    private func copy(to path: String) async throws {
        let tools = StoreTools.quiet(try await server.file.load())
        try printReport(path, try await tools.explained { try await tools.backUp(to: path) })
    }

    private struct Started: Decodable {
        var file: String
    }

    private struct Backups: Decodable {
        struct Ending: Decodable {
            var file: String
            var events: Int?
            var newestEvent: Int64?
            var bytes: Int?
            var problem: String?
        }

        var folder: String?
        var running: String?
        var last: Ending?
    }

    /// How often a running gateway is asked whether it is done.
    private static let interval = Duration.milliseconds(200)

    private func askGateway() async throws {
        let client = try await server.client()
        let started = try JSONDecoder().decode(
            Started.self, from: Data(try await client.post("/backups", [:] as [String: String])))
        while true {
            let state = try JSONDecoder().decode(Backups.self, from: Data(try await client.get("/backups")))
            if state.running != started.file, let last = state.last, last.file == started.file {
                if let problem = last.problem {
                    complain("The backup failed: \(problem)")
                    throw ExitStatus.temporary
                }
                return try printReport(
                    (state.folder ?? "") + "/" + last.file,
                    BackupReport(
                        bytes: last.bytes ?? 0, events: last.events ?? 0,
                        newestEvent: last.newestEvent.map { EventID($0) }, unfinished: 0))
            }
            try await Task.sleep(for: Self.interval)
        }
    }

    private func printReport(_ path: String, _ report: BackupReport) throws {
        if server.json {
            struct Page: Encodable {
                var file: String
                var bytes: Int
                var events: Int
                var newestEvent: EventID?
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let page = Page(
                file: path, bytes: report.bytes, events: report.events, newestEvent: report.newestEvent)
            return print(String(decoding: try encoder.encode(page), as: UTF8.self))
        }
        let newest = report.newestEvent.map { ", the newest is \($0)" } ?? ""
        print("\(path): \(report.events) events\(newest); \(report.bytes >> 10) KiB, verified")
    }
}

extension StoreTools {
    /// For commands, which say themselves what there is to say.
    static func quiet(_ configuration: GatewayConfiguration) -> StoreTools {
        StoreTools(configuration, logger: Logger(label: "causeway", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// - Throws: An exit status, after the failure was printed; or `InUse`.
    func explained<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let failure as Failure {
            complain(failure.description)
            throw ExitCode.failure
        }
    }

    /// For what can only be done while no gateway works with the store.
    func alone<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await explained(work)
        } catch let inUse as InUse {
            complain(inUse.description)
            throw ExitStatus.temporary
        }
    }
}

import Foundation
import TestSupport

/// One run of the real command, to its end.
struct Command {
    let status: Int32
    let output: String
    let errors: String

    /// The test runner and the command are built into one folder.
    static let executable = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "causeway").path

    static func run(_ arguments: String...) async throws -> Command { try await run(arguments) }

    static func run(_ arguments: [String]) async throws -> Command {
        let folder = try TemporaryFolder()
        // Into files: a pipe that nobody empties in time would stop the command.
        let process = try ChildProcess(
            executable, arguments, output: .file(folder.path("output")), errors: .file(folder.path("errors")))
        return Command(
            status: await process.ended(),
            output: try String(contentsOf: folder.url.appending(path: "output"), encoding: .utf8),
            errors: try String(contentsOf: folder.url.appending(path: "errors"), encoding: .utf8))
    }
}

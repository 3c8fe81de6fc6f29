import ArgumentParser
import Foundation
import HTTPServer
import HTTPTypes
import Logging

/// A far side that takes a fixed time for every answer. A process of its own, so that its work is not counted as the
/// relay's; it ends when its standard input does.
struct RelayFarSide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "relay-far-side", shouldDisplay: false)

    @Option var milliseconds = 5

    func run() async throws {
        let server = Server(
            configuration: ServerConfiguration(host: "127.0.0.1", port: 0),
            responder: LateAnswer(latency: .milliseconds(milliseconds)),
            logger: Logger(label: "far side", factory: { _ in SwiftLogNoOpLogHandler() }))
        let port = try server.start().port
        try FileHandle.standardOutput.write(contentsOf: Data("\(port)\n".utf8))
        // On a thread of its own: reading blocks.
        await withCheckedContinuation { end in
            DispatchQueue.global().async {
                while readLine() != nil {}
                end.resume()
            }
        }
        await server.stop(deadline: .zero)
    }
}

/// `GET` finds nothing, everything else has worked; whatever is under `/away` is not there today.
struct LateAnswer: Responder {
    let latency: Duration

    func respond(to request: Request) async -> Response {
        // Cancelled means that the connection is gone: nobody sees that it is answered early.
        try? await Task.sleep(for: latency)
        if request.path.hasPrefix("/away") { return .text("Down for maintenance.", status: .serviceUnavailable) }
        return .json(Array(request.method == .get ? #"{"value":[]}"#.utf8 : #"{"number":"SO-000001"}"#.utf8))
    }
}

/// The far side, seen from the bench.
final class FarSideProcess {
    let url: String
    private let process = Process()
    private let input = Pipe()

    init(milliseconds: Int) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["relay-far-side", "--milliseconds", String(milliseconds)]
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw BenchError.server("cannot start the far side: \(error.localizedDescription)")
        }
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchError.server("the far side did not say its port")
        }
        url = "http://127.0.0.1:\(port)"
    }

    var cpuSeconds: Double { ProcessTimes.cpuSeconds(of: process.processIdentifier) }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

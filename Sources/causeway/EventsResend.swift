import ArgumentParser
import Foundation

struct EventsResend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend", abstract: "Carry an edited copy in place of an event.",
        discussion: """
            Takes the event's own body from events show --body, edited; or leaves it as it is and changes the record \
            that a step sends, by a JSON merge patch (RFC 7396). What the event's steps have done stays done.
            """)

    @Argument(help: "The event's id.")
    var id: Int64
    @Option(help: "A file with the new body; - reads standard input.", completion: .file())
    var body: String?
    @Option(
        help: ArgumentHelp(
            "A step, and a file with the patch of what it sends; may be given several times.", valueName: "step=file")
    )
    var patch: [String] = []
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    /// The gateway's own limit is smaller unless it is configured otherwise.
    private static let longestFile = 64 << 20

    func validate() throws {
        try act.validateWhy()
        guard body != nil || !patch.isEmpty else { throw ValidationError("Give --body, --patch, or both.") }
        for patch in patch where !patch.dropFirst().contains("=") {
            throw ValidationError("--patch is \(patch); it must be a step, =, and a file: header=patch.json.")
        }
    }

    private struct Answer: Decodable {
        var event: Int64
    }

    func run() async throws {
        // Written by hand, because a patch is JSON already and must arrive as it was written.
        var members = try ["\"by\":\(Self.quoted(act.by))", "\"why\":\(Self.quoted(act.why ?? ""))"]
        if let body { members.append("\"bodyBase64\":\"\(try Self.file(body).base64EncodedString())\"") }
        if !patch.isEmpty { members.append("\"patches\":{\(try patch.map(Self.patch).joined(separator: ","))}") }
        let order = Array("{\(members.joined(separator: ","))}".utf8)
        let answer = try await server.client().post("/events/\(id)/resend", json: order)
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let copy = try JSONDecoder().decode(Answer.self, from: Data(answer)).event
        print("event \(copy) is carried in place of event \(id)")
    }

    private static func patch(_ argument: String) throws -> String {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        return "\(try quoted(parts[0])):\(String(decoding: try file(parts[1]), as: UTF8.self))"
    }

    private static func quoted(_ text: String) throws -> String {
        String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    }

    private static func file(_ path: String) throws -> Data {
        let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        guard let handle, let data = try? handle.read(upToCount: longestFile + 1) else {
            throw ValidationError("\(path) is no file that can be read.")
        }
        guard data.count <= longestFile else { throw ValidationError("\(path) is longer than 64 MiB.") }
        return data
    }
}

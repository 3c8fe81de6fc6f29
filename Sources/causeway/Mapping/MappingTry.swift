import ArgumentParser
import Foundation
import Gateway
import JSON

struct MappingTry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Map a record without sending anything, and show where each value came from.",
        discussion: """
            The running gateway maps it, with its value tables. --with tries a document that is not in force yet, beside \
            the one that is. Exit status 1 if something does not fit.
            """)

    @Argument(help: "The document's name: order-header.")
    var name: String
    @Option(help: "A record as its platform writes it, JSON; - reads standard input.", completion: .file())
    var file: String?
    @Option(help: "What paths begin with, and the records, as one JSON object.", completion: .file())
    var records: String?
    @Option(help: "The id of an event that the gateway has stored.")
    var event: Int64?
    @Option(help: "With --records: whose rows of value tables come first.")
    var legalEntity: String?
    @Option(help: "A document that is not in force yet.", completion: .file())
    var with: String?
    @OptionGroup var server: OperatorOptions

    /// Bytes of a record.
    private static let longestRecord = 16 << 20

    func validate() throws {
        guard [file != nil, records != nil, event != nil].count(where: \.self) == 1 else {
            throw ValidationError("Give one of --file, --records and --event.")
        }
    }

    func run() async throws {
        var order: JSONObject = [:]
        if let file { order["record"] = try Self.json(file) }
        if let records { order["records"] = try Self.json(records) }
        if let event { order["event"] = .int(Int(event)) }
        order["legalEntity"] = legalEntity.map { .string($0) }
        if let with {
            order["document"] = (try MappingOptions.drafts([with])[with]).map { .string($0) }
        }
        let answer = try await server.client().post(
            "/mappings/\(Self.encoded(name))/try", json: JSONWriter.bytes(.object(order)))
        guard let trial = try? MappingTrialView(JSONValue.parse(answer)) else {
            complain("The gateway's answer cannot be read; is it of another version?")
            throw ExitStatus.internalFault
        }
        print(server.json ? String(decoding: answer, as: UTF8.self) : trial.text)
        guard trial.fits else { throw ExitCode.failure }
    }

    private static func encoded(_ name: String) -> String {
        name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-"])) ?? name
    }

    private static func json(_ path: String) throws -> JSONValue {
        let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        guard let handle, let data = try? handle.read(upToCount: longestRecord + 1) else {
            throw ValidationError("\(path) is no file that can be read.")
        }
        guard data.count <= longestRecord else { throw ValidationError("\(path) is longer than 16 MiB.") }
        do {
            return try JSONValue.parse(Array(data), ignoringByteOrderMark: true)
        } catch {
            complain("\(path) is no JSON: \(error).")
            throw ExitStatus.wrongData
        }
    }
}

import ArgumentParser
import Foundation
import Gateway
import Relay

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Check the store, and bring it under the newest key.",
        subcommands: [StoreCheckCommand.self, StoreReseal.self])
}

struct StoreCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read all of the store, or of a backup, and say what is wrong. Changes nothing.",
        discussion: "A gateway may work with the store meanwhile. Exit status 1 if something is wrong.")

    @Argument(help: "A backup. (default: the store of the configuration)", completion: .file())
    var backup: String?
    @OptionGroup var file: ConfigurationOption

    func run() async throws {
        let tools = StoreTools.quiet(try await file.load())
        let findings = try await tools.explained { try await tools.check(backup) }
        guard !findings.isEmpty else { return print("\(backup ?? tools.store): nothing is wrong") }
        for finding in findings { print(TextTable.printable(finding)) }
        throw ExitCode.failure
    }
}

struct StoreReseal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reseal", abstract: "Seal everything with the newest key of store.encryption.",
        discussion: """
            A running gateway does this by itself after its start; the command shows how far it is, or does it while \
            none runs. An older key may be taken out of the configuration when no row needs it any more.
            """)

    @OptionGroup var server: OperatorOptions

    private struct Sealing: Codable {
        var sealingKey: String?
        var isRunning = false
        var rows: [String: Int]
        var plain: Int
        var plainSearchKeys: Int
        var left: Int
        var unreadable: [String]
    }

    /// How often a running gateway is asked whether it is done.
    private static let interval = Duration.milliseconds(200)

    func run() async throws {
        let tools = StoreTools.quiet(try await server.file.load())
        do {
            let (report, unreadable) = try await tools.explained { try await tools.reseal() }
            try printSealing(
                Sealing(
                    sealingKey: report.sealingKey, rows: report.rows, plain: report.plain,
                    plainSearchKeys: report.plainSearchKeys, left: report.left, unreadable: unreadable))
        } catch is StoreTools.InUse {
            try await askGateway()
        }
    }

    private func askGateway() async throws {
        let client = try await server.client()
        _ = try await client.post("/sealing", [:] as [String: String])
        while true {
            let state = try JSONDecoder().decode(Sealing.self, from: Data(try await client.get("/sealing")))
            if !state.isRunning { return try printSealing(state) }
            try await Task.sleep(for: Self.interval)
        }
    }

    private func printSealing(_ sealing: Sealing) throws {
        if server.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(sealing), as: UTF8.self))
        } else {
            printTable(sealing)
        }
        guard sealing.left == 0, sealing.sealingKey != nil else { throw ExitCode.failure }
    }

    private func printTable(_ sealing: Sealing) {
        guard let newest = sealing.sealingKey else {
            return complain("\(server.file.config) sets no store.encryption, so nothing is sealed.")
        }
        var table = TextTable(["KEY", "ROWS", ""])
        table.add([newest, String(sealing.rows[newest] ?? 0), "the newest"])
        for (key, rows) in sealing.rows.sorted(by: { $0.key < $1.key }) where key != newest {
            table.add([key, String(rows), "still needed"])
        }
        if sealing.plain + sealing.plainSearchKeys > 0 {
            table.add(["none", String(sealing.plain + sealing.plainSearchKeys), "in clear text"])
        }
        print(table.text)
        for words in sealing.unreadable { complain(TextTable.printable(words)) }
    }
}

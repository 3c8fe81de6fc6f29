import ArgumentParser
import Foundation
import Gateway

struct SecretsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secrets",
        abstract: "Keep secrets encrypted in a file, for ${secret:NAME} in the configuration.",
        discussion: """
            The file is secrets.file of the configuration, sealed with secrets.masterKey. A gateway may work meanwhile; \
            it takes up changes at its next start.
            """,
        subcommands: [SecretsList.self, SecretsSet.self, SecretsRemove.self, SecretsRotate.self])
}

/// The file of secrets that the configuration names. The rest of the configuration need not be right yet.
struct SecretsOptions: ParsableArguments {
    @OptionGroup var file: ConfigurationOption

    /// Runs `body`, and explains what went wrong.
    func with<Value>(_ body: (SecretsFile) throws -> Value) throws -> Value {
        do {
            return try body(SecretsFile(SecretsSettings.load(path: file.config)))
        } catch let error as ConfigurationError {
            complain(error.description)
            throw ExitStatus.configuration
        } catch let fault as SecretsFault {
            complain(TextTable.printable("\(fault)."))
            throw fault == .noMasterKey ? ExitStatus.configuration : ExitCode.failure
        }
    }
}

struct SecretsList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show names and times, never values.")

    @OptionGroup var options: SecretsOptions
    @Flag(help: "Print the list as JSON.") var json = false

    func run() throws {
        let entries = try options.with { try $0.list() }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.dateEncodingStrategy = .iso8601
            return print(String(decoding: try encoder.encode(entries), as: UTF8.self))
        }
        var table = TextTable(["NAME", "CREATED", "CHANGED", "OPENED BY"])
        for entry in entries {
            table.add([
                entry.name, entry.createdAt.formatted(.iso8601), entry.changedAt.formatted(.iso8601),
                entry.key ?? "no key",
            ])
        }
        print(table.text)
    }
}

struct SecretsSet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Keep a value under a name; it replaces the one that is there.",
        discussion: """
            The value is read from standard input, without the line's end, or asked for without being shown. It is no \
            argument, because other users of the machine can see those.
            """)

    @Argument(help: "Letters, digits, dots, dashes and underscores.") var name: String
    @OptionGroup var options: SecretsOptions

    func run() throws {
        let value = try SecretInput.read(prompt: "Value of \(TextTable.printable(name)): ")
        try options.with { try $0.set(name, value) }
        print("\(name) is kept. Refer to it as ${secret:\(name)}.")
    }
}

struct SecretsRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Forget a secret. A configuration that still refers to it is refused.")

    @Argument var name: String
    @OptionGroup var options: SecretsOptions

    func run() throws {
        try options.with { try $0.remove(name) }
        print("\(name) is removed.")
    }
}

struct SecretsRotate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Seal with secrets.masterKey what secrets.previousMasterKey still seals.",
        discussion: "Afterwards previousMasterKey may be taken out of the configuration.")

    @OptionGroup var options: SecretsOptions

    func run() throws {
        let count = try options.with { try $0.rotate() }
        print(count == 0 ? "Nothing to do: masterKey opens every secret." : "\(count) sealed with masterKey.")
    }
}

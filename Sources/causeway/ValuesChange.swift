import ArgumentParser
import Foundation

struct ValuesSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Add a row, or change columns of the one that is there.",
        discussion: "Columns that are not named stay as they are; Column= empties one.")

    @Argument(help: "The table: shipping-methods.")
    var table: String
    @Argument(help: "The row's key: flatrate_flatrate.")
    var key: String
    @Argument(help: "Column=value, one or more: DeliveryModeCode=10.")
    var values: [String]
    @Option(help: "The legal entity that the row is for. (default: all of them)")
    var legalEntity: String?
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    private struct Order: Encodable {
        /// `nil` empties a column.
        var values: [String: String?]
        var by: String
        var why: String?
    }

    func validate() throws {
        try act.validateWhy()
        _ = try columns()
    }

    func run() async throws {
        let order = Order(values: try columns(), by: act.by, why: act.why)
        let answer = try await server.client().patch(
            Values.path(table, key), order, query: legalEntity.map { ["legalEntity": $0] } ?? [:])
        try ValuesOutcome.print(answer, server)
    }

    private func columns() throws -> [String: String?] {
        guard !values.isEmpty else { throw ValidationError("Give at least one Column=value.") }
        var columns: [String: String?] = [:]
        for text in values {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("\"\(text)\" is no Column=value.")
            }
            guard columns[parts[0]] == nil else { throw ValidationError("\(parts[0]) is given twice.") }
            columns.updateValue(parts[1].isEmpty ? nil : parts[1], forKey: parts[0])
        }
        return columns
    }
}

struct ValuesRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Take a row away.")

    @Argument(help: "The table: shipping-methods.")
    var table: String
    @Argument(help: "The row's key: flatrate_flatrate.")
    var key: String
    @Option(help: "The legal entity of the row. (default: the row for all of them)")
    var legalEntity: String?
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    func validate() throws { try act.validateWhy() }

    func run() async throws {
        var query = ["by": act.by, "why": act.why ?? ""]
        query["legalEntity"] = legalEntity
        try ValuesOutcome.print(try await server.client().delete(Values.path(table, key), query: query), server)
    }
}

struct ValuesImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Load rows from comma-separated values: all of them, or none.",
        discussion: """
            The first line names the columns: legalEntity (empty: all of them; may be left out), the key, and values. \
            Rows and columns that the file does not have stay as they are, unless --replace is given.
            """)

    @Argument(help: "The table: items.")
    var table: String
    @Argument(help: "A file with comma-separated values in UTF-8.")
    var file: String
    @Flag(help: "Take away all rows that the file does not have.")
    var replace = false
    @Flag(help: "Only say what would change.")
    var dryRun = false
    @OptionGroup var act: ActOptions
    @OptionGroup var server: OperatorOptions

    func validate() throws { if !dryRun { try act.validateWhy() } }

    func run() async throws {
        guard let rows = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
            throw ValidationError("There is no readable file \(file).")
        }
        let query = [
            "mode": replace ? "replace" : "merge", "dryRun": String(dryRun), "by": act.by, "why": act.why ?? "",
        ]
        let answer = try await server.client().put(Values.path(table), csv: [UInt8](rows), query: query)
        try ValuesOutcome.print(answer, server)
    }
}

/// What came of a change, as the operator API says it.
private struct ValuesOutcome: Decodable {
    var added: Int
    var changed: Int
    var removed: Int
    var unchanged: Int
    var released: Int
    var dryRun: Bool?

    static func print(_ answer: [UInt8], _ server: OperatorOptions) throws {
        if server.json { return Swift.print(String(decoding: answer, as: UTF8.self)) }
        let outcome = try JSONDecoder().decode(ValuesOutcome.self, from: Data(answer))
        let counts = [("added", outcome.added), ("changed", outcome.changed), ("removed", outcome.removed)]
            .filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let rows = counts.isEmpty ? "nothing changed" : counts.joined(separator: ", ")
        let going = outcome.released == 0 ? "" : "; records that go on: \(outcome.released)"
        Swift.print((outcome.dryRun == true ? "would be: " : "") + rows + going)
    }
}

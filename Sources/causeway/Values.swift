import ArgumentParser
import Foundation
import HTTPClient

struct Values: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at value tables of a running gateway, and change them.",
        discussion: "Records that wait for a row go on when it is there.",
        subcommands: [
            ValuesList.self, ValuesShow.self, ValuesSet.self, ValuesRemove.self, ValuesImport.self, ValuesExport.self,
        ], defaultSubcommand: ValuesList.self)

    static func path(_ table: String, _ key: String? = nil) -> String {
        (["", "values", table] + (key.map { [$0] } ?? [])).map { PercentEncoding.encode($0) }.joined(separator: "/")
    }
}

struct ValuesList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tables, and the rows that records wait for.")

    @OptionGroup var server: OperatorOptions

    private struct Page: Decodable {
        struct Table: Decodable {
            var name: String
            var key: String
            var columns: [String]
            var rows: Int
        }

        struct Awaited: Decodable {
            var table: String
            var legalEntity: String?
            var key: String
            var deliveries: Int
        }

        var tables: [Table]
        var awaited: [Awaited]
    }

    func run() async throws {
        let answer = try await server.client().get("/values")
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let page = try JSONDecoder().decode(Page.self, from: Data(answer))
        var tables = TextTable(["TABLE", "ROWS", "KEY", "COLUMNS"])
        for table in page.tables {
            tables.add([table.name, String(table.rows), table.key, table.columns.joined(separator: ", ")])
        }
        print(tables.text)
        guard !page.awaited.isEmpty else { return }
        var awaited = TextTable(["MISSING IN", "KEY", "COMPANY", "RECORDS THAT WAIT"])
        for row in page.awaited {
            awaited.add([row.table, row.key, row.legalEntity ?? "all", String(row.deliveries)])
        }
        print("\n" + awaited.text)
    }
}

struct ValuesShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a table's rows.")

    @Argument(help: "The table: shipping-methods.")
    var table: String
    @Option(help: "Only rows after the one that the page before names.")
    var after: String?
    @Option(help: "At most this many, up to 500.")
    var limit = 100
    @OptionGroup var server: OperatorOptions

    private struct Page: Decodable {
        struct Row: Decodable {
            var legalEntity: String?
            var key: String
            var values: [String: String]
        }

        var key: String
        var columns: [String]
        var rows: [Row]
        var next: String?
    }

    func run() async throws {
        var query = ["format": "json", "limit": String(limit)]
        query["after"] = after
        let answer = try await server.client().get(Values.path(table), query: query)
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let page = try JSONDecoder().decode(Page.self, from: Data(answer))
        var rows = TextTable(["COMPANY", page.key] + page.columns)
        for row in page.rows {
            rows.add([row.legalEntity ?? "all", row.key] + page.columns.map { row.values[$0] ?? "" })
        }
        print(rows.text)
        if let next = page.next { print(TextTable.printable("More with --after \(next)")) }
    }
}

struct ValuesExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print a table as comma-separated values, as import takes them.")

    @Argument(help: "The table: items.")
    var table: String
    @Option(help: "Write to this file instead.")
    var to: String?
    @OptionGroup var server: OperatorOptions

    func run() async throws {
        let rows = Data(try await server.client().get(Values.path(table), query: ["format": "csv"]))
        guard let to else { return FileHandle.standardOutput.write(rows) }
        try rows.write(to: URL(fileURLWithPath: to), options: .atomic)
    }
}

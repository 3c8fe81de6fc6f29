import ArgumentParser
import Foundation
import Gateway
import Mapping

struct MappingList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the documents, and how many rules are your own.")

    @OptionGroup var options: MappingOptions

    func run() throws {
        var table = TextTable(["MAPPING", "FROM", "TO", "RULES", "YOUR OWN", "TAKEN AWAY"])
        for document in try options.load().documents.values.sorted(by: { $0.name < $1.name }) {
            table.add([
                document.name, document.from, document.to, String(document.fields.count),
                String(document.fields.count(where: \.isOwn)), String(document.removed.count),
            ])
        }
        print(table.text)
    }
}

struct MappingCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check your documents, and files that you have not put in place yet.",
        discussion: "Exit status 0 all right · 65 a given file is wrong · 78 the folder's documents are wrong.")

    @Argument(help: "Files to check in place of the folder's files for the same documents.", completion: .file())
    var files: [String] = []
    @OptionGroup var options: MappingOptions

    func run() throws {
        let set = try options.load(drafts: MappingOptions.drafts(files))
        let own = set.documents.values.filter { $0.fields.contains(where: \.isOwn) || !$0.removed.isEmpty }
        print("\(set.documents.count) documents are valid, \(own.count) of them with rules of your own.")
    }
}

struct MappingShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a document as a field table.")

    @Argument(help: "The document's name: order-header.")
    var name: String
    @Flag(help: "Also fields that nobody fills.")
    var all = false
    @Flag(help: "Print the document as YAML, with your rules in it.")
    var yaml = false
    @OptionGroup var options: MappingOptions

    func run() throws {
        let set = try options.load()
        let table = try set.demandTable(of: name)
        if yaml { return print(set.documents[name]?.yaml ?? "", terminator: "") }
        print("\(table.mapping): \(table.from) → \(table.to)")
        var text = TextTable(["FIELD", "TYPE", "SOURCE", "RULES", "WHOSE", "WHERE"])
        for row in table.rows where all || row.standing != .unused {
            text.add([
                row.field + (row.isRequired ? " *" : ""), row.type, row.source, row.rules, row.standing.label,
                row.place,
            ])
        }
        print(text.text)
        let unused = table.rows.count { $0.standing == .unused }
        print("* required" + (all || unused == 0 ? "" : "; \(unused) more fields can be filled (--all)"))
    }
}

struct MappingDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what your document changes of the shipped one.")

    @Argument(help: "The document's name: order-header.")
    var name: String
    @Option(help: "A file that is not in place yet.", completion: .file())
    var with: String?
    @OptionGroup var options: MappingOptions

    func run() throws {
        let drafts = try MappingOptions.drafts([with].compactMap(\.self))
        let table = try options.load(drafts: drafts).demandTable(of: name)
        let shipped = try MappingOptions.shipped().table(of: name)
        let before = Dictionary((shipped?.rows ?? []).map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
        var text = TextTable(["FIELD", "SHIPPED", "YOURS", "WHERE"])
        let rows = table.rows.filter { $0.standing == .own || $0.standing == .removed }
        guard !rows.isEmpty else { return print("\(name) is as it is shipped.") }
        for row in rows {
            let old = before[row.field].map(\.words) ?? ""
            text.add([
                row.field, old.isEmpty ? "–" : old, row.standing == .removed ? "–" : row.words, row.place,
            ])
        }
        print(text.text)
    }
}

extension MappingOptions {
    /// The shipped documents, which are right, or this program would not have been released.
    fileprivate static func shipped() throws -> MappingSet {
        do throws(MappingRefused) {
            return try CompanyMappings.shipped()
        } catch {
            complain(error.description)
            throw ExitStatus.internalFault
        }
    }
}

extension FieldTable.Row {
    fileprivate var words: String { rules.isEmpty ? source : "\(source); \(rules)" }
}

extension FieldTable.Row.Standing {
    fileprivate var label: String {
        switch self {
        case .shipped: "shipped"
        case .own: "yours"
        case .removed: "taken away"
        case .flow: "the flow"
        case .unused: "nobody"
        }
    }
}

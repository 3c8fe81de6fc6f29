import ArgumentParser
import Foundation
import Gateway
import Mapping

struct MappingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapping",
        abstract: "Look at mapping documents, check them, and try them on a record.",
        discussion: """
            list, check, show and diff read the files: the shipped documents, and those of mapping.folder of the \
            configuration. try asks the running gateway, which has the value tables and the events.
            """,
        subcommands: [
            MappingList.self, MappingCheck.self, MappingShow.self, MappingDiff.self, MappingTry.self,
        ])
}

/// Which documents of a company are meant.
struct MappingOptions: ParsableArguments {
    @OptionGroup var file: ConfigurationOption
    @Option(help: "The folder with your documents. (default: mapping.folder of the configuration)")
    var folder: String?

    /// - Returns: Without a configuration the shipped documents and the standard value tables.
    private func settings() throws -> MappingSettings {
        var settings = MappingSettings()
        let isThere = FileManager.default.fileExists(atPath: file.config)
        if isThere || file.config != ConfigurationOption.standard {
            do throws(ConfigurationError) {
                settings = try MappingSettings.load(path: file.config)
            } catch {
                complain(error.description)
                throw ExitStatus.configuration
            }
        }
        if let folder { settings.folder = MappingFolder(folder) }
        return settings
    }

    /// The documents as the files have them.
    /// - Parameter drafts: Path → YAML, in place of what the folder holds of the same documents.
    /// - Throws: Exit status 78, or 65 if a draft is wrong, after every mistake was printed.
    func load(drafts: [String: String] = [:]) throws -> MappingSet {
        let settings = try settings()
        do throws(MappingRefused) {
            return try CompanyMappings.load(settings, drafts: drafts)
        } catch {
            Self.printProblems(error, settings.folder, drafts)
            let isDraft = error.problems.allSatisfy { drafts[$0.file] != nil }
            throw isDraft ? ExitStatus.wrongData : ExitStatus.configuration
        }
    }

    /// One line per mistake, in the form that editors jump to.
    private static func printProblems(_ refused: MappingRefused, _ folder: MappingFolder?, _ drafts: [String: String])
    {
        for problem in refused.problems {
            let path = folder.map { "\($0.path)/\(problem.file)" } ?? problem.file
            let isInFolder = drafts[problem.file] == nil && FileManager.default.fileExists(atPath: path)
            complain(TextTable.printable((isInFolder ? path.dropLast(problem.file.count) : "") + problem.description))
        }
    }

    /// Files given as arguments, by their paths.
    static func drafts(_ paths: [String]) throws -> [String: String] {
        var drafts: [String: String] = [:]
        for path in paths {
            do throws(MappingRefused) {
                drafts[path] = try MappingFolder.document(at: path, named: path)
            } catch {
                complain(error.description)
                throw ExitStatus.wrongData
            }
        }
        return drafts
    }
}

extension MappingSet {
    /// - Throws: Exit status 1 if there is no such document, after saying which ones there are.
    func demandTable(of name: String) throws -> FieldTable {
        if let table = table(of: name) { return table }
        let names = documents.keys.sorted()
        let advice = NearestName.of(name, among: names).map { "Perhaps \($0)." } ?? names.joined(separator: ", ")
        complain(TextTable.printable("There is no mapping document \(name). \(advice)"))
        throw ExitCode.failure
    }
}

import ArgumentParser
import Foundation
import Gateway
import HTTPClient
import Mapping

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration, and with --connect both platforms. Changes nothing.")

    @OptionGroup var file: ConfigurationOption
    @Flag(help: "Sign in to both platforms and read one harmless thing of each.")
    var connect = false
    @Flag(help: "Print the result as JSON.")
    var json = false

    private struct Report: Encodable {
        var file: String
        var isValid: Bool
        var problems: [ConfigurationProblem] = []
        /// Of the documents in mapping.folder.
        var mappingProblems: [MappingProblem] = []
        var connections: [ConnectionCheck.Result]?
    }

    func run() async throws {
        var report = Report(file: file.config, isValid: true)
        do {
            let configuration = try await GatewayConfiguration.load(
                path: file.config, vaultBy: CurlTransport.causeway)
            _ = try CompanyMappings.load(configuration.mapping)
            if connect { report.connections = try await ConnectionCheck(configuration).run() }
        } catch let error as ConfigurationError {
            report.isValid = false
            report.problems = error.problems
        } catch let refused as MappingRefused {
            report.isValid = false
            report.mappingProblems = refused.problems
        } catch let fault as KeyVaultFault {
            complain("\(fault)")
            throw ExitStatus.temporary
        }
        try json ? printJSON(report) : printText(report)
        guard report.isValid else { throw ExitStatus.configuration }
        guard report.connections?.allSatisfy(\.isWorking) != false else { throw ExitStatus.temporary }
    }

    private func printText(_ report: Report) throws {
        for problem in report.problems { complain("\(report.file):\(problem)") }
        for problem in report.mappingProblems { complain("\(problem)") }
        if report.isValid { print("\(report.file) is valid.") }
        for connection in report.connections ?? [] {
            let count = connection.problems.count
            let result = count == 0 ? "works" : count == 1 ? "has a problem" : "has \(count) problems"
            print("\(connection.destination) \(result) (\(connection.milliseconds) ms)")
            for problem in connection.problems { print("  - \(problem)") }
        }
    }

    private func printJSON(_ report: Report) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }
}

import ArgumentParser
import Foundation
import Gateway
import HTTPClient

/// How the command reaches a running gateway.
struct OperatorOptions: ParsableArguments {
    @OptionGroup var file: ConfigurationOption
    @Option(
        help: "The gateway's address: http://… or unix:PATH. (default: CAUSEWAY_URL, or server of the configuration)")
    var url: String?
    @Option(
        help: ArgumentHelp(
            "The operator token. (default: CAUSEWAY_OPERATOR_TOKEN, or operator.token of the configuration)",
            discussion: "Other users of the machine can see arguments; prefer the variable."))
    var token: String?
    @Flag(help: "Print the answer as JSON.")
    var json = false

    func client() async throws -> OperatorClient {
        let environment = ProcessInfo.processInfo.environment
        let url = self.url ?? environment["CAUSEWAY_URL"]
        let token = self.token ?? environment["CAUSEWAY_OPERATOR_TOKEN"]
        if let url, let token { return try OperatorClient(url: url, token: token) }
        // Only asked for what is missing: an operator's shell need not have every secret of the file.
        let configuration = try await configured(url == nil ? "--url or CAUSEWAY_URL" : "CAUSEWAY_OPERATOR_TOKEN")
        guard let token = token ?? configuration.operatorAPI.token?.reveal() else {
            complain(
                "\(file.config) sets no operator.token, so the operator API is off. Set one and restart the gateway.")
            throw ExitStatus.configuration
        }
        return try OperatorClient(url: url ?? configuration.server.localURL, token: token)
    }

    private func configured(_ missing: String) async throws -> GatewayConfiguration {
        do {
            return try await GatewayConfiguration.load(path: file.config, vaultBy: CurlTransport.causeway)
        } catch {
            complain("\(error)\nGive \(missing), or a configuration with --config.")
            throw error is KeyVaultFault ? ExitStatus.temporary : ExitStatus.configuration
        }
    }
}

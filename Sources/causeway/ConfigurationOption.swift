import ArgumentParser
import Gateway
import HTTPClient

struct ConfigurationOption: ParsableArguments {
    @Option(name: [.short, .long], help: "The configuration file.", completion: .file(extensions: ["yaml", "yml"]))
    var config = standard

    static let standard = "causeway.yaml"

    /// Asks the key vault, if the file refers to it.
    /// - Throws: Exit status 78 after every problem was printed, or 75 if the key vault cannot be asked now.
    func load() async throws -> GatewayConfiguration {
        do {
            return try await GatewayConfiguration.load(path: config, vaultBy: CurlTransport.causeway)
        } catch {
            complain("\(error)")
            throw error is KeyVaultFault ? ExitStatus.temporary : ExitStatus.configuration
        }
    }
}

import ArgumentParser
import Gateway

struct ConfigurationOption: ParsableArguments {
    @Option(name: [.short, .long], help: "The configuration file.", completion: .file(extensions: ["yaml", "yml"]))
    var config = "causeway.yaml"

    /// - Throws: Exit status 78, after every problem was printed.
    func load() throws -> GatewayConfiguration {
        do {
            return try GatewayConfiguration.load(path: config)
        } catch {
            complain(error.description)
            throw ExitStatus.configuration
        }
    }
}

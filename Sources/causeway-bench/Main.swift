import ArgumentParser

@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "causeway-bench", abstract: "Measures Causeway on this machine.",
        subcommands: [Ingest.self, PlainRequests.self, Connections.self, RelayBench.self, RelayFarSide.self])
}

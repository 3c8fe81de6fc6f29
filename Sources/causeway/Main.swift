import ArgumentParser
import Gateway

@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "causeway",
        abstract: "Keeps Adobe Commerce and Dynamics 365 Finance & Operations in agreement.",
        discussion: """
            Exit status: 0 all right · 1 the gateway refused · 64 wrong usage · 65 wrong data, or both platforms \
            differ · 70 internal fault · 75 cannot work now, try again later · 78 wrong configuration · \
            130 and 143 ended by a second signal.
            """,
        version: Version.current,
        subcommands: [
            Serve.self, Check.self, Events.self, Trace.self, Lanes.self, Acts.self, Gaps.self, Jobs.self,
            Reconcile.self, Pollers.self, Values.self, MappingCommand.self, ImportCommand.self, AlertsCommand.self,
            Erase.self,
            Backup.self, Restore.self, StoreCommand.self, SecretsCommand.self, Demo.self, SandboxCommand.self,
        ])
}

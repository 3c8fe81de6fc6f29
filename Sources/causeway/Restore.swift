import ArgumentParser
import Gateway
import Relay

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup in the place of the store, while no gateway runs.",
        discussion: """
            The backup is verified first. The store that was there is kept beside it. Deliveries that ended after \
            the backup was made are carried again and find what they had created; events that came after it are \
            missing, and must be sent again by their platforms.
            """)

    @Argument(help: "The backup.", completion: .file())
    var backup: String
    @OptionGroup var file: ConfigurationOption

    func run() async throws {
        let tools = StoreTools.quiet(try await file.load())
        let (report, replaced) = try await tools.alone {
            try await tools.restore(backup, at: SystemClock().now())
        }
        print("\(tools.store): \(report.events) events, \(report.unfinished) deliveries to be carried; verified")
        if let replaced { print("The store that was there is \(replaced)") }
        let newest = report.newestEvent.map { "Events after \($0)" } ?? "All events"
        print("\(newest) are missing: save these orders again in Commerce, resend the business events from F&O.")
        let missing = tools.missingKeys(report)
        guard missing.isEmpty else {
            complain(
                "The backup is sealed with keys that \(file.config) does not have: "
                    + "\(missing.joined(separator: ", ")). The gateway does not start without them (store.encryption.keys)."
            )
            throw ExitStatus.configuration
        }
    }
}

import ArgumentParser
import Foundation

/// Who asks for a change, and why; the gateway writes both down.
struct ActOptions: ParsableArguments {
    @Option(help: "Why, in a few words; kept with the change.")
    var why: String?
    @Option(help: "Who asks. (default: the name you are logged in with)")
    var by = ProcessInfo.processInfo.userName

    /// Called by each command that changes something, since one that only counts needs neither.
    func validateWhy() throws {
        guard let why, !why.isEmpty else { throw ValidationError("Give --why, a few words that are kept.") }
        guard !by.isEmpty else { throw ValidationError("Give --by, who asks.") }
    }
}

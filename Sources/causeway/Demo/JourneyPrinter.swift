import Foundation
import Relay
import Synchronization

/// Writes what happens to a record as lines a person can follow, with colours on a terminal.
final class JourneyPrinter: Sendable {
    enum Tone: String {
        case plain = "0"
        case good = "32"
        case warning = "33"
        case faint = "2"
        case strong = "1"
    }

    private let isTerminal: Bool
    private let output = Mutex(FileHandle.standardOutput)

    init() {
        isTerminal = isatty(FileHandle.standardOutput.fileDescriptor) == 1
    }

    func line(_ text: String = "", _ tone: Tone = .plain) {
        let text = isTerminal && tone != .plain ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
        output.withLock { $0.write(Data((text + "\n").utf8)) }
    }

    /// One station of a journey: `  customer      C-000001`.
    func station(_ name: String, _ detail: String, _ tone: Tone = .plain) {
        line("  " + name.padding(toLength: 22, withPad: " ", startingAt: 0) + " " + detail, tone)
    }

    /// What the relay reports while it works.
    func show(_ signal: RelaySignal) {
        switch signal {
        case .step(_, let name, _, _, let result):
            station(name, ["true", "", "\"\""].contains(result) ? "✓" : result)
        case .finished(_, .done(let summary), let took):
            station("done", "\(summary ?? "") in \(took.wholeMilliseconds) ms", .good)
        case .finished(_, .retry(_, let reason), _), .finished(_, .held(_, let reason), _):
            station("tried, will try again", reason.message, .warning)
        case .finished(_, .parked(let reason), _):
            station("PARKED", reason.message, .warning)
            if let advice = reason.advice { station("", advice, .warning) }
        case .finished(_, .skipped(let reason), _):
            station("skipped", reason.message, .faint)
        case .finished(_, .superseded(let reason), _):
            station("superseded", reason.message, .faint)
        case .storeTrouble(let trouble):
            station("store", trouble, .warning)
        case .destination(let name, .opened(let reason, _)):
            station(name, "left alone for a while: \(reason.message)", .warning)
        case .destination(let name, .closed): station(name, "works again", .good)
        case .received, .started, .leaseLost, .interrupted, .destination, .lane: break
        }
    }
}

import Dispatch
import Foundation

/// SIGTERM and SIGINT: the first one is for the program to act on, the second ends it. SIGHUP: reload.
final class StopSignals {
    /// One element for each SIGHUP; several that come at once count as one.
    let reloads: AsyncStream<Void>
    private let arrivals: AsyncStream<String>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (arrivals, arrived) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingOldest(1))
        let (reloads, reload) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
        let queue = DispatchQueue(label: "causeway.signals")
        // Touched on the queue only, which runs one handler at a time.
        nonisolated(unsafe) var isFirst = true
        self.arrivals = arrivals
        self.reloads = reloads
        signal(SIGHUP, SIG_IGN)
        let hangup = DispatchSource.makeSignalSource(signal: SIGHUP, queue: queue)
        hangup.setEventHandler { reload.yield() }
        hangup.activate()
        let stops: [any DispatchSourceSignal] = [(SIGTERM, "SIGTERM"), (SIGINT, "SIGINT")].map { number, name in
            // Dispatch watches the signal besides its disposition, which would end the process.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard isFirst else { _exit(128 + number) }
                isFirst = false
                arrived.yield(name)
            }
            source.activate()
            return source
        }
        sources = stops + [hangup]
        // A peer or a pipe that went away is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
    }

    /// The name of the first signal, when it comes.
    func first() async -> String {
        for await name in arrivals { return name }
        return "no signal"
    }
}

import Synchronization

/// A listener's certificate and key, which can be replaced while it runs: handshakes that begin afterwards use the new
/// pair, connections that are open stay as they are.
public final class TLSCredentials: Sendable {
    public struct Status: Sendable, Equatable {
        /// When the certificate in use ends, seconds since 1970.
        public var expiresAt: Int
        /// Whether the certificate in use was valid, as far as its dates go, when it was loaded.
        public var wasCurrent: Bool
        /// Why the last reload was refused; `nil` if it was not.
        public var problem: TLSError?
    }

    /// What came of looking at the files.
    public enum Outcome: Sendable, Equatable {
        case unchanged
        case reloaded(Status)
        /// The pair in use stays.
        case refused(TLSError)
    }

    /// The keys of session tickets live in the context: after this time it is made anew, so that whoever steals a key
    /// can't read the sessions of other days. Nanoseconds: twelve hours.
    private static let contextLifetime: UInt64 = 12 * 3600 * 1_000_000_000

    public let configuration: TLSConfiguration
    private let state: Mutex<State>

    private struct State {
        var context: TLSContext
        var stamps: [FileStamp?]
        var madeAt: UInt64
        var problem: TLSError?

        var status: Status {
            Status(expiresAt: context.expiresAt, wasCurrent: context.isCurrent, problem: problem)
        }
    }

    /// Reads the files. An expired certificate is accepted: see `status`.
    public init(_ configuration: TLSConfiguration) throws(TLSError) {
        self.configuration = configuration
        // Before the files are read, so that a change in between is found.
        let stamps = configuration.files.map(FileStamp.init)
        state = Mutex(
            State(context: try TLSContext(configuration), stamps: stamps, madeAt: SystemCalls.monotonicNow()))
    }

    public var status: Status { state.withLock { $0.status } }

    /// For the next handshake.
    var context: TLSContext { state.withLock { $0.context } }

    /// Reads the files again. What can't be used is refused, and so is an expired certificate in place of a valid one.
    public func reload() -> Outcome { load(ifChanged: false) }

    /// Reloads if a file was changed since it was read last, whatever came of that.
    public func reloadIfChanged() -> Outcome { load(ifChanged: true) }

    private func load(ifChanged: Bool) -> Outcome {
        let stamps = configuration.files.map(FileStamp.init)
        let now = SystemCalls.monotonicNow()
        let isDue = state.withLock { state in
            let hasChanged = state.stamps != stamps
            let isOld = state.problem == nil && now - state.madeAt > Self.contextLifetime
            state.stamps = stamps
            return hasChanged || isOld
        }
        guard isDue || !ifChanged else { return .unchanged }
        do throws(TLSError) {
            let context = try TLSContext(configuration)
            return try state.withLock { state throws(TLSError) in
                guard context.isCurrent || !state.context.isCurrent else {
                    throw .expired(path: configuration.certificate)
                }
                state.context = context
                state.madeAt = now
                state.problem = nil
                return .reloaded(state.status)
            }
        } catch {
            state.withLock { $0.problem = error }
            return .refused(error)
        }
    }
}

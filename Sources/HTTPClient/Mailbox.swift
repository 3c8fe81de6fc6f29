import CCurl
import Synchronization

/// Carries requests from any thread to the one that runs libcurl.
///
/// Both the letters and the right to wake that thread are behind one Mutex: `curl_multi_wakeup` is the only call
/// that libcurl allows from other threads, and only as long as the handle exists.
final class Mailbox: Sendable {
    enum Letter: Sendable {
        case start(Exchange)
        case cancel(Exchange.ID)
    }

    struct Delivery: Sendable {
        var letters: [Letter]
        var isClosing: Bool
    }

    private struct State {
        var letters: [Letter] = []
        /// Requests handed over and not yet answered.
        var requests = 0
        var waker: Waker?
        /// No request is taken any more.
        var isClosing = false
        /// libcurl's thread has ended.
        var isOver = false
        var closers: [CheckedContinuation<Void, Never>] = []

        func wake() {
            if let waker { curl_multi_wakeup(waker.multi) }
        }
    }

    private let state = Mutex(State())
    private let maxRequests: Int

    init(maxRequests: Int) { self.maxRequests = maxRequests }

    /// - Returns: Why the request was not taken, or `nil`. A request that was taken will be answered.
    func start(_ exchange: Exchange) -> TransportError? {
        state.withLock { state in
            guard !state.isClosing else { return .notConnected("the client is closed") }
            guard state.requests < maxRequests else {
                return .notConnected("\(maxRequests) requests are under way already")
            }
            state.requests += 1
            state.letters.append(.start(exchange))
            state.wake()
            return nil
        }
    }

    /// Without effect if the request has ended.
    func cancel(_ id: Exchange.ID) {
        state.withLock { state in
            guard !state.isOver else { return }
            state.letters.append(.cancel(id))
            state.wake()
        }
    }

    /// Asks the thread to end, without waiting for it.
    func close() {
        state.withLock { state in
            state.isClosing = true
            state.wake()
        }
    }

    /// Asks the thread to end and returns when it has.
    func closed() async {
        close()
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.isOver { state.closers.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }
    }

    // The other end: called by libcurl's thread alone.

    /// From now on letters wake `curl_multi_poll` on this handle.
    func attach(_ waker: Waker) {
        state.withLock { $0.waker = waker }
    }

    func collect() -> Delivery {
        state.withLock { state in
            defer { state.letters = [] }
            return Delivery(letters: state.letters, isClosing: state.isClosing)
        }
    }

    /// One request was answered.
    func finished() {
        state.withLock { $0.requests -= 1 }
    }

    /// After this the handle is not touched any more, and no request is taken.
    /// - Returns: What nobody has read yet.
    func detach() -> [Letter] {
        state.withLock { state in
            defer { state.letters = [] }
            state.waker = nil
            state.isClosing = true
            return state.letters
        }
    }

    /// The thread has given everything back.
    func over() {
        let closers = state.withLock { state in
            defer { state.closers = [] }
            state.isOver = true
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    /// A multi handle for the one purpose of waking it.
    ///
    /// `@unchecked Sendable` is safe: `curl_multi_wakeup` may be called from any thread (its manual page), is only
    /// called under the Mutex, and ``detach()`` takes the handle away under the same Mutex before it is freed.
    struct Waker: @unchecked Sendable {
        fileprivate let multi: UnsafeMutableRawPointer

        init(_ multi: UnsafeMutableRawPointer) { self.multi = multi }
    }
}

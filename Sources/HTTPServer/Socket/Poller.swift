import CSockets
import Glibc

/// What became possible on a descriptor.
struct Readiness: Sendable {
    var canRead: Bool
    var canWrite: Bool
    /// The peer finished writing or the connection broke: reading tells which.
    var hasEnded: Bool
}

/// The descriptors of one event loop, in one epoll set.
///
/// A dispatch source per connection would cost three system calls and a hop through Dispatch's manager thread for
/// each request; here one dispatch source watches the set, and each connection is registered once in its life.
struct Poller: Sendable {
    /// Events taken per call.
    static let batch = 256

    let descriptor: Int32
    /// Written to wake a `poll` that waits.
    private let waker: Int32

    init() throws(PollerError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw PollerError(errno: errno) }
        waker = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard waker >= 0, add(waker) else {
            let error = PollerError(errno: errno)
            Glibc.close(descriptor)
            if waker >= 0 { Glibc.close(waker) }
            throw error
        }
    }

    /// Reports each change once (edge-triggered) until the descriptor is closed.
    func add(_ socket: Int32) -> Bool {
        let interest = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        var event = epoll_event(events: interest, data: epoll_data(fd: socket))
        return epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) == 0
    }

    /// Ends a `poll` that waits, or the next one. From any thread.
    func wake() {
        // Edge-triggered, so each write is reported once and nobody needs to read the counter: it takes 2^64 writes.
        eventfd_write(waker, 1)
    }

    /// Calls `body` for everything that is ready, waiting for it at most `timeout` milliseconds.
    /// Returns how many descriptors were ready, a wake-up included.
    func poll(timeout: Int32, _ body: (Int32, Readiness) -> Void) -> Int {
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.batch) { events in
            let count = Int(epoll_wait(descriptor, events.baseAddress, Int32(Self.batch), timeout))
            guard count > 0 else { return 0 }
            for event in events[..<count] where event.data.fd != waker {
                let ended = EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue
                body(
                    event.data.fd,
                    Readiness(
                        canRead: event.events & EPOLLIN.rawValue != 0,
                        canWrite: event.events & EPOLLOUT.rawValue != 0, hasEnded: event.events & ended != 0))
            }
            return count
        }
    }

    func close() {
        Glibc.close(waker)
        Glibc.close(descriptor)
    }
}

struct PollerError: Error {
    let errno: Int32
}

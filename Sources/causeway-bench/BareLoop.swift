import CBareLoop
import Glibc

/// A bare epoll loop in C on a port of its own; see `bare_loop.h`.
final class BareLoop {
    let port: UInt16
    private let loop: OpaquePointer

    /// - Parameter answer: The bytes sent for each request, of whatever kind.
    init(answer: [UInt8], closes: Bool) throws {
        let threads = Int32(clamping: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        guard let loop = bare_loop_start(answer, answer.count, threads, closes ? 1 : 0) else {
            throw BenchError.last("starting the bare loop")
        }
        self.loop = loop
        port = bare_loop_port(loop)
    }

    deinit { bare_loop_stop(loop) }
}

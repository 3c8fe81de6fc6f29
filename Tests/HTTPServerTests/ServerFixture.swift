import HTTPServer
import HTTPTypes
import Logging
import Synchronization

/// A server on a free port for the time of one test.
func withServer(
    _ configuration: ServerConfiguration = ServerConfiguration(), _ router: Router = .echoing,
    observer: any ServerObserver = NoServerObserver(), _ body: (Int) async throws -> Void
) async throws {
    let server = Server(configuration: configuration, responder: router, observer: observer, logger: .silent)
    let address = try server.start()
    do {
        try await body(address.port)
    } catch {
        await server.stop(deadline: .zero)
        throw error
    }
    await server.stop(deadline: .zero)
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension Router {
    /// Answers `GET /hello` with `hello`, `POST /echo` with the body it got.
    static var echoing: Router {
        var router = Router(logger: .silent)
        router.on(.get, "/hello") { _, _ in .text("hello") }
        router.on(.post, "/echo") { request, _ in Response(status: .ok, body: request.body) }
        router.on(.get, "/large/{bytes}") { _, parameters in
            Response(status: .ok, body: [UInt8](repeating: UInt8(ascii: "x"), count: Int(parameters["bytes"]) ?? 0))
        }
        router.on(.get, "/cut") { _, _ in .cutOff }
        return router
    }
}

/// Holds those who wait until it is opened.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var arrivals = 0
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }
    private let state = Mutex(State())

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            arrive()
            if isOpen { continuation.resume() }
        }
    }

    /// Counts one who does not wait.
    func arrive() {
        let due = state.withLock { state in
            state.arrivals += 1
            let arrivals = state.arrivals
            defer { state.watchers.removeAll { $0.count <= arrivals } }
            return state.watchers.filter { $0.count <= arrivals }
        }
        for watcher in due { watcher.continuation.resume() }
    }

    /// Returns when `count` have come to the gate.
    func arrivals(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                if state.arrivals < count { state.watchers.append((count, continuation)) }
                return state.arrivals >= count
            }
            if isDue { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

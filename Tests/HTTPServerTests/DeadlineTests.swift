import HTTPTypes
import Logging
import Testing

@testable import HTTPServer

@Suite("A connection's deadline")
struct DeadlineTests {
    private let second: UInt64 = 1_000_000_000

    private func deadline(_ change: (inout ServerConfiguration) -> Void = { _ in }) -> Deadline {
        var configuration = ServerConfiguration()
        change(&configuration)
        return Deadline(configuration)
    }

    @Test("is over when the time of its wait has passed, and not before")
    func over() {
        var deadline = deadline { $0.idleTimeout = .seconds(60) }
        #expect(!deadline.isOver(at: .max - 1))
        deadline.begin(.idle, at: 5 * second)
        #expect(!deadline.isOver(at: 65 * second - 1))
        #expect(deadline.isOver(at: 65 * second))
        deadline.end()
        #expect(!deadline.isOver(at: .max - 1))
    }

    @Test("gives a body its grace, then the time that its bytes earn, and never more than bodyTimeout")
    func body() {
        var deadline = deadline {
            $0.bodyTimeout = .seconds(120)
            $0.limits.bodyGrace = .seconds(10)
            $0.limits.minBodyBytesPerSecond = 512
        }
        deadline.begin(.body, at: 0)
        #expect(deadline.isOver(at: 10 * second) && deadline.isOverByRate)
        deadline.received(bodyBytes: 512)
        #expect(!deadline.isOver(at: 11 * second - 1000) && deadline.isOver(at: 11 * second))
        deadline.received(bodyBytes: 1 << 20)
        #expect(!deadline.isOver(at: 120 * second - 1) && deadline.isOver(at: 120 * second))
        #expect(!deadline.isOverByRate)
    }

    @Test("counts the idle time anew after each answer, also after those given at once")
    func idle() throws {
        var configuration = ServerConfiguration()
        configuration.idleTimeout = .seconds(60)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let worker = Worker(
            loop: try EventLoop(label: "test"), configuration: configuration, admission: Admission(configuration),
            observer: NoServerObserver(), logger: logger)
        let transport = Script(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        var routes = Router()
        routes.on(.get, "/", immediately: { _, _ in Response(status: .noContent) })
        let connection = Connection(
            transport: transport, worker: worker, responder: routes, origin: ConnectionOrigin(peerAddress: ""))
        let readable = Readiness(canRead: true, canWrite: false, hasEnded: false)
        connection.ready(readable)
        let between = SystemCalls.monotonicNow()
        connection.ready(readable)
        connection.checkDeadline(now: between + 60 * second)
        #expect(transport.answers == 2 && !transport.isClosed)
    }
}

/// A peer that sends the same request whenever something is read.
private final class Script: Transport {
    let descriptor: Int32 = -1
    private(set) var answers = 0
    private(set) var isClosed = false
    private let request: [UInt8]

    init(_ request: [UInt8]) { self.request = request }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        buffer.copyBytes(from: request)
        return .bytes(request.count, isDrained: true)
    }

    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> WriteResult {
        answers += 1
        return .bytes(first.count + second.count)
    }

    func finishWriting() {}
    func close(reset: Bool) { isClosed = true }
}

public import Foundation
public import HTTPClient
public import HTTPServer
import HTTPTypes
public import Logging
import Synchronization

/// The services between the platforms and a receiver: Adobe I/O Events with its keys and IMS, Azure Event Grid with
/// Entra's keys, and Dataverse. They listen on an address of their own, where receivers fetch keys and F&O publishes.
public final class SandboxSenders: Responder {
    public let adobe: SandboxIOEvents
    public let eventGrid: SandboxEventGrid
    public let dataverse: SandboxDataverse

    private let logger: Logger
    private let server = Mutex<Server?>(nil)
    private let counters = RequestCounters()

    /// - Throws: If no key pair could be made.
    public init(
        transport: any HTTPTransport, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) throws {
        adobe = try SandboxIOEvents(transport: transport, now: now)
        eventGrid = try SandboxEventGrid(transport: transport, now: now)
        dataverse = SandboxDataverse(transport: transport, now: now)
        self.logger = logger
    }

    /// - Returns: Scheme, host and port, without a slash at the end.
    public func start() throws -> String {
        let server = Server(
            configuration: ServerConfiguration(host: "127.0.0.1", port: 0), responder: self,
            observer: NoServerObserver(), logger: logger)
        let origin = "http://\(try server.start())"
        self.server.withLock { $0 = server }
        adobe.origin = origin
        eventGrid.authority = origin
        return origin
    }

    public func stop() async {
        let running = server.withLock { server in
            defer { server = nil }
            return server
        }
        await running?.stop(deadline: .seconds(2))
    }

    /// Requests by path: how often keys were fetched.
    public var requestCounts: [String: Int] { counters.snapshot }

    public func respond(to request: Request) async -> Response {
        guard let answer = adobe.answer(request) ?? eventGrid.answer(request) else {
            return Response(status: .notFound)
        }
        counters.count("\(request.method) \(request.path)")
        return answer
    }
}

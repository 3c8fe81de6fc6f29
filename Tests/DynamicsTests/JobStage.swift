import Foundation
import HTTPClient
import HTTPTypes
import Logging
import Relay
import Sandbox
import SignIn
import StoreConformance
import Synchronization
import Testing

@testable import Dynamics

/// Sleeping moves it forward.
final class LeapClock: WallClock {
    private let time = Mutex(Timestamp(millisecondsSince1970: 1_767_261_612_000))

    func now() -> Timestamp { time.withLock { $0 } }
    func sleep(until moment: Timestamp) async throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, moment) }
    }
}

/// Passes everything on and remembers it.
final class WatchedTransport: HTTPTransport {
    private let inner = CurlTransport(configuration: TransportConfiguration(userAgent: "test"))
    private let sent = Mutex<[OutboundRequest]>([])

    var requests: [OutboundRequest] { sent.withLock { $0 } }
    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        sent.withLock { $0.append(request) }
        return try await inner.send(request)
    }
}

/// A sandbox behind real sockets, and clients that work with it.
struct JobStage {
    let sandbox: Sandbox
    let environment: String
    let clock = LeapClock()
    let book = MemoryJobBook()
    let transport = WatchedTransport()
    let tokens: any AccessTokenSource
    let client: DataManagementClient
    let runner: DataJobRunner

    var management: SandboxDataManagement { sandbox.dynamics.dataManagement }

    static func run(_ body: (JobStage) async throws -> Void) async throws {
        let stage = try JobStage()
        do {
            try await body(stage)
        } catch {
            await stage.sandbox.stop()
            throw error
        }
        await stage.sandbox.stop()
    }

    private init() throws {
        let configuration = SandboxConfiguration()
        sandbox = try Sandbox(
            configuration: configuration, transport: transport,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let addresses = try sandbox.start()
        environment = addresses.dynamicsBaseURL
        let application = EntraApplication(
            tenant: configuration.dynamics.tenant, clientID: configuration.dynamics.clientID,
            authority: addresses.authorityURL)
        tokens = DynamicsSignIn(
            .clientSecret(application, secret: configuration.dynamics.clientSecret), transport: transport
        ).tokens(for: .environment(environment))
        client = DataManagementClient(
            environment: environment, tokens: tokens, transport: transport, hosts: StorageHosts(["127.0.0.1"]),
            clock: clock)
        runner = DataJobRunner(client: client, book: book, clock: clock)
    }

    static let csv = Array("CUSTOMERACCOUNT,CUSTOMERGROUPID\r\nC-1,30\r\nC-2,\"3,0\"\r\n".utf8)

    static func importing(_ executionID: String = "causeway-1") throws -> NewDataJob {
        try .importing(
            csv, as: "Customers V3", into: "WebCustomers", legalEntity: "USMF", executionID: executionID)
    }

    /// One step of every job that is due now.
    func step() async throws {
        for job in try await book.dueJobs(now: clock.now(), limit: 10) { try await runner.advance(job) }
    }

    /// Steps, with the clock put forward to each next look, until the job is finished.
    func settle(_ id: DataJobID) async throws -> DataJob {
        for _ in 0..<Self.mostSteps {
            let job = try #require(try await book.job(id))
            guard !job.state.isFinished else { return job }
            if let due = job.nextLookAt { try await clock.sleep(until: due) }
            try await step()
        }
        return try #require(try await book.job(id))
    }

    private static let mostSteps = 5000

    func carry(_ job: NewDataJob) async throws -> DataJob { try await settle(try await runner.submit(job).id) }
}

import Foundation
import HTTPClient
import HTTPTypes
import Logging
import Sandbox
import Synchronization
import Testing

@Suite("The process may be killed at any moment", .timeLimit(.minutes(15)))
struct KillTests {
    static let orderCount = 2000
    static let connections = 32
    static let kills = 5

    @Test(
        "2,000 orders over 32 connections, five SIGKILLs, 5 % of D365's answers lost: each order exists exactly once")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let transport = CurlTransport(
            configuration: TransportConfiguration(maxConnectionsPerHost: Self.connections * 2, userAgent: "test"))
        var platforms = SandboxConfiguration()
        platforms.dynamics.faults.cutAfterCommit = 0.05
        let sandbox = try Sandbox(
            configuration: platforms, transport: transport,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let addresses = try sandbox.start()
        let text = GatewayConfigurationText(
            port: try await FreePort.find(), store: folder.path("causeway.db"),
            publicKeyFile: folder.path("commerce.pem"), operatorToken: "operator-token-of-tests",
            eventToken: "event-token-of-tests", more: "relay: { retry: { firstWait: 50ms, longestWait: 500ms } }")
        try folder.write(sandbox.commerce.publicKeyPEM, to: "commerce.pem")
        try folder.write(text.yaml(for: addresses, platforms), to: "causeway.yaml")
        let gateway = ServedProcess(
            configuration: folder.path("causeway.yaml"), port: text.port, transport: transport)
        try await gateway.start()

        let tally = Tally(killsAt: (1...Self.kills).map { $0 * Self.orderCount / (Self.kills + 1) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<Self.connections {
                group.addTask {
                    for number in stride(from: lane, to: Self.orderCount, by: Self.connections) {
                        try await post(number, to: text.webhookURL(gateway: gateway.url), sandbox, transport)
                        guard tally.acknowledged() else { continue }
                        await gateway.kill()
                        try await gateway.start()
                    }
                }
            }
            try await group.waitForAll()
        }
        try await settle(gateway)

        let snapshot = sandbox.dynamics.snapshot()
        #expect(snapshot.orders.count == Self.orderCount)
        #expect(Set(snapshot.orders.map(\.customersOrderReference)).count == Self.orderCount)
        #expect(snapshot.orders.allSatisfy { $0.lines.count == 3 })
        #expect(sandbox.dynamics.doubles().isEmpty)
        #expect(sandbox.commerce.snapshot().orders.allSatisfy { $0.extOrderID != nil && $0.comments.count == 1 })
        #expect(await gateway.stop() == 0)
        await sandbox.stop()
        await transport.close()
    }

    /// Until it is acknowledged, as a shopper who tries again; while the process is down nobody answers.
    private func post(
        _ number: Int, to url: String, _ sandbox: Sandbox, _ transport: any HTTPTransport
    ) async throws {
        let order = SandboxOrder.simple(incrementID: String(500_000_000 + number))
            .with(email: "buyer-\(number % 200)@example.com")
        let (body, headers) = try sandbox.commerce.webhook(for: order)
        let request = OutboundRequest(method: .post, url: url, headers: headers, body: body, timeout: .seconds(10))
        while true {
            if let answer = try? await transport.send(request), answer.status == 200 { return }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Waits until nothing is left to deliver.
    private func settle(_ gateway: ServedProcess) async throws {
        struct Status: Decodable {
            var backlog: Int
            var parked: Int
        }
        let limit = ContinuousClock.now + .seconds(600)
        while ContinuousClock.now < limit {
            let status = try JSONDecoder().decode(Status.self, from: Data(await gateway.get("/status").body))
            guard status.backlog > 0 else {
                #expect(status.parked == 0)
                return
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("the backlog was not worked off in ten minutes")
    }
}

/// Counts acknowledged orders, and says when to kill.
private final class Tally: Sendable {
    private let state: Mutex<(count: Int, killsAt: [Int])>

    init(killsAt: [Int]) { state = Mutex((0, killsAt)) }

    /// - Returns: Whether the caller is the one to kill the process now.
    func acknowledged() -> Bool {
        state.withLock { state in
            state.count += 1
            guard let next = state.killsAt.first, state.count >= next else { return false }
            state.killsAt.removeFirst()
            return true
        }
    }
}

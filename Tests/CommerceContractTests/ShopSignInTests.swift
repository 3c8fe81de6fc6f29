import Foundation
import HTTPClient
import Logging
import Relay
import Sandbox
import Testing

@testable import Commerce

/// Against the simulated shop, over real sockets.
@Suite("Signing in to a shop", .timeLimit(.minutes(5)))
struct ShopSignInTests {
    /// Some time away from everybody else's.
    private struct WrongClock: WallClock {
        let offset: Duration
        func now() -> Timestamp { SystemClock().now() + offset }
        func uptime() -> Duration { SystemClock().uptime() }
        func sleep(until moment: Timestamp) async throws { throw CancellationError() }
    }

    private func withShop(
        _ change: (inout SandboxCommerceSignIn) -> Void = { _ in },
        _ body: (Sandbox, CommerceEndpoint) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        change(&configuration.commerce.signIn)
        let sandbox = try Sandbox(
            configuration: configuration, transport: Self.transport, logger: Logger(label: "test"))
        let address = try sandbox.start().commerceBaseURL
        do {
            try await body(sandbox, CommerceEndpoint(baseURL: address))
            await sandbox.stop()
        } catch {
            await sandbox.stop()
            throw error
        }
    }

    private static let transport = CurlTransport(configuration: TransportConfiguration(userAgent: "test"))

    private func client(
        _ endpoint: CommerceEndpoint, clock: any WallClock = SystemClock(),
        _ change: (inout OAuthCredentials) -> Void = { _ in }
    ) -> CommerceClient {
        let keys = SandboxCommerceSignIn()
        var credentials = OAuthCredentials(
            consumerKey: keys.consumerKey, consumerSecret: keys.consumerSecret, accessToken: keys.accessToken,
            accessTokenSecret: keys.accessTokenSecret)
        change(&credentials)
        return CommerceClient(
            endpoint: endpoint, authorization: OAuthAuthorization(credentials: credentials, clock: clock),
            transport: Self.transport, clock: clock)
    }

    @Test("signatures are good for every version of Commerce", arguments: OAuthParameterOrder.allCases)
    func signatures(_ order: OAuthParameterOrder) async throws {
        try await withShop {
            $0.parameterOrder = order
        } _: { sandbox, endpoint in
            try sandbox.commerce.register(.simple(incrementID: "000000001"))
            #expect(try await client(endpoint).order(incrementID: "000000001")?.incrementID == "000000001")
        }
    }

    struct Wrong: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let advice: String
        let change: @Sendable (inout OAuthCredentials) -> Void
    }

    @Test(
        "a wrong key is named",
        arguments: [
            Wrong(testDescription: "consumer key", advice: "consumerKey") { $0.consumerKey = "wrong" },
            Wrong(testDescription: "consumer secret", advice: "consumerSecret") { $0.consumerSecret = "wrong" },
            Wrong(testDescription: "access token", advice: "accessToken") { $0.accessToken = "wrong" },
            Wrong(testDescription: "token secret", advice: "accessTokenSecret") { $0.accessTokenSecret = "wrong" },
        ])
    func wrongKeys(_ wrong: Wrong) async throws {
        try await withShop { _, endpoint in
            let fault = await #expect(throws: CommerceFault.self) {
                try await client(endpoint, wrong.change).ping()
            }
            #expect(fault?.failureKind == .unauthorized)
            #expect(fault?.reason.advice?.contains(wrong.advice) == true, "\(fault?.reason.advice ?? "")")
        }
    }

    @Test("a clock that is ahead is found out by the shop's answer, and the calls go on", arguments: [1500, 100_000])
    func clockAhead(_ seconds: Int) async throws {
        try await withShop { sandbox, endpoint in
            let client = client(endpoint, clock: WrongClock(offset: .seconds(seconds)))
            try await client.ping()
            try await client.ping()
            #expect(sandbox.commerce.requestCounts["GET /V1/orders"] == 3)
        }
    }

    @Test("a clock that is ahead and keys that are wrong are both told")
    func clockAndKeys() async throws {
        try await withShop { _, endpoint in
            let client = client(endpoint, clock: WrongClock(offset: .seconds(1500))) { $0.consumerSecret = "wrong" }
            let fault = await #expect(throws: CommerceFault.self) { try await client.ping() }
            #expect(fault?.detail.contains("signature is invalid") == true)
            #expect(fault?.detail.contains("ahead of the shop's") == true)
            #expect(fault?.reason.advice?.contains("consumerSecret") == true)
        }
    }

    @Test("a locked table of nonces costs one more signature")
    func nonceLock() async throws {
        try await withShop { sandbox, endpoint in
            sandbox.commerce.signIn.update { $0.nextNonceLocks = 1 }
            try await client(endpoint).ping()
            #expect(sandbox.commerce.requestCounts["GET /V1/orders"] == 2)
        }
    }

    @Test("a read that the network repeats is signed anew; a write is not known to have failed")
    func sentTwice() async throws {
        try await withShop { sandbox, endpoint in
            try sandbox.commerce.register(.simple(incrementID: "000000001"))
            sandbox.commerce.signIn.update { $0.nextSentTwice = 1 }
            let order = try #require(try await client(endpoint).order(incrementID: "000000001"))
            sandbox.commerce.signIn.update { $0.nextSentTwice = 1 }
            let fault = await #expect(throws: CommerceFault.self) {
                try await client(endpoint).setExternalOrderID(
                    entityID: #require(order.entityID), incrementID: "000000001", extOrderID: "SO-1")
            }
            #expect(fault?.failureKind == .unclearOutcome)
            #expect(sandbox.commerce.order(incrementID: "000000001")?.extOrderID == "SO-1")
        }
    }

    @Test("an administrator with a second factor is told to make an integration")
    func secondFactor() async throws {
        try await withShop {
            $0.secondFactors = ["google"]
        } _: { _, endpoint in
            let keys = SandboxCommerceSignIn()
            let source = AdminSignIn(
                endpoint: endpoint, user: keys.administrator, password: keys.administratorPassword,
                transport: Self.transport)
            let fault = await #expect(throws: CommerceSignInFault.self) { try await source.token() }
            #expect(fault?.reason.advice?.contains("second factor") == true)
        }
    }
}

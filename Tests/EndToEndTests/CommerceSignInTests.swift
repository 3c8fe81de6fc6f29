import Foundation
import Gateway
import Relay
import Sandbox
import Testing

@Suite("Each way to sign in to Commerce carries an order", .timeLimit(.minutes(5)))
struct CommerceSignInTests {
    struct Way: CustomTestStringConvertible, Sendable {
        let way: GatewayConfigurationText.CommerceWay
        var edition = SandboxCommerceSignIn.Edition.paas
        var testDescription: String { "\(way) on \(edition)" }

        var platforms: SandboxConfiguration {
            var platforms = SandboxConfiguration()
            platforms.commerce.signIn.edition = edition
            return platforms
        }
    }

    static let ways =
        GatewayConfigurationText.CommerceWay.allCases.map { Way(way: $0) } + [Way(way: .ims, edition: .saas)]

    private func expectCarried(_ rig: Rig, _ number: String) async throws {
        let outcome = try await rig.carry(.simple(incrementID: number))
        let order = try #require(rig.sandbox.dynamics.orders(reference: number, dataAreaId: "usmf").first)
        #expect(outcome == .done(summary: order.salesOrderNumber))
        #expect(rig.sandbox.commerce.order(incrementID: number)?.extOrderID == order.salesOrderNumber)
        #expect(rig.sandbox.dynamics.orders(reference: number, dataAreaId: "usmf").count == 1)
    }

    @Test("an order arrives, and carries its number back", arguments: ways)
    func carries(_ way: Way) async throws {
        try await Rig.run(way.platforms, text: { $0.commerceWay = way.way }) { rig in
            try await expectCarried(rig, "000000001")
            #expect(rig.outcomes.story.allRetries == 0)
        }
    }

    @Test(
        "a token that ends in the middle is renewed, and no attempt is used up",
        arguments: [
            Way(way: .adminToken), Way(way: .ims), Way(way: .ims, edition: .saas),
        ])
    func expires(_ way: Way) async throws {
        try await Rig.run(way.platforms, text: { $0.commerceWay = way.way }) { rig in
            try await expectCarried(rig, "000000001")
            rig.sandbox.commerce.signIn.expireTokens()
            try await expectCarried(rig, "000000002")
            #expect(rig.outcomes.story.allRetries == 0)
            let name = way.way == .ims ? "POST /ims/token/v3" : "POST /V1/integration/admin/token"
            #expect(rig.sandbox.commerce.requestCounts[name] == 2)
        }
    }

    @Test("a network that sends each request twice costs no order and doubles nothing")
    func sentTwice() async throws {
        try await Rig.run(text: { $0.commerceWay = .oauth1 }) { rig in
            rig.sandbox.commerce.signIn.update { $0.nextSentTwice = 3 }
            try await expectCarried(rig, "000000001")
        }
    }

    @Test("a table of nonces that is locked costs no attempt")
    func nonceLock() async throws {
        try await Rig.run(text: { $0.commerceWay = .oauth1 }) { rig in
            rig.sandbox.commerce.signIn.update { $0.nextNonceLocks = 1 }
            try await expectCarried(rig, "000000001")
            #expect(rig.outcomes.story.allRetries == 0)
        }
    }

    @Test("the gateway's own connections reach both platforms and their sign-in services", arguments: ways)
    func connections(_ way: Way) async throws {
        try await Rig.run(way.platforms, text: { $0.commerceWay = way.way }) { rig in
            let configuration = try GatewayConfiguration.read(yaml: rig.text.yaml(for: rig.addresses, way.platforms))
            let results = try await ConnectionCheck(configuration).run()
            #expect(results.flatMap(\.problems) == [])
        }
    }
}

import Foundation
import HTTPServer
import HTTPTypes
import Logging
import Testing

@testable import Sandbox

@Suite("Serving the sandbox")
struct ServingTests {
    @Test("Both platforms listen on ports of their own, and tokens are for the environment's real URL")
    func start() async throws {
        let stage = try Stage()
        let addresses = try stage.sandbox.start()
        #expect(addresses.commerceBaseURL.hasPrefix("http://127.0.0.1:"))
        #expect(addresses.commerceBaseURL != addresses.dynamicsBaseURL)
        #expect(stage.dynamics.environmentURL == addresses.dynamicsBaseURL)
        #expect(await stage.token().status == 200)
        #expect(throws: SandboxError.alreadyStarted) { try stage.sandbox.start() }
        await stage.sandbox.stop()
    }

    @Test("What was stopped can be started again")
    func restart() async throws {
        let stage = try Stage()
        _ = try stage.sandbox.start()
        await stage.sandbox.stop()
        _ = try stage.sandbox.start()
        await stage.sandbox.stop()
    }
}

import Dynamics
import HTTPClient
import HTTPTypes
import Relay
import SignIn
import Synchronization
import Testing

private let secret = "p@ss+w/rd&more"

private func source(
    _ transport: any HTTPTransport, clock: ManualClock = ManualClock()
) -> any AccessTokenSource {
    DynamicsSignIn(
        .clientSecret(
            EntraApplication(tenant: "contoso.example", clientID: "client-1", authority: "https://login.example/"),
            secret: secret), transport: transport, clock: clock
    ).tokens(for: .environment("https://contoso.operations.dynamics.com/"))
}

private func token(_ value: String, _ expiresIn: String = "3599") -> ScriptedTransport.Reply {
    .answer(
        200, #"{"token_type":"Bearer","expires_in":\#(expiresIn),"ext_expires_in":3599,"access_token":"\#(value)"}"#)
}

@Suite("Signing in with client credentials of Microsoft Entra ID")
struct EntraSecretTests {
    @Test("The form is the one that Entra documents, with the environment's URL without its slash as scope")
    func form() async throws {
        let transport = ScriptedTransport(token("T1"))
        #expect(try await source(transport).token() == "T1")
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "https://login.example/contoso.example/oauth2/v2.0/token")
        #expect(request.headers[.contentType] == "application/x-www-form-urlencoded")
        #expect(
            request.text == "grant_type=client_credentials&client_id=client-1"
                + "&client_secret=p%40ss%2Bw%2Frd%26more"
                + "&scope=https%3A%2F%2Fcontoso.operations.dynamics.com%2F.default")
    }

    @Test(
        "A token is used until 300 s before it expires, whether its life is a number or a string",
        arguments: ["3600", #""3600""#])
    func caching(_ expiresIn: String) async throws {
        let transport = ScriptedTransport(token("T1", expiresIn), token("T2", expiresIn))
        let clock = ManualClock()
        let tokens = source(transport, clock: clock)
        #expect(try await tokens.token() == "T1")
        clock.advance(by: .seconds(3299))
        #expect(try await tokens.token() == "T1")
        clock.advance(by: .seconds(1))
        #expect(try await tokens.token() == "T2")
        #expect(transport.requests.count == 2)
    }

    @Test("A token with a short life is used for half of it, so that not every call signs in")
    func shortLife() async throws {
        let transport = ScriptedTransport(token("T1", "60"), token("T2", "60"))
        let clock = ManualClock()
        let tokens = source(transport, clock: clock)
        _ = try await tokens.token()
        clock.advance(by: .seconds(29))
        #expect(try await tokens.token() == "T1")
        clock.advance(by: .seconds(1))
        #expect(try await tokens.token() == "T2")
    }

    @Test("A hundred callers at once make one request")
    func singleFlight() async throws {
        let gate = GatedTransport()
        let tokens = source(gate)
        let got = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await tokens.token() } }
            await gate.waitForRequest()
            await gate.open(with: token("T1"))
            var got: [String] = []
            for try await token in group { got.append(token) }
            return got
        }
        #expect(got == Array(repeating: "T1", count: 100))
        #expect(await gate.count == 1)
    }

    @Test("A refused sign-in fails the callers that waited for it; the next caller asks again")
    func failureIsNotKept() async throws {
        let transport = ScriptedTransport(.answer(503), token("T1"))
        let tokens = source(transport)
        await #expect(throws: SignInFault.self) { try await tokens.token() }
        #expect(try await tokens.token() == "T1")
    }

    @Test("A refusal is not asked for again at once, so that waiting records don't become failed sign-ins")
    func refusalIsHeld() async throws {
        let transport = ScriptedTransport(.answer(401, "{}"), token("T1"))
        let clock = ManualClock()
        let tokens = source(transport, clock: clock)
        for _ in 0..<50 { await #expect(throws: SignInFault.self) { try await tokens.token() } }
        #expect(transport.requests.count == 1)
        clock.advance(by: SignInFault.refusalHold)
        #expect(try await tokens.token() == "T1")
    }

    @Test("The wait that a busy Entra asks for holds for all callers")
    func retryAfterIsHeld() async throws {
        let transport = ScriptedTransport(.answer(429, "", [.retryAfter: "20"]), token("T1"))
        let clock = ManualClock()
        let tokens = source(transport, clock: clock)
        await #expect(throws: SignInFault.self) { try await tokens.token() }
        clock.advance(by: .seconds(19))
        await #expect(throws: SignInFault.self) { try await tokens.token() }
        #expect(transport.requests.count == 1)
        clock.advance(by: .seconds(1))
        #expect(try await tokens.token() == "T1")
    }

    @Test("A token that the server refused is forgotten, but not the one that has replaced it")
    func invalidation() async throws {
        let transport = ScriptedTransport(token("T1"), token("T2"), token("T3"))
        let tokens = source(transport)
        #expect(try await tokens.token() == "T1")
        await tokens.invalidate("T1")
        #expect(try await tokens.token() == "T2")
        await tokens.invalidate("T1")
        #expect(try await tokens.token() == "T2")
        #expect(transport.requests.count == 2)
    }

    @Test("The audit trail shows the sign-in without its bodies")
    func trail() async throws {
        let trail = Trail(redactor: EverythingRedactor())
        let tokens = source(ScriptedTransport(token("T1")))
        _ = try await Trail.$current.withValue(trail) { try await tokens.token() }
        let exchange = try #require(trail.exchanges.first)
        #expect(trail.exchanges.count == 1)
        #expect(exchange.destination == "dynamics")
        #expect(exchange.target == "/contoso.example/oauth2/v2.0/token")
        #expect(exchange.status == 200)
        #expect(exchange.sent == nil)
        #expect(exchange.received == nil)
    }
}

/// Holds every request until it is opened.
private actor GatedTransport: HTTPTransport {
    private(set) var count = 0
    private var reply: ScriptedTransport.Reply?
    private var held: [CheckedContinuation<ScriptedTransport.Reply, Never>] = []
    private var watchers: [CheckedContinuation<Void, Never>] = []

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        count += 1
        for watcher in watchers { watcher.resume() }
        watchers = []
        if let reply { return try reply.get() }
        return try await withCheckedContinuation { held.append($0) }.get()
    }

    func waitForRequest() async {
        if count == 0 { await withCheckedContinuation { watchers.append($0) } }
    }

    func open(with reply: ScriptedTransport.Reply) {
        self.reply = reply
        for continuation in held { continuation.resume(returning: reply) }
        held = []
    }
}

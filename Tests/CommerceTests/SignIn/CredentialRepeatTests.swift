import HTTPClient
import HTTPTypes
import Relay
import SignIn
import Synchronization
import Testing

@testable import Commerce

@Suite("A refusal of the credentials")
struct CredentialRepeatTests {
    /// Gives `token-1`, `token-2`, …
    private final class Numbered: AccessTokenSource {
        private let state = Mutex((number: 0, current: String?.none))

        func token() async throws -> String {
            state.withLock { state in
                if let current = state.current { return current }
                state.number += 1
                state.current = "token-\(state.number)"
                return "token-\(state.number)"
            }
        }

        func invalidate(_ token: String) async {
            state.withLock { if $0.current == token { $0.current = nil } }
        }
    }

    private let clock = ManualClock()
    private static let denied = OutboundResponse(
        status: 401, body: Fixture.bytes(#"{"message":"The consumer isn't authorized to access %resources."}"#))
    private static let good = OutboundResponse(status: 200, body: Fixture.bytes("true"))

    private func client(
        _ authorization: any CommerceAuthorization, _ answers: [OutboundResponse]
    ) throws -> (CommerceClient, ScriptedTransport) {
        let transport = ScriptedTransport(answers.map { .success($0) })
        let client = CommerceClient(
            endpoint: try CommerceEndpoint(baseURL: "https://shop.example.com"), authorization: authorization,
            transport: transport, clock: clock)
        return (client, transport)
    }

    private func tokens() throws -> TokenAuthorization {
        let key = try #require(HTTPField.Name("x-api-key"))
        return TokenAuthorization(
            source: Numbered(), otherHeaders: [key: "id"], advice: "Check the role.", clock: clock)
    }

    @Test("leads to one more try with a fresh token, and the call goes on")
    func renewed() async throws {
        let (client, transport) = try client(tokens(), [Self.denied, Self.good])
        try await client.ping()
        #expect(transport.requests.map { $0.headers[.authorization] } == ["Bearer token-1", "Bearer token-2"])
        #expect(transport.requests.allSatisfy { $0.headers.contains { $0.name.canonicalName == "x-api-key" } })
    }

    @Test("of a fresh token fails, with what to check, and is not tried a second time")
    func refusedAgain() async throws {
        let (client, transport) = try client(tokens(), [Self.denied, Self.denied, Self.good])
        let fault = await #expect(throws: CommerceFault.self) { try await client.ping() }
        #expect(fault?.failureKind == .unauthorized)
        #expect(fault?.reason.advice == "Check the role.")
        #expect(transport.requests.count == 2)
    }

    @Test("soon after another one gets no third token: the account lacks a right")
    func soonAgain() async throws {
        let (client, transport) = try client(
            tokens(), [Self.denied, Self.denied, Self.denied, Self.denied, Self.good])
        for _ in 0..<2 { await #expect(throws: CommerceFault.self) { try await client.ping() } }
        #expect(transport.requests.count == 3)
        clock.advance(by: TokenAuthorization.renewalPause)
        try await client.ping()
        #expect(transport.requests.last?.headers[.authorization] == "Bearer token-3")
    }

    @Test("of an old token, seen late, costs no new one")
    func late() async throws {
        let authorization = try tokens()
        var request = OutboundRequest(method: .get, url: "https://shop.example.com/")
        request.headers = try await authorization.headers(for: request)
        for _ in 0..<3 { #expect(await authorization.verdict(on: Self.denied, to: request)?.next == .again) }
        #expect(try await authorization.headers(for: request)[.authorization] == "Bearer token-2")
    }

    @Test("of a token that never changes is final")
    func bearer() async throws {
        let (client, transport) = try client(BearerAuthorization(token: "t"), [Self.denied, Self.good])
        let fault = await #expect(throws: CommerceFault.self) { try await client.ping() }
        #expect(fault?.reason.advice?.contains("bearer tokens") == true)
        #expect(transport.requests.count == 1)
    }

    @Test("over a nonce: a read is signed anew, a write is looked for first")
    func nonce() async throws {
        let used = OutboundResponse(
            status: 401,
            body: Fixture.bytes(#"{"message":"The nonce is already being used by the consumer with ID %1."}"#))
        let oauth = OAuthAuthorization(credentials: OAuthVector.credentials, clock: clock)
        let (reader, reads) = try client(oauth, [used, Self.good])
        try await reader.ping()
        #expect(Set(reads.requests.map { $0.headers[.authorization] }).count == 2)

        let (writer, writes) = try client(oauth, [used, Self.good])
        let fault = await #expect(throws: CommerceFault.self) {
            try await writer.setExternalOrderID(entityID: 1, incrementID: "1", extOrderID: "SO")
        }
        #expect(fault?.failureKind == .unclearOutcome)
        #expect(fault?.detail.contains("repeated the request") == true)
        #expect(writes.requests.count == 1)
    }

    @Test("over the time is tried once with the shop's, and then says how far the clocks are apart")
    func clockSkew() async throws {
        let late = OutboundResponse(
            status: 400, headers: [.date: TestDate.text(1_767_261_612 - 3600)],
            body: Fixture.bytes(#"{"message":"Incorrect timestamp value in the oauth_timestamp parameter"}"#))
        let oauth = OAuthAuthorization(credentials: OAuthVector.credentials, clock: clock)
        let (client, transport) = try client(oauth, [late, late, Self.good])
        let fault = await #expect(throws: CommerceFault.self) { try await client.ping() }
        #expect(fault?.failureKind == .unauthorized)
        #expect(fault?.detail.contains("3600 s ahead of the shop's") == true)
        #expect(transport.requests.count == 2)
        #expect(transport.requests[1].headers[.authorization]?.contains(#"oauth_timestamp="1767258012""#) == true)
    }
}

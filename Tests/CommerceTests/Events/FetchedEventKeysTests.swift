import Cryptography
import HTTPClient
import Relay
import Synchronization
import Testing

@testable import Commerce

/// A clock that tests turn by hand.
final class KeyClock: WallClock {
    private let time = Mutex(Timestamp(millisecondsSince1970: 1_767_261_612_000))

    func now() -> Timestamp { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
    func sleep(until moment: Timestamp) async throws { throw CancellationError() }
}

@Suite("Adobe's keys")
struct FetchedEventKeysTests {
    private let path = "/prod/keys/pub-key-3fa85f64.pem"
    private let clock = KeyClock()

    private func key(status: Int = 200) -> Result<OutboundResponse, TransportError> {
        .success(OutboundResponse(status: status, body: Array(SignatureVector.publicKey.utf8)))
    }

    @Test("are fetched from their one host, and kept for a day")
    func fetched() async throws {
        let transport = ScriptedTransport([key(), key()])
        let keys = FetchedEventKeys(transport: transport, clock: clock)
        for _ in 1...3 { #expect(try await keys.keys(path: path).count == 1) }
        #expect(transport.calls == ["GET https://static.adobeioevents.com\(path)"])
        clock.advance(by: .seconds(24 * 3600))
        _ = try await keys.keys(path: path)
        #expect(transport.calls.count == 2)
    }

    @Test("are fetched by one request for all who wait")
    func singleFlight() async throws {
        let transport = ScriptedTransport([key()])
        let keys = FetchedEventKeys(transport: transport, clock: clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...50 { group.addTask { _ = try await keys.keys(path: path) } }
            try await group.waitForAll()
        }
        #expect(transport.calls.count == 1)
    }

    @Test(
        "are fetched by no path that leads elsewhere",
        arguments: [
            "", "/", "https://evil.example/prod/keys/a.pem", "//evil.example/prod/keys/a.pem", "@evil.example/a.pem",
            ".evil.example/prod/keys/a.pem", ":8080/prod/keys/a.pem", "/prod/keys/../secrets/a.pem",
            "/prod/keys/%2e%2e/a.pem", "/prod/keys/a/b.pem", "/prod/keys/..pem", "/prod/keys/.pem",
            "/prod/keys/a.pem?x=1",
            "/prod/keys/a.pem#x", "/prod/keys/a.pem\r\nHost: evil.example", "/prod/keys/a.pe", "/stage/keys/a.pem",
            "/PROD/keys/a.pem", "/prod/keys/ä.pem", "/prod/keys/a b.pem",
            "/prod/keys/\(String(repeating: "a", count: 200)).pem",
        ])
    func foreignPath(path: String) async {
        let transport = ScriptedTransport([key()])
        let keys = FetchedEventKeys(transport: transport, clock: clock)
        await #expect(throws: EventKeyError.foreignPath) { try await keys.keys(path: path) }
        #expect(transport.calls.isEmpty)
    }

    @Test("that are not there are not asked for again for a minute")
    func absent() async throws {
        let transport = ScriptedTransport([key(status: 404), key()])
        let keys = FetchedEventKeys(transport: transport, clock: clock)
        for _ in 1...3 { await #expect(throws: EventKeyError.foreignPath) { try await keys.keys(path: path) } }
        #expect(transport.calls.count == 1)
        clock.advance(by: .seconds(60))
        #expect(try await keys.keys(path: path).count == 1)
    }

    @Test("are fetched so many times a minute and no more, however many paths requests name")
    func budget() async throws {
        let answers = Array(repeating: key(status: 404), count: FetchedEventKeys.mostFetches) + [key()]
        let transport = ScriptedTransport(answers)
        let keys = FetchedEventKeys(transport: transport, clock: clock)
        for number in 1...20 {
            await #expect(throws: EventKeyError.self) { try await keys.keys(path: "/prod/keys/\(number).pem") }
        }
        #expect(transport.calls.count == FetchedEventKeys.mostFetches)
        let error = await #expect(throws: EventKeyError.self) { try await keys.keys(path: path) }
        guard case .unavailable? = error else { throw error ?? .foreignPath }
        clock.advance(by: FetchedEventKeys.window)
        #expect(try await keys.keys(path: path).count == 1)
    }

    @Test(
        "that cannot be used make the sender come back",
        arguments: [
            (200, "<html>"), (500, ""), (302, ""),
            (200, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"),
        ])
    func unusable(status: Int, body: String) async throws {
        let answer = OutboundResponse(status: status, body: Array(body.utf8))
        let keys = FetchedEventKeys(transport: ScriptedTransport([.success(answer)]), clock: clock)
        let error = await #expect(throws: EventKeyError.self) { try await keys.keys(path: path) }
        guard case .unavailable? = error else { throw error ?? .foreignPath }
    }
}

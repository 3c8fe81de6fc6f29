import Cryptography
import Relay
import Testing

@testable import SignIn

@Suite("An issuer's keys")
struct FetchedKeysTests {
    private static let url = "https://issuer.example/keys"
    private static let metadata = "https://issuer.example/t/.well-known/openid-configuration"

    private let host = KeyHost()
    private let clock = ManualClock()

    private func keys(_ place: FetchedKeys.Place = .keySet(url: url)) -> FetchedKeys {
        FetchedKeys(place, transport: host, clock: clock)
    }

    @Test("are fetched once, and used for a day")
    func cached() async throws {
        host.set(Self.url, try Tokens.keySet([("k1", Tokens.key)]))
        let keys = keys()
        for _ in 1...3 { #expect(try await keys.keys(id: "k1").count == 1) }
        clock.advance(by: FetchedKeys.life - .seconds(1))
        _ = try await keys.keys(id: "k1")
        #expect(host.asked.count == 1)
        clock.advance(by: .seconds(1))
        _ = try await keys.keys(id: "k1")
        #expect(host.asked.count == 2)
    }

    @Test("are fetched by one request for all who wait")
    func singleFlight() async throws {
        host.set(Self.url, try Tokens.keySet([("k1", Tokens.key)]))
        let keys = keys()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...50 { group.addTask { try await keys.keys(id: "k1").count } }
            for try await count in group { #expect(count == 1) }
        }
        #expect(host.asked.count == 1)
    }

    @Test("are fetched anew for an unknown key, but not for each of them")
    func unknownKey() async throws {
        host.set(Self.url, try Tokens.keySet([("k1", Tokens.key)]))
        let keys = keys()
        _ = try await keys.keys(id: "k1")
        for id in ["x", "y", "z"] { await #expect(throws: JWTError.unknownKey) { try await keys.keys(id: id) } }
        #expect(host.asked.count == 1)
        clock.advance(by: FetchedKeys.leastPause)
        host.set(Self.url, try Tokens.keySet([("k1", Tokens.key), ("k2", Tokens.otherKey)]))
        #expect(try await keys.keys(id: "k2").count == 1)
        #expect(host.asked.count == 2)
    }

    @Test("that are gone from the set are not believed after the next fetch")
    func withdrawn() async throws {
        host.set(Self.url, try Tokens.keySet([("k1", Tokens.key)]))
        let keys = keys()
        _ = try await keys.keys(id: "k1")
        clock.advance(by: FetchedKeys.life)
        host.set(Self.url, try Tokens.keySet([("k2", Tokens.otherKey)]))
        await #expect(throws: JWTError.unknownKey) { try await keys.keys(id: "k1") }
    }

    @Test("go on being used while they cannot be fetched, for a week")
    func outage() async throws {
        host.set(Self.url, try Tokens.keySet([("k1", Tokens.key)]))
        let keys = keys()
        _ = try await keys.keys(id: "k1")
        host.fail(Self.url)
        clock.advance(by: FetchedKeys.longestLife - .seconds(1))
        #expect(try await keys.keys(id: "k1").count == 1)
        clock.advance(by: .seconds(1))
        await #expect(throws: JWTError.keysUnavailable("not connected: refused")) { try await keys.keys(id: "k1") }
    }

    @Test("that were never had make the sender come back, and are asked for once a minute")
    func never() async throws {
        host.fail(Self.url)
        let keys = keys()
        for _ in 1...3 {
            await #expect(throws: JWTError.keysUnavailable("not connected: refused")) {
                try await keys.keys(id: "k1")
            }
        }
        #expect(host.asked.count == 1)
        clock.advance(by: FetchedKeys.leastPause)
        host.set(Self.url, try Tokens.keySet([("k1", Tokens.key)]))
        #expect(try await keys.keys(id: "k1").count == 1)
    }

    @Test("are found by the issuer's metadata")
    func metadata() async throws {
        host.set(Self.metadata, #"{"issuer":"x","jwks_uri":"\#(Self.url)"}"#)
        host.set(Self.url, try Tokens.keySet([("k1", Tokens.key)]))
        #expect(try await keys(.metadata(url: Self.metadata)).keys(id: "k1").count == 1)
        #expect(host.asked == [Self.metadata, Self.url])
    }

    @Test(
        "are never fetched from another host than the issuer's, whatever its metadata says",
        arguments: [
            "https://evil.example/keys", "http://issuer.example/keys", "https://issuer.example:444/keys",
            "https://issuer.example@evil.example/keys", "//issuer.example/keys", "file:///etc/passwd", "",
        ])
    func foreignHost(url: String) async throws {
        host.set(Self.metadata, #"{"jwks_uri":"\#(url)"}"#)
        let keys = keys(.metadata(url: Self.metadata))
        await #expect(throws: JWTError.self) { try await keys.keys(id: "k1") }
        #expect(host.asked == [Self.metadata])
    }

    @Test("a token that names no key is not worth a fetch")
    func noID() async throws {
        await #expect(throws: JWTError.unknownKey) { try await keys().keys(id: nil) }
        #expect(host.asked.isEmpty)
    }

    @Test(
        "that cannot be used are not taken",
        arguments: [
            ("", 200), ("<html>", 200), ("{}", 200), (#"{"keys":[]}"#, 200), (#"{"keys":{}}"#, 200),
            (#"{"keys":[{"kty":"oct","kid":"k1","k":"c2VjcmV0"}]}"#, 200),
            (#"{"keys":[{"kty":"RSA","kid":"k1","n":"AQAB","e":"AQAB"}]}"#, 200),
            (#"{"keys":[{"kty":"RSA","kid":"k1","n":"!","e":"AQAB"}]}"#, 200), (#"{"keys":[]}"#, 302), ("", 500),
        ])
    func unusable(body: String, status: Int) async throws {
        host.set(Self.url, body, status: status)
        let error = await #expect(throws: JWTError.self) { try await keys().keys(id: "k1") }
        guard case .keysUnavailable = error else { throw error ?? .unknownKey }
    }

    @Test("for encryption, of other kinds or without an id are left out")
    func mixed() throws {
        let numbers = try RSAPublicKey(pem: Tokens.key.get().publicKeyPEM).numbers
        let n = Base64URL.encode(numbers.modulus)
        let set = try JSONWebKeySet(
            Array(
                """
                {"keys":[{"kty":"EC","kid":"ec","crv":"P-256"},{"kty":"RSA","kid":"enc","use":"enc","n":"\(n)","e":"AQAB"},
                {"kty":"RSA","n":"\(n)","e":"AQAB"},7,{"kty":"RSA","kid":"any","n":"\(n)","e":"AQAB"}]}
                """.utf8))
        #expect(set["any"] != nil && set["enc"] == nil && set["ec"] == nil)
        let many = Array(repeating: "{}", count: JSONWebKeySet.mostKeys + 1).joined(separator: ",")
        #expect(throws: JSONWebKeySetError.self) { try JSONWebKeySet(Array("{\"keys\":[\(many)]}".utf8)) }
    }
}

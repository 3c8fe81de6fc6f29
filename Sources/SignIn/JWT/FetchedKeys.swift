public import Cryptography
import Foundation
public import HTTPClient
import HTTPTypes
import JSON
public import Relay

/// An issuer's keys, fetched when they are first needed and kept.
///
/// A token with an unknown key makes them be fetched anew, since issuers change keys without notice: by one request for
/// all who wait, and no more often than ``leastPause``, so that forged tokens cost the issuer nothing. When fetching
/// fails, the keys of before go on being used.
public actor FetchedKeys: VerificationKeys {
    /// Where the key set is.
    public enum Place: Sendable, Equatable {
        case keySet(url: String)
        /// The issuer's OpenID metadata, which names the key set; that must be on the same host.
        case metadata(url: String)
    }

    /// How long keys are used before they are fetched again.
    public static let life = Duration.seconds(24 * 3600)
    /// How long they are used at most while fetching them again fails.
    public static let longestLife = Duration.seconds(7 * 24 * 3600)
    /// Between two fetches, whatever came of the first.
    public static let leastPause = Duration.seconds(60)
    static let timeout = Duration.seconds(5)
    static let largestAnswer = 256 << 10

    private struct Held {
        let set: JSONWebKeySet
        /// An uptime.
        let fetchedAt: Duration
    }

    private let place: Place
    private let transport: any HTTPTransport
    private let clock: any WallClock
    private var held: Held?
    private var lastFetch: (began: Duration, failure: String?)?
    private var fetching: Task<Void, Never>?

    public init(_ place: Place, transport: any HTTPTransport, clock: any WallClock) {
        self.place = place
        self.transport = transport
        self.clock = clock
    }

    public func keys(id: String?) async throws(JWTError) -> [RSAPublicKey] {
        guard let id else { throw .unknownKey }
        if let held, clock.uptime() < held.fetchedAt + Self.life, let key = held.set[id] { return [key] }
        await refresh()
        if let held, clock.uptime() < held.fetchedAt + Self.longestLife, let key = held.set[id] { return [key] }
        if let failure = lastFetch?.failure { throw .keysUnavailable(failure) }
        throw .unknownKey
    }

    /// Joins the fetch that is under way, begins one, or does nothing if the last was a moment ago.
    private func refresh() async {
        if let fetching { return await fetching.value }
        let now = clock.uptime()
        if let lastFetch, now < lastFetch.began + Self.leastPause { return }
        let task = Task { await fetch(at: now) }
        fetching = task
        await task.value
    }

    private func fetch(at now: Duration) async {
        defer { fetching = nil }
        do throws(JSONWebKeySetError) {
            held = Held(set: try JSONWebKeySet(await answer(of: keySetURL())), fetchedAt: now)
            lastFetch = (now, nil)
        } catch {
            lastFetch = (now, error.reason)
        }
    }

    private func keySetURL() async throws(JSONWebKeySetError) -> String {
        switch place {
        case .keySet(let url): return url
        case .metadata(let url):
            let document = try? JSONValue.parse(try await answer(of: url))
            guard let named = document?.objectValue?["jwks_uri"]?.stringValue else {
                throw JSONWebKeySetError(reason: "the issuer's metadata names no jwks_uri")
            }
            guard let origin = Self.origin(of: url), origin == Self.origin(of: named) else {
                throw JSONWebKeySetError(reason: "the issuer's metadata names a key set on another host")
            }
            return named
        }
    }

    private func answer(of url: String) async throws(JSONWebKeySetError) -> [UInt8] {
        let request = OutboundRequest(
            method: .get, url: url, headers: [.accept: "application/json"], timeout: Self.timeout,
            maxResponseBytes: Self.largestAnswer)
        let answer: OutboundResponse
        do throws(TransportError) {
            answer = try await transport.send(request)
        } catch {
            throw JSONWebKeySetError(reason: error.description)
        }
        guard answer.status == 200 else { throw JSONWebKeySetError(reason: "the answer has status \(answer.status)") }
        return answer.body
    }

    /// Scheme, host and port.
    private static func origin(of url: String) -> [String]? {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), parts.user == nil
        else { return nil }
        return [scheme, host, String(parts.port ?? (scheme == "https" ? 443 : 80))]
    }
}

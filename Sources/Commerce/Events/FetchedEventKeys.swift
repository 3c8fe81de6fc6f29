public import Cryptography
public import HTTPClient
import HTTPTypes
public import Relay

/// Adobe's keys, fetched from the one host where they are, and kept for a day.
///
/// A request only names a path there, and strangers can send requests: so the path must be one of a key, a key that is
/// not there is remembered as well, and there are so many fetches a minute and no more.
public actor FetchedEventKeys: EventKeySource {
    /// https://developer.adobe.com/events/docs/guides/sdk/sdk-signature-verification/
    public static let origin = "https://static.adobeioevents.com"
    /// As Adobe asks.
    static let life = Duration.seconds(24 * 3600)
    /// How long a key that could not be fetched is not asked for again.
    static let pause = Duration.seconds(60)
    /// In one ``window``. Two keys are in use at a time.
    static let mostFetches = 6
    static let window = Duration.seconds(60)
    static let mostKept = 32
    static let timeout = Duration.seconds(5)
    static let largestKey = 16 << 10

    private struct Held {
        let result: Result<RSAPublicKey, EventKeyError>
        /// An uptime.
        let until: Duration
    }

    private let origin: String
    private let transport: any HTTPTransport
    private let clock: any WallClock
    private var held: [String: Held] = [:]
    private var fetches: [Duration] = []
    private var fetching: [String: Task<Held, Never>] = [:]

    /// - Parameter origin: Scheme and host of the keys; another one is for tests.
    public init(origin: String = FetchedEventKeys.origin, transport: any HTTPTransport, clock: any WallClock) {
        self.origin = origin
        self.transport = transport
        self.clock = clock
    }

    public func keys(path: String) async throws(EventKeyError) -> [RSAPublicKey] {
        guard Self.isKeyPath(path) else { throw .foreignPath }
        return [try await result(of: path).get()]
    }

    /// `/prod/keys/` and one name that ends in `.pem`: nothing that leads elsewhere.
    static func isKeyPath(_ path: String) -> Bool {
        path.utf8.count <= 128
            && path.wholeMatch(of: /\/prod\/keys\/[A-Za-z0-9_\-]+(\.[A-Za-z0-9_\-]+)*\.pem/) != nil
    }

    private func result(of path: String) async -> Result<RSAPublicKey, EventKeyError> {
        let now = clock.uptime()
        if let held = held[path], now < held.until { return held.result }
        if let fetching = fetching[path] { return await fetching.value.result }
        fetches.removeAll { $0 + Self.window <= now }
        guard fetches.count < Self.mostFetches else {
            return .failure(.unavailable("too many different keys were asked for; try again in a minute"))
        }
        fetches.append(now)
        let task = Task { await fetch(path, at: now) }
        fetching[path] = task
        let fetched = await task.value
        return fetched.result
    }

    private func fetch(_ path: String, at now: Duration) async -> Held {
        let held: Held
        do throws(EventKeyError) {
            held = Held(result: .success(try await download(path)), until: now + Self.life)
        } catch {
            held = Held(result: .failure(error), until: now + Self.pause)
        }
        keep(held, of: path, at: now)
        fetching[path] = nil
        return held
    }

    /// Whatever ends first makes room; a forged path ends long before a key.
    private func keep(_ new: Held, of path: String, at now: Duration) {
        held = held.filter { $0.value.until > now }
        if held.count >= Self.mostKept, let first = held.min(by: { $0.value.until < $1.value.until })?.key {
            held[first] = nil
        }
        held[path] = new
    }

    private func download(_ path: String) async throws(EventKeyError) -> RSAPublicKey {
        let request = OutboundRequest(
            method: .get, url: origin + path, timeout: Self.timeout, maxResponseBytes: Self.largestKey)
        let answer: OutboundResponse
        do throws(TransportError) {
            answer = try await transport.send(request)
        } catch {
            throw .unavailable(error.description)
        }
        switch answer.status {
        case 200: break
        // There is no such key: the request is not Adobe's.
        case 403, 404: throw .foreignPath
        default: throw .unavailable("the answer has status \(answer.status)")
        }
        do {
            return try RSAPublicKey(pem: String(decoding: answer.body, as: UTF8.self))
        } catch {
            throw .unavailable("what is there is no key: \(error)")
        }
    }
}

import Cryptography
public import HTTPClient
public import HTTPTypes
public import Relay
import Synchronization

/// OAuth 1.0a, the way to call a shop on PaaS that Adobe recommends: each request is signed by itself, with a nonce
/// that is never used again.
public final class OAuthAuthorization: CommerceAuthorization {
    private let credentials: OAuthCredentials
    private let clock: any WallClock
    /// Added to our own time when the shop's clock turned out to be far from it.
    private let correction = Mutex(Duration.zero)

    public init(credentials: OAuthCredentials, clock: any WallClock = SystemClock()) {
        self.credentials = credentials
        self.clock = clock
    }

    public func headers(for request: OutboundRequest) throws -> HTTPFields {
        let now = clock.now() + correction.withLock { $0 }
        do {
            let signature = try OAuthSignature(
                credentials, method: request.method, url: request.url, nonce: SecureRandom.hex(bytes: 16),
                timestamp: now.millisecondsSince1970 / 1000)
            return [.authorization: signature.header]
        } catch {
            throw CommerceFault(
                kind: .misdirected, call: request.method.rawValue, detail: "The request can't be signed. \(error)")
        }
    }

    public func verdict(on answer: OutboundResponse, to request: OutboundRequest) -> CredentialVerdict? {
        let refusal = OAuthRefusal(answer)
        switch refusal {
        case .notAboutOAuth: return nil
        case .nonceUsed where request.method.isSafe: return CredentialVerdict(.again, advice: refusal.advice)
        case .nonceUsed:
            return CredentialVerdict(
                .outcomeUnclear, finding: "Something on the way to the shop repeated the request.",
                advice: refusal.advice)
        case .nonceNotChecked: return CredentialVerdict(.again, advice: refusal.advice)
        case .timestamp, .signature, .consumer, .token, .other:
            return verdict(refusal, skew: skew(of: answer))
        }
    }

    /// `nil` if the answer does not say what time it is there.
    private func skew(of answer: OutboundResponse) -> ClockSkew? {
        answer.headers[.date].flatMap(HTTPDate.secondsSince1970).map {
            ClockSkew(ours: clock.now(), theirs: Timestamp(millisecondsSince1970: $0 * 1000))
        }
    }

    /// Tells a clock that is wrong from wrong keys: a signature is tried once with the shop's time.
    private func verdict(_ refusal: OAuthRefusal, skew: ClockSkew?) -> CredentialVerdict {
        guard let skew, skew.isFar else {
            correction.withLock { $0 = .zero }
            return CredentialVerdict(.giveUp, advice: refusal.advice)
        }
        let isNew = correction.withLock { correction in
            let isNew = ClockSkew(correction: skew.correction - correction).isFar
            correction = skew.correction
            return isNew
        }
        guard isNew else { return CredentialVerdict(.giveUp, finding: skew.sentence, advice: refusal.advice) }
        return CredentialVerdict(.again, finding: skew.sentence, advice: skew.advice)
    }
}

/// How far the shop's clock is from ours.
struct ClockSkew: Sendable, Equatable {
    /// To be added to our time.
    let correction: Duration

    /// Commerce takes a timestamp that is up to 600 s ahead (`Nonce\Generator::TIME_DEVIATION`).
    static let far = Duration.seconds(300)

    init(correction: Duration) {
        self.correction = correction
    }

    init(ours: Timestamp, theirs: Timestamp) {
        self.init(correction: theirs - ours)
    }

    var isFar: Bool { correction.magnitude > Self.far }

    var sentence: String {
        let seconds = correction.magnitude.components.seconds
        let direction = correction < .zero ? "ahead of" : "behind"
        return "The clock of this machine is \(seconds) s \(direction) the shop's."
    }

    var advice: String {
        "Set both clocks by NTP: signatures carry the time, and Commerce refuses those from the future. Until then "
            + "the signatures follow the shop's clock."
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}

extension HTTPRequest.Method {
    /// Repeating it, whatever became of the first one, does no harm (RFC 9110 §9.2.2).
    fileprivate var isSafe: Bool { [.get, .head, .put, .delete].contains(self) }
}

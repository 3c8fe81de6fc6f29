import Cryptography
import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// The simulated shop's sign-in: which requests it lets in, and the tokens that it and Adobe IMS have given.
public final class ShopSignIn: Sendable {
    /// What goes wrong with signing in. All zero: nothing.
    public struct Faults: Sendable, Equatable {
        /// How many of the next requests something on the way sends twice: the first one has its effect, and the
        /// second one's answer is the one that arrives.
        public var nextSentTwice = 0
        /// How many of the next signed requests find the table of nonces locked (magento2#10346).
        public var nextNonceLocks = 0

        public init() {}
    }

    /// Whom a token was given to.
    private enum Holder: String {
        /// By the shop.
        case administrator
        /// A technical account, by IMS.
        case account
    }

    private struct State {
        var faults = Faults()
        /// With their timestamps.
        var nonces: [String: Int64] = [:]
    }

    let keys: SandboxCommerceSignIn
    private let bearerToken: String
    /// `http` or `https`: a signature covers it.
    private let scheme: String
    private let now: @Sendable () -> Date
    private let state = Mutex(State())
    private let tokens = AccessTokens()

    /// Above this many, those that are older than two hours go, as Commerce's cron job has it.
    private static let maxNonces = 100_000
    private static let nonceLifetime: Int64 = 7200

    init(
        _ keys: SandboxCommerceSignIn, bearerToken: String, scheme: String, now: @escaping @Sendable () -> Date
    ) {
        self.keys = keys
        self.bearerToken = bearerToken
        self.scheme = scheme
        self.now = now
    }

    public func update(_ change: @Sendable (inout Faults) -> Void) {
        state.withLock { change(&$0.faults) }
    }

    /// All tokens that were given so far are refused from now on.
    public func expireTokens() { tokens.expireAll() }

    /// - Returns: Whether the request is to arrive once more.
    func isSentTwice() -> Bool {
        state.withLock { state in
            guard state.faults.nextSentTwice > 0 else { return false }
            state.faults.nextSentTwice -= 1
            return true
        }
    }

    /// - Throws: What the shop answers to whom it does not let in.
    func check(_ request: Request) throws(CommerceRefusal) {
        let header = request.headers[.authorization] ?? ""
        if keys.edition == .saas { return try checkCloud(request, header) }
        if header.hasPrefix("OAuth ") { return try checkSignature(request, header) }
        if holds(.account, header) { return try checkAccount(request) }
        let isIntegration = constantTimeEqual(Array(header.utf8), Array("Bearer \(bearerToken)".utf8))
        guard holds(.administrator, header) || isIntegration && keys.takesBearerTokens else {
            throw .unauthorized
        }
    }

    private func checkSignature(_ request: Request, _ header: String) throws(CommerceRefusal) {
        let check = OAuthCheck(keys: keys)
        let claim = try check.claim(header, now: now())
        try take(claim)
        try check.verify(claim, of: request, scheme: scheme)
    }

    /// A nonce is used up by being seen, before anybody knows whether the signature is good.
    private func take(_ claim: OAuthCheck.Claim) throws(CommerceRefusal) {
        let refusal: CommerceRefusal? = state.withLock { state in
            if state.faults.nextNonceLocks > 0 {
                state.faults.nextNonceLocks -= 1
                return .denied("An error occurred validating the nonce.")
            }
            guard state.nonces[claim.nonce] == nil else {
                return .denied("The nonce is already being used by the consumer with ID %1.", "1")
            }
            if state.nonces.count >= Self.maxNonces {
                let oldest = Int64(now().timeIntervalSince1970) - Self.nonceLifetime
                state.nonces = state.nonces.filter { $0.value > oldest }
            }
            state.nonces[claim.nonce] = claim.timestamp
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Adobe's gateway looks at the token first, then at the key of the project that it was given to. Which codes it
    /// answers for Commerce is not documented; these are the ones that it has for Adobe's other services.
    private func checkCloud(_ request: Request, _ header: String) throws(CommerceRefusal) {
        guard holds(.account, header) else {
            throw CommerceRefusal(
                status: .unauthorized, message: "Oauth token is not valid", errorCode: "401013")
        }
        try checkAccount(request)
    }

    private func checkAccount(_ request: Request) throws(CommerceRefusal) {
        guard let key = request.headers.value("x-api-key") else {
            throw CommerceRefusal(status: .forbidden, message: "Api Key is required", errorCode: "403000")
        }
        guard key == keys.clientID else {
            throw CommerceRefusal(status: .forbidden, message: "Api Key is invalid", errorCode: "403003")
        }
        guard request.headers.value("x-gw-ims-org-id") == keys.organization else {
            throw CommerceRefusal(
                status: .forbidden, message: "User is not entitled to this organization", errorCode: "403201")
        }
    }

    private func holds(_ holder: Holder, _ header: String) -> Bool {
        tokens.isValid(bearer: header, for: holder.rawValue, at: now())
    }

    func giveAdministratorToken() -> String { give(.administrator, for: keys.administratorTokenLifetime) }

    func giveAccountToken() -> String { give(.account, for: keys.tokenLifetime) }

    private func give(_ holder: Holder, for lifetime: Duration) -> String {
        let now = now()
        let end = now.addingTimeInterval(TimeInterval(lifetime.components.seconds))
        return tokens.issue(for: holder.rawValue, until: end, at: now)
    }
}

extension CommerceRefusal {
    static func denied(_ message: String, _ parameters: String...) -> CommerceRefusal {
        CommerceRefusal(
            status: .unauthorized, message: message,
            parameters: parameters.isEmpty ? nil : .array(parameters.map(JSONValue.string)))
    }
}

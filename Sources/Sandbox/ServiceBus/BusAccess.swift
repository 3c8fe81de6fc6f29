import Cryptography
import Foundation
import HTTPServer
import HTTPTypes

/// Who may use the simulated Service Bus: a shared access signature over the entity or what holds it, or a token of
/// Entra for Service Bus.
struct BusAccess: Sendable {
    let configuration: SandboxServiceBusConfiguration
    let core: DynamicsCore

    private static let resource = "https://servicebus.azure.net"

    init(_ configuration: SandboxServiceBusConfiguration, core: DynamicsCore) {
        self.configuration = configuration
        self.core = core
    }

    func check(_ request: Request, at now: Date) throws(BusRefusal) {
        guard let header = request.headers[.authorization] else {
            throw .unauthorized("MissingToken: The authorization header was not found.")
        }
        if header.hasPrefix("Bearer ") {
            guard core.tokens.isValid(bearer: header, for: Self.resource, at: now) else {
                throw .unauthorized("InvalidToken: The token is expired or has another audience.")
            }
            return
        }
        let scheme = "SharedAccessSignature "
        guard header.hasPrefix(scheme), let pairs = QueryString.parse(String(header.dropFirst(scheme.count))) else {
            throw .unauthorized("MalformedToken: The authorization header is not understood.")
        }
        let fields = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        try check(fields, raw: header.dropFirst(scheme.count), path: request.path, now)
    }

    private func check(
        _ fields: [String: String], raw: Substring, path: String, _ now: Date
    ) throws(BusRefusal) {
        guard let scope = fields["sr"], let signature = fields["sig"], let expiry = fields["se"].flatMap(Int64.init),
            fields["skn"] == configuration.policy
        else { throw .unauthorized("MalformedToken: sr, sig, se and the name of a known policy are needed.") }
        guard expiry > Int64(now.timeIntervalSince1970) else {
            throw .unauthorized("ExpiredToken: The token is expired. Expiry time: \(expiry).")
        }
        let url = core.resourceURL + path
        guard url == scope || url.hasPrefix(scope + "/") else {
            throw .unauthorized("InvalidAudience: The token is for \(scope), not for \(url).")
        }
        // The scope is signed as it was sent, percent-encoded.
        let encoded = raw.split(separator: "&").first { $0.hasPrefix("sr=") }?.dropFirst(3) ?? ""
        let code = HMACSHA256.code(
            key: Array(configuration.key.utf8), message: Array("\(encoded)\n\(expiry)".utf8))
        guard constantTimeEqual(Array(Base64.encode(code).utf8), Array(signature.utf8)) else {
            throw .unauthorized("InvalidSignature: The token has an invalid signature.")
        }
    }
}

import Dynamics
import Foundation
import HTTPClient
import HTTPTypes
import Relay
import SignIn

/// Why a key vault cannot be asked at the moment; the next start may succeed.
public enum KeyVaultFault: Error, Equatable, CustomStringConvertible {
    case unavailable(url: String, detail: String)

    public var description: String {
        switch self {
        case .unavailable(let url, let detail): "The key vault \(url) cannot be asked: \(detail)"
        }
    }
}

/// Reads secrets of an Azure Key Vault
/// (learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret).
struct KeyVault: Sendable {
    private static let timeout = Duration.seconds(30)
    /// Key Vault keeps values of up to 25 KB.
    private static let maxAnswerBytes = 256 << 10

    let url: String
    let tokens: any AccessTokenSource
    let transport: any HTTPTransport

    init(_ settings: KeyVaultSettings, transport: any HTTPTransport) {
        url = settings.url
        self.transport = transport
        let signIn = DynamicsSignIn(settings.auth.way, section: "secrets.keyVault.auth", transport: transport)
        tokens = signIn.tokens(for: Self.resource(of: settings.url))
    }

    /// A vault of a national cloud takes tokens for its own domain: `https://vault.usgovcloudapi.net`.
    static func resource(of url: String) -> SignInResource {
        let host = URLComponents(string: url)?.host ?? ""
        guard let dot = host.firstIndex(of: "."), host[dot...].hasPrefix(".vault.") else { return .keyVault }
        return SignInResource(url: "https://" + host[host.index(after: dot)...], setting: "secrets.keyVault.url")
    }

    /// - Throws: `KeyVaultFault` for what may pass. What somebody has to mend is in the values.
    func values(of names: [String]) async throws(KeyVaultFault) -> VaultValues {
        var values: VaultValues = [:]
        for name in names { values[name] = try await value(of: name) }
        return values
    }

    private func value(of name: String) async throws(KeyVaultFault) -> Result<String, Interpolation.Failure> {
        let token: String
        do {
            token = try await tokens.token()
        } catch let fault as SignInFault where fault.failureKind == .signInRefused {
            return .failure(
                Interpolation.Failure(
                    found: "${vault:\(name)}, which cannot be asked for: \(fault)",
                    expected: "a sign-in that works. \(fault.reason.advice ?? "")"))
        } catch {
            throw .unavailable(url: url, detail: "\(error)")
        }
        var request = OutboundRequest(
            method: .get, url: "\(url)/secrets/\(name)?api-version=7.4",
            headers: [.accept: "application/json", .authorization: "Bearer \(token)"], timeout: Self.timeout,
            maxResponseBytes: Self.maxAnswerBytes)
        request.headers[.cacheControl] = "no-store"
        do {
            return try result(name, try await transport.send(request))
        } catch let fault as KeyVaultFault {
            throw fault
        } catch {
            throw .unavailable(url: url, detail: "\(error)")
        }
    }

    private struct Body: Decodable { let value: String }

    private func result(
        _ name: String, _ answer: OutboundResponse
    ) throws(KeyVaultFault) -> Result<String, Interpolation.Failure> {
        func refused(_ why: String, _ expected: String) -> Result<String, Interpolation.Failure> {
            .failure(Interpolation.Failure(found: "${vault:\(name)}, which \(url) \(why)", expected: expected))
        }
        switch answer.status {
        case 200:
            guard let body = try? JSONDecoder().decode(Body.self, from: Data(answer.body)) else {
                return refused("answers without a value", "secrets.keyVault.url to be the vault's own address")
            }
            return .success(body.value)
        case 401:
            return refused("does not let this application ask for (401)", "a vault of the same tenant as the sign-in")
        case 403:
            return refused(
                "does not let this application read (403)",
                "the role Key Vault Secrets User for it, and a firewall of the vault that lets this machine in")
        case 404: return refused("does not hold (404)", "a secret of that name in the vault")
        case 408, 429, 500...599: throw .unavailable(url: url, detail: "it answers with status \(answer.status)")
        default: return refused("refuses (\(answer.status))", "secrets.keyVault.url to be the vault's own address")
        }
    }
}

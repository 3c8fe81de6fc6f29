import Dynamics
import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import Testing

@testable import Gateway

private let masterKey = String(repeating: "0a", count: 32)

/// A folder with a configuration whose operator token is a reference.
private final class ReferenceFolder: Sendable {
    let path: String

    init(token: String, secrets: String = "{ masterKey: ${KEY} }") throws {
        path = NSTemporaryDirectory() + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let yaml = ConfigurationFixture.yaml.replacing("${OPERATOR_TOKEN}", with: token) + "\nsecrets: \(secrets)\n"
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: configuration))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var configuration: String { path + "/causeway.yaml" }

    private func environment(_ more: [String: String]) -> [String: String] {
        ConfigurationFixture.environment.merging(more) { $1 }
    }

    func token(_ more: [String: String] = ["KEY": masterKey]) throws -> String? {
        try GatewayConfiguration.load(path: configuration, environment: environment(more)).operatorAPI.token?.reveal()
    }

    func problems(_ more: [String: String] = ["KEY": masterKey]) -> [String] {
        do {
            _ = try token(more)
            return []
        } catch {
            return (error as? ConfigurationError)?.problems.map(\.description) ?? ["\(error)"]
        }
    }

    func token(vault transport: any HTTPTransport) async throws -> String? {
        let environment = environment(["KEY": masterKey])
        return try await GatewayConfiguration.load(path: configuration, environment: environment, vaultBy: transport)
            .operatorAPI.token?.reveal()
    }

    func secrets() throws -> SecretsFile {
        SecretsFile(try SecretsSettings.load(path: configuration, environment: ["KEY": masterKey]))
    }
}

@Suite("References to secrets")
struct SecretReferenceTests {
    @Test("name what systemd hands to the service")
    func credential() throws {
        let folder = try ReferenceFolder(token: "${credential:operator}", secrets: "{}")
        try Data("token-of-the-service\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/operator"))
        #expect(try folder.token(["CREDENTIALS_DIRECTORY": folder.path]) == "token-of-the-service")
        #expect(folder.problems([:]).first?.contains("but CREDENTIALS_DIRECTORY is not set") == true)
        let missing = folder.problems(["CREDENTIALS_DIRECTORY": folder.path + "/none"])
        #expect(
            missing.first?.contains("13:20: operator.token: found ${credential:operator}, which systemd did not")
                == true)
    }

    @Test("to a credential stay within its folder", arguments: ["../operator", "", "..", "a/b"])
    func credentialName(_ name: String) throws {
        let folder = try ReferenceFolder(token: "${credential:\(name)}", secrets: "{}")
        let problems = folder.problems(["CREDENTIALS_DIRECTORY": folder.path])
        #expect(problems.first?.contains("expected the name of a credential, without folders") == true)
    }

    @Test("name what Causeway keeps itself, before the rest of the file is right")
    func stored() throws {
        let folder = try ReferenceFolder(token: "${secret:operator}")
        #expect(folder.problems().first?.contains("holds no such secret; expected a secret of that name") == true)
        try folder.secrets().set("operator", "token-that-is-sealed")
        #expect(try folder.token() == "token-that-is-sealed")
        let wrong = folder.problems(["KEY": String(repeating: "0b", count: 32)])
        #expect(wrong.first?.contains("neither key of secrets opens it") == true)
        #expect(!wrong.joined().contains("token-that-is-sealed"))
    }

    @Test(
        "are refused where they cannot be had",
        arguments: [
            ("${secret:operator}", "{}", "secrets.masterKey is not set"),
            ("${secret:operator}", "{ masterKey: ${secret:key} }", "in the section that says where it is kept"),
            ("${secret:operator}", "{ masterKey: short }", "secrets.masterKey: found 5 characters that are neither"),
            ("${secret:operator}", "{ previousMasterKey: ${KEY} }", "secrets.masterKey: found nothing"),
            ("${vault:operator}", "{}", "but no key vault is configured"),
            ("${vault:a b}", "{ keyVault: { url: \"https://v.vault.azure.net\" } }", "was not asked for"),
            ("${other:operator}", "{}", "${credential:NAME}, ${secret:NAME} or ${vault:NAME}"),
            (
                "long-enough-token",
                "{ keyVault: { url: \"https://v.vault.azure.net\", auth: { adfs: { authority: "
                    + "\"https://a.example\", clientID: c, clientSecret: s } } } }",
                "secrets.keyVault.auth: found adfs; expected one of clientSecret"
            ),
        ])
    func refused(_ token: String, _ secrets: String, _ says: String) throws {
        let problems = try ReferenceFolder(token: token, secrets: secrets).problems()
        #expect(problems.contains { $0.contains(says) }, "\(problems)")
    }
}

/// A vault and the sign-in in front of it.
private final class FakeVault: HTTPTransport {
    private let answers: [String: OutboundResponse]
    private let asked = Mutex<[String]>([])

    init(_ answers: [String: OutboundResponse]) { self.answers = answers }

    var names: [String] { asked.withLock { $0 } }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        if request.url.hasPrefix("http://169.254.169.254/") {
            guard request.url.contains("resource=https%3A%2F%2Fvault.azure.net") else {
                return OutboundResponse(status: 400)
            }
            return OutboundResponse(
                status: 200, body: Array(#"{"access_token":"T1","expires_in":"3599"}"#.utf8))
        }
        guard request.headers[.authorization] == "Bearer T1" else { return OutboundResponse(status: 401) }
        let name = request.url.split(separator: "/").last.map { String($0.prefix { $0 != "?" }) } ?? ""
        asked.withLock { $0.append(name) }
        guard let answer = answers[name] else { throw .notConnected("vault") }
        return answer
    }
}

@Suite("References to a key vault")
struct KeyVaultTests {
    private static let secrets = "{ masterKey: ${KEY}, keyVault: { url: \"https://contoso.vault.azure.net/\" } }"

    private static func answer(_ status: Int, _ body: String = "{}") -> OutboundResponse {
        OutboundResponse(status: status, body: Array(body.utf8))
    }

    @Test("are all asked for before the file is read, each once")
    func values() async throws {
        let folder = try ReferenceFolder(token: "${vault:one}-${vault:two}-${vault:one}", secrets: Self.secrets)
        let vault = FakeVault([
            "one": Self.answer(200, #"{"value":"first-value"}"#), "two": Self.answer(200, #"{"value":"second"}"#),
        ])
        #expect(try await folder.token(vault: vault) == "first-value-second-first-value")
        #expect(vault.names == ["one", "two"])
    }

    @Test("in a file without any ask nobody")
    func none() async throws {
        let folder = try ReferenceFolder(token: "$${vault:one}-is-no-reference", secrets: Self.secrets)
        let vault = FakeVault([:])
        #expect(try await folder.token(vault: vault) == "${vault:one}-is-no-reference")
        #expect(vault.names.isEmpty)
    }

    @Test(
        "that somebody has to mend are problems of the file",
        arguments: [
            (404, "does not hold (404); expected a secret of that name in the vault"),
            (403, "does not let this application read (403); expected the role Key Vault Secrets User"),
            (401, "does not let this application ask for (401)"), (302, "refuses (302)"),
            (200, "answers without a value"),
        ])
    func mistakes(_ status: Int, _ says: String) async throws {
        let folder = try ReferenceFolder(token: "${vault:one}", secrets: Self.secrets)
        let vault = FakeVault(["one": Self.answer(status)])
        let error = await #expect(throws: ConfigurationError.self) { try await folder.token(vault: vault) }
        #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
        #expect(error?.problems.first?.key == "operator.token")
    }

    @Test("fail the start for now, and not the file, while the vault cannot be asked", arguments: [429, 500, 503, 0])
    func passing(_ status: Int) async throws {
        let folder = try ReferenceFolder(token: "${vault:one}", secrets: Self.secrets)
        let vault = FakeVault(status == 0 ? [:] : ["one": Self.answer(status)])
        await #expect(throws: KeyVaultFault.self) { try await folder.token(vault: vault) }
    }

    @Test(
        "of a national cloud are asked for with that cloud's tokens",
        arguments: [
            ("https://contoso.vault.azure.net", "https://vault.azure.net"),
            ("https://contoso.vault.usgovcloudapi.net", "https://vault.usgovcloudapi.net"),
            ("https://contoso.vault.azure.cn", "https://vault.azure.cn"),
            ("http://127.0.0.1:8080", "https://vault.azure.net"),
        ])
    func resource(_ url: String, _ resource: String) {
        #expect(KeyVault.resource(of: url).url == resource)
    }
}

@Suite("Secrets")
struct SecretTests {
    @Test("show themselves in no log, dump or test failure")
    func redaction() throws {
        let secret = Secret("hunter2")
        struct Holder { let secret: Secret }
        var dumped = ""
        dump(Holder(secret: secret), to: &dumped)
        let all = "\(secret) \(String(reflecting: secret)) \(String(reflecting: Holder(secret: secret))) \(dumped)"
        #expect(!all.contains("hunter2"))
        var settings = SecretsSettings()
        settings.masterKey = EncryptionSettings.Key(id: "masterKey", bytes: Array(repeating: 0x5A, count: 32))
        var dumpedSettings = ""
        dump(settings, to: &dumpedSettings)
        #expect(!"\(settings) \(dumpedSettings)".lowercased().contains("5a5a"))
    }
}

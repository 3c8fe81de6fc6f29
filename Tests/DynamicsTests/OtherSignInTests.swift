import Dynamics
import Foundation
import HTTPClient
import HTTPTypes
import Relay
import SignIn
import Testing

private func source(
    _ way: SignInWay, _ transport: any HTTPTransport, for resource: SignInResource = .contoso
) -> any AccessTokenSource {
    DynamicsSignIn(way, transport: transport, clock: ManualClock()).tokens(for: resource)
}

private func fault(_ way: SignInWay, _ reply: ScriptedTransport.Reply) async -> SignInFault? {
    do {
        _ = try await source(way, ScriptedTransport(reply)).token()
        return nil
    } catch {
        return error as? SignInFault
    }
}

@Suite("Signing in as the machine")
struct ManagedIdentityTests {
    private static let metadata = SignInWay.managedIdentity(ManagedIdentity(.instanceMetadata()))

    @Test(
        "Instance metadata is asked with the header that it demands, and for the environment's URL",
        arguments: [true, false])
    func instanceMetadata(_ isUserAssigned: Bool) async throws {
        let transport = ScriptedTransport(.token("T1", #""3599""#))
        let identity = ManagedIdentity(.instanceMetadata(), clientID: isUserAssigned ? "id-1" : nil)
        #expect(try await source(.managedIdentity(identity), transport).token() == "T1")
        let request = try #require(transport.requests.first)
        #expect(request.method == .get)
        #expect(
            request.url.hasPrefix("http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&"))
        #expect(request.url.contains("resource=https%3A%2F%2Fcontoso.operations.dynamics.com"))
        #expect(request.query["client_id"] == (isUserAssigned ? "id-1" : nil))
        #expect(request.headers[try #require(HTTPField.Name("Metadata"))] == "true")
    }

    @Test("App Service is asked with its header, and its answer, which only says when the token ends, is understood")
    func appService() async throws {
        let end = testSeconds + 7200
        let transport = ScriptedTransport(
            .answer(200, #"{"access_token":"T1","expires_on":"\#(end)","token_type":"Bearer"}"#), .token("T2"))
        let clock = ManualClock()
        let identity = ManagedIdentity(.appService(url: "http://127.0.0.1:41/msi/token", header: "header-secret"))
        let tokens = DynamicsSignIn(.managedIdentity(identity), transport: transport, clock: clock)
            .tokens(for: .contoso)
        #expect(try await tokens.token() == "T1")
        clock.advance(by: .seconds(6899))
        #expect(try await tokens.token() == "T1")
        clock.advance(by: .seconds(1))
        #expect(try await tokens.token() == "T2")
        let request = try #require(transport.requests.first)
        #expect(request.url.hasPrefix("http://127.0.0.1:41/msi/token?api-version=2019-08-01&resource="))
        #expect(request.headers[try #require(HTTPField.Name("X-IDENTITY-HEADER"))] == "header-secret")
    }

    @Test("What passes by itself is tried again", arguments: [404, 408, 410, 429, 500, 503])
    func passing(_ status: Int) async throws {
        let fault = try #require(await fault(Self.metadata, .answer(status)))
        #expect(fault.failureKind == (status == 429 ? .throttled : .unavailable))
        #expect(fault.reason.code == "managed-identity-unavailable")
    }

    @Test("A machine without the identity, or outside of Azure, is told so")
    func advice() async throws {
        let body = #"{"error":"invalid_request","error_description":"Identity not found"}"#
        let missing = try #require(await fault(Self.metadata, .answer(400, body)))
        #expect(missing.failureKind == .signInRefused)
        #expect(missing.reason.advice?.contains("system-assigned identity of this machine") == true)
        let user = SignInWay.managedIdentity(ManagedIdentity(.instanceMetadata(), clientID: "id-1"))
        let other = try #require(await fault(user, .answer(400, body)))
        #expect(other.reason.advice?.contains("correct dynamics.auth.managedIdentity.clientID") == true)
        let elsewhere = try #require(await fault(Self.metadata, .failure(.notConnected("169.254.169.254:80"))))
        #expect(elsewhere.failureKind == .unavailable)
        #expect(elsewhere.reason.advice?.contains("on Azure only") == true)
    }

    @Test("The header that shows the app's identity is in no error")
    func headerStaysSecret() async throws {
        let identity = ManagedIdentity(.appService(url: "http://127.0.0.1:41/msi/token", header: "header-secret"))
        let way = SignInWay.managedIdentity(identity)
        let refused = await fault(way, .answer(400, #"{"error":"x","error_description":"bad header-secret"}"#))
        #expect(!String(reflecting: refused).contains("header-secret"))
        #expect(!"\(way) \(String(reflecting: identity))".contains("header-secret"))
        var dumped = ""
        dump(way, to: &dumped)
        #expect(!dumped.contains("header-secret"))
    }
}

@Suite("Signing in through AD FS")
struct ADFSTests {
    private static let application = ADFSApplication(
        authority: "https://adfs.contoso.example/adfs/", clientID: "client-1", clientSecret: "s+/1")
    private static let environment = SignInResource.environment("https://ax.contoso.example/namespaces/AXSF/")

    @Test("The form asks for the host alone, without the path under which F&O is")
    func form() async throws {
        let transport = ScriptedTransport(.token("T1"))
        _ = try await source(.adfs(Self.application), transport, for: Self.environment).token()
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://adfs.contoso.example/adfs/oauth2/token")
        #expect(
            request.text == "grant_type=client_credentials&client_id=client-1&client_secret=s%2B%2F1"
                + "&resource=https%3A%2F%2Fax.contoso.example")
    }

    @Test("Another resource is asked for if one is configured")
    func resource() async throws {
        let transport = ScriptedTransport(.token("T1"))
        let application = ADFSApplication(
            authority: "https://adfs.contoso.example/adfs", clientID: "c", clientSecret: "s",
            resource: "https://ax.internal")
        _ = try await source(.adfs(application), transport, for: Self.environment).token()
        #expect(transport.requests.first?.form["resource"] == "https://ax.internal")
    }

    @Test(
        "A refusal comes with advice for AD FS",
        arguments: [
            ("invalid_client", "clientID and clientSecret under dynamics.auth.adfs"),
            ("invalid_resource", "dynamics.auth.adfs.resource"),
        ])
    func refusal(_ error: String, _ advice: String) async throws {
        let reply = ScriptedTransport.Reply.answer(
            400, #"{"error":"\#(error)","error_description":"MSIS9607: No s+/1."}"#)
        let fault = try #require(await fault(.adfs(Self.application), reply))
        #expect(fault.reason.code == "adfs-refused")
        #expect(fault.reason.advice?.contains(advice) == true)
        #expect(fault.description.contains("MSIS9607: No (secret)."))
    }
}

@Suite("Tokens for several resources")
struct SignInResourceTests {
    @Test("Each resource has its own token, shared by all who ask for it")
    func resources() async throws {
        let transport = ScriptedTransport(.token("T1"), .token("T2"), .token("T3"))
        let signIn = DynamicsSignIn(.clientSecret(.contoso, secret: "s"), transport: transport, clock: ManualClock())
        #expect(try await signIn.tokens(for: .contoso).token() == "T1")
        #expect(try await signIn.tokens(for: .serviceBus).token() == "T2")
        #expect(try await signIn.tokens(for: .environment("https://contoso.operations.dynamics.com")).token() == "T1")
        #expect(try await signIn.tokens(for: .keyVault).token() == "T3")
        #expect(
            transport.requests.compactMap { $0.form["scope"] } == [
                "https://contoso.operations.dynamics.com/.default", "https://servicebus.azure.net/.default",
                "https://vault.azure.net/.default",
            ])
    }
}

import Dynamics
import HTTPClient
import HTTPTypes
import Relay
import SignIn
import Testing

private let secret = "p@ss+w/rd&more"

private func fault(_ reply: ScriptedTransport.Reply) async -> SignInFault? {
    let application = EntraApplication(
        tenant: "contoso.example", clientID: "client-1", authority: "https://login.example")
    let tokens = DynamicsSignIn(
        .clientSecret(application, secret: secret), transport: ScriptedTransport(reply),
        clock: ManualClock(1_767_261_612_000)
    ).tokens(for: .environment("https://contoso.operations.dynamics.com"))
    do {
        _ = try await tokens.token()
        return nil
    } catch {
        return error as? SignInFault
    }
}

private func refusal(_ code: Int, _ text: String) -> String {
    """
    {"error":"invalid_client","error_description":"AADSTS\(code): \(text)\\r\\nTrace ID: 1\\r\\nTimestamp: 2",
     "error_codes":[\(code)],"trace_id":"1","correlation_id":"2"}
    """
}

@Suite("Errors of signing in")
struct SignInFaultTests {
    @Test(
        "A wrong configuration makes records wait, with a sentence that tells what to change",
        arguments: [
            (401, 7_000_215, "the value of a client secret of app client-1"),
            (401, 7_000_222, "has expired: create a new one"),
            (400, 700_016, "Tenant contoso.example knows no app client-1"),
            (400, 90002, "There is no tenant contoso.example"),
            (400, 500_011, "knows no environment https://contoso.operations.dynamics.com"),
            (400, 50196, "signs in as app client-1 over and over"),
            (400, 9_002_313, "Check tenant, clientID and clientSecret under dynamics.auth.clientSecret"),
        ])
    func configuration(_ status: Int, _ code: Int, _ advice: String) async throws {
        let fault = try #require(await fault(.answer(status, refusal(code, "No."))))
        #expect(fault.failureKind == .signInRefused)
        #expect(fault.destination == "dynamics")
        #expect(fault.reason.code == "entra-refused")
        #expect(
            fault.reason.message
                == "Microsoft Entra ID refused to sign in client client-1 of tenant contoso.example "
                + "(status \(status)): AADSTS\(code): No.")
        #expect(fault.reason.advice?.contains(advice) == true)
    }

    @Test("A refusal without a readable body is one all the same", arguments: ["", "<html>", "{}", "[]"])
    func unreadableRefusal(_ body: String) async throws {
        let fault = try #require(await fault(.answer(400, body)))
        #expect(fault.failureKind == .signInRefused)
        #expect(fault.reason.message.hasSuffix("no description"))
    }

    @Test("Faults that may pass are not taken for a refusal", arguments: [408, 429, 500, 503])
    func passing(_ status: Int) async throws {
        let kind = try #require(await fault(.answer(status))).failureKind
        #expect(kind == (status == 429 ? .throttled : .unavailable))
    }

    @Test("The wait that Entra asks for is kept", arguments: [("17", 17), ("Thu, 01 Jan 2026 10:01:12 GMT", 60)])
    func retryAfter(_ field: String, _ seconds: Int) async throws {
        let fault = try #require(await fault(.answer(429, "", [.retryAfter: field])))
        #expect(fault.retryAfter == .seconds(seconds))
    }

    @Test(
        "Without a connection the record is tried again",
        arguments: [
            TransportError.notConnected("login.example:443"), .interrupted("login.example:443"), .cancelled,
        ])
    func network(_ error: TransportError) async throws {
        #expect(try #require(await fault(.failure(error))).failureKind == .unavailable)
    }

    @Test(
        "A good status without a token is tried again, and its body is not shown",
        arguments: [
            "", "<html>", "{}", #"{"access_token":"SECRET-TOKEN"}"#, #"{"access_token":"","expires_in":3599}"#,
            #"{"access_token":"SECRET-TOKEN","expires_in":"soon"}"#,
            #"{"access_token":"SECRET-TOKEN","expires_in":0}"#,
        ])
    func malformed(_ body: String) async throws {
        let fault = try #require(await fault(.answer(200, body)))
        #expect(fault.failureKind == .unreadable)
        #expect(!"\(fault) \(fault.reason)".contains("SECRET-TOKEN"))
    }

    @Test(
        "The secret is in no error, even if Entra repeats it",
        arguments: [secret, "p%40ss%2Bw%2Frd%26more"])
    func secretStaysSecret(_ echoed: String) async throws {
        let fault = try #require(await fault(.answer(401, refusal(7_000_215, "Bad secret \(echoed) given."))))
        #expect(!String(reflecting: fault).contains(echoed))
        #expect(!"\(fault) \(fault.reason)".contains(echoed))
        #expect(fault.reason.message.contains("Bad secret (secret) given."))
    }
}

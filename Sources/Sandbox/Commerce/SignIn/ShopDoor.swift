import Cryptography
import HTTPServer
import HTTPTypes
import JSON

/// Stands before the shop's REST interface: gives tokens, knows the URL shape of the edition, and brings the fault of
/// a network that repeats requests.
struct ShopDoor: Responder {
    let signIn: ShopSignIn
    let counters: RequestCounters
    let inner: any Responder

    static let tokenPath = "/ims/token/v3"

    func respond(to request: Request) async -> Response {
        if request.path == Self.tokenPath {
            return IMSTokenEndpoint(signIn: signIn, counters: counters).answer(request)
        }
        guard isServed(request.path) else { return CommerceRefusal.noRoute.response }
        if isAdministratorTokenPath(request.path), request.method == .post, signIn.keys.edition == .paas {
            return administratorToken(request)
        }
        if signIn.isSentTwice() { _ = await inner.respond(to: request) }
        return await inner.respond(to: request)
    }

    /// Whether the path is one of the edition's; below which tenant is known here alone.
    private func isServed(_ path: String) -> Bool {
        signIn.keys.edition == .paas || path.hasPrefix("/\(signIn.keys.tenant)/V1/")
    }

    private func isAdministratorTokenPath(_ path: String) -> Bool {
        path.hasPrefix("/rest/") && path.hasSuffix("/V1/integration/admin/token")
    }

    private func administratorToken(_ request: Request) -> Response {
        counters.count("POST /V1/integration/admin/token")
        do throws(CommerceRefusal) {
            let body = try CommerceBody.root(request, known: ["username", "password"])
            let user = try body.required("username", body.string("username"))
            let password = try body.required("password", body.string("password"))
            guard user == signIn.keys.administrator,
                constantTimeEqual(Array(password.utf8), Array(signIn.keys.administratorPassword.utf8))
            else {
                throw .denied(
                    "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try "
                        + "again later.")
            }
            guard signIn.keys.secondFactors.isEmpty else {
                throw CommerceRefusal(
                    status: .unauthorized,
                    message: "Please use the 2fa provider-specific endpoints to obtain a token.",
                    parameters: ["active_providers": .array(signIn.keys.secondFactors.map(JSONValue.string))])
            }
            return .json(JSONWriter.bytes(.string(signIn.giveAdministratorToken()), style: .php))
        } catch {
            return error.response
        }
    }
}

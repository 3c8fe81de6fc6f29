import Commerce
import HTTPServer
import HTTPTypes
import SignIn

/// Whether a webhook comes from the shop: by its signature, by an IMS token, or by both.
///
/// The two prove different things. A signature proves the body; a token proves who sends, and whoever sees one can send
/// anything until it expires.
struct WebhookSignIn: Sendable {
    struct IMS: Sendable {
        let verifier: JWTVerifier
        /// What `x-gw-ims-org-id` must say.
        let organization: String
    }

    let signatures: WebhookSignatures?
    let ims: IMS?
    /// Where there are both.
    let demand: WebhookIMSSettings.Demand

    func verify(_ request: Request) async throws(Problem) {
        guard let ims else { return try verifySignature(request, signatures ?? WebhookSignatures([])) }
        guard let signatures else { return try await verify(request, ims) }
        switch demand {
        case .both:
            try verifySignature(request, signatures)
            try await verify(request, ims)
        case .either:
            // What a request brings decides which refusal is told, never which checks are made.
            do throws(Problem) {
                try verifySignature(request, signatures)
            } catch {
                guard JWTVerifier.bearerToken(request.headers[.authorization]) != nil else { throw error }
                try await verify(request, ims)
            }
        }
    }

    private func verifySignature(_ request: Request, _ signatures: WebhookSignatures) throws(Problem) {
        do throws(SignatureError) {
            try signatures.verify(body: request.body, header: request.headers.value(WebhookSignatures.headerName))
        } catch {
            switch error {
            case .missing: throw .missingSignature(error.description)
            case .malformed, .invalid: throw .invalidSignature(error.description)
            }
        }
    }

    private func verify(_ request: Request, _ ims: IMS) async throws(Problem) {
        try await BearerCheck(verifier: ims.verifier).verify(request)
        guard request.headers.value(Self.organizationHeader) == ims.organization else {
            throw .invalidToken(
                "\(Self.organizationHeader) is not commerce.webhooks.ims.organization of causeway.yaml.")
        }
    }

    private static let organizationHeader = "x-gw-ims-org-id"
}

/// Whether a request brings a bearer token that is believed.
struct BearerCheck: Sendable {
    let verifier: JWTVerifier

    func verify(_ request: Request) async throws(Problem) {
        guard let token = JWTVerifier.bearerToken(request.headers[.authorization]) else {
            throw .missingToken("Send the sender's access token as Authorization: Bearer <token>.")
        }
        do throws(JWTError) {
            try await verifier.verify(token)
        } catch {
            if case .keysUnavailable = error { throw .keysUnavailable(error.description) }
            throw .invalidToken(error.description)
        }
    }
}

extension HTTPFields {
    /// For names that swift-http-types has no constant for; `nil` for a name that is no token.
    func value(_ name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}

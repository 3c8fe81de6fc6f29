import Cryptography
import HTTPClient
import Relay
import SignIn

/// Asks the sign-in service for one token, in the configured way.
struct TokenExchange: Sendable {
    let way: SignInWay
    /// Where the way is configured.
    let settings: String
    let transport: any HTTPTransport
    let clock: any WallClock

    func issued(for resource: SignInResource) async throws(SignInFault) -> IssuedToken {
        switch way {
        case .clientSecret(let application, let secret):
            try await send(.entra(application, secret: secret, resource: resource, settings: settings))
        case .clientCertificate(let application, let keys):
            try await issued(application, keys, resource)
        case .managedIdentity(let identity):
            try await send(.managedIdentity(identity, resource: resource, settings: settings))
        case .adfs(let application):
            try await send(.adfs(application, resource: resource, settings: settings))
        }
    }

    /// With the newest certificate, or with the next one if Entra ID does not know that yet.
    private func issued(
        _ application: EntraApplication, _ keys: [CertifiedKey], _ resource: SignInResource
    ) async throws(SignInFault) -> IssuedToken {
        let now = clock.now()
        let choice = CertificateChoice(keys, now: now.millisecondsSince1970 / 1000)
        let attempt = SignInAttempt(
            service: .entra, settings: settings, clientID: application.clientID, tenant: application.tenant,
            resource: resource)
        var fault = SignInFault.noCertificate(attempt, detail: choice.problem)
        for (index, key) in choice.usable.enumerated() {
            let request: TokenRequest
            do throws(KeyError) {
                request = try .entra(application, key: key, resource: resource, settings: settings, now: now)
            } catch {
                throw .noCertificate(attempt, detail: "\(error)")
            }
            do throws(SignInFault) {
                return try await send(request)
            } catch {
                guard case .refused(_, _, .unknownCertificate, _) = error else { throw error }
                // The advice is about the certificate that was meant to work: the newest.
                if index == 0 { fault = error }
            }
        }
        throw fault
    }

    private func send(_ request: TokenRequest) async throws(SignInFault) -> IssuedToken {
        let recording = RecordingTransport(
            transport: transport, root: ServiceRoot(request.outbound.url), clock: clock, recordsBodies: false)
        let response: OutboundResponse
        do {
            response = try await recording.send(request.outbound)
        } catch {
            if case .held(let detail) = error { throw .held(way.service, detail: detail) }
            throw .unavailable(way.service, status: nil, detail: error.description, retryAfter: nil)
        }
        let answer = try TokenAnswer(response, to: request, now: clock.now())
        return IssuedToken(token: answer.accessToken, life: .seconds(answer.lifeSeconds))
    }
}

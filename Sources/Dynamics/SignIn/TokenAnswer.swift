import Foundation
import HTTPClient
import HTTPTypes
import Relay

/// A token, read from the answer of a sign-in service.
struct TokenAnswer: Equatable {
    let accessToken: String
    /// From now on.
    let lifeSeconds: Int64

    /// Characters of the service's own description that an error shows.
    static let descriptionLimit = 300

    /// - Throws: What a refusal means, without anything that could hold a secret.
    init(_ response: OutboundResponse, to request: TokenRequest, now: Timestamp) throws(SignInFault) {
        guard response.status == 200 else { throw TokenAnswer.fault(response, request, now) }
        guard let body = try? JSONDecoder().decode(TokenBody.self, from: Data(response.body)),
            !body.access_token.isEmpty, let life = body.life(at: now), life > 0
        else {
            // The body is not quoted: it may hold a token.
            throw .malformedAnswer(
                request.attempt, detail: "status 200 without a readable access_token and expires_in")
        }
        accessToken = body.access_token
        lifeSeconds = life
    }

    private static func fault(
        _ response: OutboundResponse, _ request: TokenRequest, _ now: Timestamp
    ) -> SignInFault {
        let service = request.attempt.service
        if let outage = outage(response, from: service, now: now, redact: request.redact) { return outage }
        let body = try? JSONDecoder().decode(ErrorBody.self, from: Data(response.body))
        return .refused(
            request.attempt, status: response.status,
            refusal: SignInRefusal(code: body?.error_codes?.first, error: body?.error),
            detail: detail(body, request.redact))
    }

    /// What an answer says that is neither a token nor a refusal; `nil` otherwise.
    static func outage(
        _ response: OutboundResponse, from service: SignInService, now: Timestamp,
        redact: (String) -> String = { _ in "it is not available" }
    ) -> SignInFault? {
        guard service.mayPass(response.status) else { return nil }
        let body = try? JSONDecoder().decode(ErrorBody.self, from: Data(response.body))
        let wait = RetryAfter.wait(response.headers, millisecondsSince1970: now.millisecondsSince1970)
        return .unavailable(service, status: response.status, detail: detail(body, redact), retryAfter: wait)
    }

    private static func detail(_ body: ErrorBody?, _ redact: (String) -> String) -> String {
        String(redact(describe(body)).prefix(descriptionLimit))
    }

    /// The first line: the next ones hold trace ids and times.
    private static func describe(_ body: ErrorBody?) -> String {
        guard let body else { return "no description" }
        let line = body.error_description?.split(whereSeparator: \.isNewline).first
        return line.map(String.init) ?? body.error ?? "no description"
    }
}

extension SignInService {
    /// Whether the same call may be answered otherwise later. The instance metadata service says 404 and 410 while it
    /// is being updated.
    fileprivate func mayPass(_ status: Int) -> Bool {
        [408, 429].contains(status) || status >= 500 || self == .managedIdentity && [404, 410].contains(status)
    }
}

private struct TokenBody: Decodable {
    let access_token: String
    let expires_in: Seconds?
    /// Since 1970. All that App Service says.
    let expires_on: Seconds?

    func life(at now: Timestamp) -> Int64? {
        expires_in?.seconds ?? expires_on.map { $0.seconds - now.millisecondsSince1970 / 1000 }
    }
}

/// The v2 endpoint writes a number, the v1 endpoint and managed identities write a string.
private struct Seconds: Decodable {
    let seconds: Int64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            seconds = number
            return
        }
        guard let number = Int64(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected seconds")
        }
        seconds = number
    }
}

private struct ErrorBody: Decodable {
    let error: String?
    let error_description: String?
    let error_codes: [Int]?
}

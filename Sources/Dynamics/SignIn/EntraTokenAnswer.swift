import Foundation
import HTTPClient
import HTTPTypes
import Relay

/// A token, read from the answer of Entra ID.
struct EntraTokenAnswer: Equatable {
    let accessToken: String
    let expiresInSeconds: Int64

    /// Characters of Entra's own description that an error shows.
    static let descriptionLimit = 300

    /// - Throws: What a refusal means, without anything that could hold the secret.
    init(_ response: OutboundResponse, to request: EntraTokenRequest, now: Timestamp) throws(EntraFault) {
        guard response.status == 200 else {
            throw EntraTokenAnswer.fault(response, request, now)
        }
        guard let body = try? JSONDecoder().decode(TokenBody.self, from: Data(response.body)),
            !body.access_token.isEmpty, body.expires_in.seconds > 0
        else {
            // The body is not quoted: it may hold a token.
            throw .malformedAnswer(detail: "status 200 without a readable access_token and expires_in")
        }
        accessToken = body.access_token
        expiresInSeconds = body.expires_in.seconds
    }

    private static func fault(
        _ response: OutboundResponse, _ request: EntraTokenRequest, _ now: Timestamp
    ) -> EntraFault {
        if let outage = outage(response, now: now, redact: request.redact) { return outage }
        let body = try? JSONDecoder().decode(ErrorBody.self, from: Data(response.body))
        return .refused(
            status: response.status, refusal: EntraRefusal(code: body?.error_codes?.first),
            detail: detail(body, request.redact), clientID: request.clientID, tenant: request.tenant,
            resource: request.resource)
    }

    /// What an answer says that is neither a token nor a refusal; `nil` otherwise.
    static func outage(
        _ response: OutboundResponse, now: Timestamp, redact: (String) -> String = { _ in "it is not available" }
    ) -> EntraFault? {
        guard [408, 429].contains(response.status) || response.status >= 500 else { return nil }
        let body = try? JSONDecoder().decode(ErrorBody.self, from: Data(response.body))
        let wait = RetryAfter.wait(response.headers, millisecondsSince1970: now.millisecondsSince1970)
        return .unavailable(status: response.status, detail: detail(body, redact), retryAfter: wait)
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

private struct TokenBody: Decodable {
    let access_token: String
    let expires_in: Seconds
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

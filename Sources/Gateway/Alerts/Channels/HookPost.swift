import Foundation
import HTTPClient
import HTTPTypes

/// Posts JSON to a hook. The address of a hook is a secret: whoever knows it can write to the channel.
struct HookPost: Sendable {
    static let timeout = Duration.seconds(20)
    static let maxResponseBytes = 64 << 10
    /// Of an answer, in messages.
    static let maxExcerpt = 120

    let url: Secret
    let transport: any HTTPTransport
    /// Milliseconds since 1970, for answers that name a date.
    let now: @Sendable () -> Int64

    func send(_ json: [UInt8], headers: HTTPFields = [:]) async throws(AlertSendFailure) -> AlertReceipt {
        var headers = headers
        headers[.contentType] = "application/json"
        let request = OutboundRequest(
            method: .post, url: url.reveal(), headers: headers, body: json, timeout: Self.timeout,
            maxResponseBytes: Self.maxResponseBytes)
        let response: OutboundResponse
        do throws(TransportError) {
            response = try await transport.send(request)
        } catch {
            throw AlertSendFailure(error.description, outcomeIsUnclear: error.outcomeIsUnclear)
        }
        let answer = "answered \(response.status)" + excerpt(response.body)
        guard (200..<300).contains(response.status) else {
            let wait = RetryAfter.wait(response.headers, millisecondsSince1970: now())
            throw AlertSendFailure(answer, retryAfter: wait)
        }
        return AlertReceipt(answer: answer)
    }

    /// What the receiver says, unless it repeats a part of the address.
    private func excerpt(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(Self.maxExcerpt * 4), as: UTF8.self).unicodeScalars
            .map { $0.properties.generalCategory == .control ? " " : Character($0) }
        let line = String(String(text).trimmingCharacters(in: .whitespaces).prefix(Self.maxExcerpt))
        let parts = URLComponents(string: url.reveal())
        let secrets = (parts?.path ?? "").split(separator: "/").map(String.init) + [parts?.query ?? ""]
        guard !line.isEmpty, !secrets.contains(where: { $0.count >= 8 && line.contains($0) }) else { return "" }
        return ": " + line
    }
}

/// JSON of notices: keys sorted, no escaped slashes.
enum AlertJSON {
    static func encode(_ value: some Encodable) throws(AlertSendFailure) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw AlertSendFailure("the notice cannot be written as JSON")
        }
    }
}

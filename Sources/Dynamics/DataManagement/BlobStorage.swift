import Foundation
import HTTPClient
import HTTPTypes
import Relay

/// Puts packages into Azure's blob storage and fetches them, by links that carry their own key.
/// No token is ever sent there, and no call is recorded: its address is a secret.
struct BlobStorage: Sendable {
    let transport: any HTTPTransport
    let timeout: Duration
    let maxBytes: Int
    let clock: any WallClock

    /// - Throws: `DataManagementFault.linkExpired` if another link may help.
    func put(_ bytes: [UInt8], to link: SignedLink) async throws(DataManagementFault) {
        var headers: HTTPFields = [.contentType: "application/octet-stream"]
        for (name, value) in [("x-ms-blob-type", "BlockBlob"), ("x-ms-version", "2015-02-21")] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        let answer = try await send(
            OutboundRequest(
                method: .put, url: link.url, headers: headers, body: bytes, timeout: timeout,
                maxResponseBytes: Self.maxRefusalBytes, trust: link.trust))
        guard answer.status == 201 else { throw fault(answer) }
    }

    func get(_ link: SignedLink) async throws(DataManagementFault) -> [UInt8] {
        let answer = try await send(
            OutboundRequest(
                method: .get, url: link.url, timeout: timeout, maxResponseBytes: maxBytes,
                trust: link.trust))
        guard answer.status == 200 else { throw fault(answer) }
        return answer.body
    }

    private func send(_ request: OutboundRequest) async throws(DataManagementFault) -> OutboundResponse {
        do {
            return try await transport.send(request)
        } catch {
            switch error {
            case .responseTooLarge(let limit): throw .packageTooLarge(limit: limit)
            case .held(let detail): throw .storageUnavailable(status: nil, detail: detail, retryAfter: nil)
            case .notConnected, .interrupted, .cancelled, .invalidURL, .invalidRequest, .refused:
                throw .storageUnavailable(status: nil, detail: error.description, retryAfter: nil)
            }
        }
    }

    private func fault(_ answer: OutboundResponse) -> DataManagementFault {
        let code = Self.code(answer.body)
        switch answer.status {
        // 403 AuthenticationFailed: the key in the link has expired; 404: the file was cleaned up.
        case 401, 403, 404, 410: return .linkExpired(status: answer.status, code: code)
        case 408, 429, 500...:
            let wait = RetryAfter.wait(
                answer.headers, millisecondsSince1970: clock.now().millisecondsSince1970)
            return .storageUnavailable(status: answer.status, detail: code, retryAfter: wait)
        default: return .storageRefused(status: answer.status, code: code)
        }
    }

    /// The stable word of `<Error><Code>AuthenticationFailed</Code>…`; the rest may quote the link.
    private static func code(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        return text.firstMatch(of: /<Code>([A-Za-z0-9]{1,80})<\/Code>/).map { String($0.1) } ?? "no code"
    }

    private static let maxRefusalBytes = 64 << 10
}

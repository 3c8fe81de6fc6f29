import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import Sandbox
import Testing

@Suite("What the door refuses, it explains and counts", .timeLimit(.minutes(5)))
struct DoorTests {
    struct Knock: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var path = "/webhooks/commerce/order"
        /// Made from a good, signed webhook.
        let spoil: @Sendable (inout [UInt8], inout HTTPFields) -> Void
        let status: Int
        let type: String
    }

    private static let signature = "x-adobe-commerce-webhook-signature"

    static let knocks = [
        Knock(
            testDescription: "a wrong signature", spoil: { body, _ in body[0] ^= 0x20 }, status: 401,
            type: "urn:causeway:problem:invalid-signature"),
        Knock(
            testDescription: "no signature", spoil: { _, headers in headers = [:] }, status: 401,
            type: "urn:causeway:problem:missing-signature"),
        Knock(
            testDescription: "more than a mebibyte",
            spoil: { body, _ in body += Array(repeating: 0x20, count: 1 << 20) }, status: 413,
            type: "urn:causeway:problem:body-too-large"),
        Knock(
            testDescription: "an unknown kind", path: "/webhooks/commerce/nonsense", spoil: { _, _ in }, status: 404,
            type: "urn:causeway:problem:unknown-kind"),
        Knock(
            testDescription: "an unknown path", path: "/webhooks", spoil: { _, _ in }, status: 404,
            type: "urn:causeway:problem:not-found"),
    ]

    @Test("a webhook that is not right gets a problem that says what to do, and is counted", arguments: knocks)
    func refused(_ knock: Knock) async throws {
        try await Rig.run { rig in
            var (body, headers) = try rig.sandbox.commerce.webhook(for: .simple(incrementID: "000000001"))
            knock.spoil(&body, &headers)
            let answer = try await rig.send(.post, knock.path, headers: headers, body: body)
            try expectProblem(answer, knock.status, knock.type)
            try await expectCounted(knock.type, rig)
            #expect(rig.sandbox.dynamics.snapshot().orders.isEmpty)
        }
    }

    @Test(
        "a signed body that is no JSON, or no order, is refused",
        arguments: [
            ("{\"data\":", 400, "malformed-json"), ("not json", 400, "malformed-json"), ("", 400, "malformed-json"),
            (String(repeating: "[", count: 100_000), 400, "malformed-json"),
            ("{\"data\":{\"order\":{}}}", 422, "unusable-body"), ("[]", 422, "unusable-body"),
        ])
    func unreadable(_ body: String, _ status: Int, _ slug: String) async throws {
        let key = try RSAPrivateKey.generate()
        var platforms = SandboxConfiguration()
        platforms.commerce.signingKeyPEM = key.pem
        try await Rig.run(platforms) { rig in
            let body = Array(body.utf8)
            let signature = Base64.encode(try key.sign(Base64.encodeBytes(body)))
            let name = try #require(HTTPField.Name(Self.signature))
            let answer = try await rig.send(
                .post, "/webhooks/commerce/order", headers: [name: signature], body: body)
            try expectProblem(answer, status, "urn:causeway:problem:\(slug)")
            try await expectCounted("urn:causeway:problem:\(slug)", rig)
        }
    }

    private func expectProblem(_ answer: OutboundResponse, _ status: Int, _ type: String) throws {
        #expect(answer.status == status)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(try problemType(answer) == type)
    }

    private struct Problem: Decodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
    }

    private func problemType(_ answer: OutboundResponse) throws -> String {
        let problem = try JSONDecoder().decode(Problem.self, from: Data(answer.body))
        #expect(problem.status == answer.status)
        #expect(!problem.title.isEmpty && !problem.detail.isEmpty)
        return problem.type
    }

    private func expectCounted(_ type: String, _ rig: Rig) async throws {
        let slug = type.replacing("urn:causeway:problem:", with: "")
        let metrics = String(decoding: try await rig.send(.get, "/metrics").body, as: UTF8.self)
        #expect(metrics.contains("causeway_http_problems_total{type=\"\(slug)\"} 1"))
    }
}

import Foundation
import HTTPClient
import HTTPTypes
import Testing

/// What the operator API answers, as far as tests look at it.
extension Rig {
    struct Answered: Decodable {
        struct Delivery: Decodable {
            var state: String
            var attempts: [Attempt]?
        }

        struct Attempt: Decodable {
            var exchanges: [Exchange]
        }

        struct Exchange: Decodable {
            var step: String?
            var destination: String
            var method: String
            var target: String
            var status: Int?
            var identifiers: [String: String]
            var sentHeaders: [String: String]
            var receivedHeaders: [String: String]
            var sent: String?
            var received: String?
        }

        struct Traced: Decodable {
            struct Event: Decodable {
                var id: Int64
                var kind: String
            }

            var event: Event
        }

        var deliveries: [Delivery]?
        var events: [Traced]?
        var event: Int64?
        var insteadOf: Int64?
        var state: String?
        var changed: Int?
        var wasPaused: Bool?
    }

    /// - Parameter body: Without who and why, which are added.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ members: String = "", status: Int = 200
    ) async throws -> Answered {
        let who = #""by":"anna","why":"the item is released""#
        let body = method == .post ? "{\(members.isEmpty ? "" : members + ",")\(who)}" : nil
        let answer = try await operate(method, path, body: body)
        #expect(answer.status == status, "\(String(decoding: answer.body, as: UTF8.self))")
        return try JSONDecoder().decode(Answered.self, from: Data(answer.body))
    }

    /// Follows a change to many until it has ended.
    func follow(_ answer: OutboundResponse) async throws -> Answered {
        let place = try #require(answer.headers[.location]).replacing("/operator/v1", with: "")
        while true {
            try Task.checkCancellation()
            let run = try await ask(.get, place)
            guard run.state == "running" else { return run }
            await Task.yield()
        }
    }
}

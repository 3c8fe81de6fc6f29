import Foundation
import HTTPClient
import HTTPTypes
import Relay

/// An order in four calls, as `OrderToSalesOrder` makes them but for the mapping: look for it, create it, create its
/// lines, write its number back.
struct RelayOrderFlow: Flow {
    static let name = "RelayOrder"
    static let route = Route(flow: name, lane: "bench/RelayOrder")

    let transport: any HTTPTransport
    let destination: Destination
    let url: String

    func read(_ event: StoredEvent) -> String { event.subject }

    func run(_ order: String, _ steps: Steps) async throws -> String? {
        let key = LinkKey(kind: "order", scope: "bench", key: order)
        let number = try await steps.ensure("header", link: key) {
            try await call(.get, "/orders?order=\(steps.claim.event.id)")
            return nil
        } create: {
            try await call(.post, "/orders")
            return "SO-\(steps.claim.event.id)"
        }
        try await steps.ensure("lines") { () -> Bool? in
            nil
        } create: {
            try await call(.post, "/lines")
            return true
        }
        try await steps.once("write back") { try await call(.put, "/shop/orders") }
        return number
    }

    private static let body = Array(
        (#"{"dataAreaId":"usmf","text":""# + String(repeating: "x", count: 400) + #""}"#).utf8)

    private func call(_ method: HTTPRequest.Method, _ path: String) async throws {
        let startedAt = SystemClock().now()
        let request = OutboundRequest(
            method: method, url: url + path, headers: [.contentType: "application/json"],
            body: method == .get ? nil : Self.body, timeout: .seconds(20))
        let permit = try await destination.permit()
        let answer: OutboundResponse
        do {
            answer = try await transport.send(request)
            destination.finished(permit, .answered)
        } catch {
            destination.finished(permit, .inconclusive)
            throw error
        }
        Trail.current?.record(
            Call(
                destination: "bench", method: method.rawValue, target: path,
                sent: Call.Message(body: request.body ?? []), status: answer.status,
                received: Call.Message(body: answer.body), startedAt: startedAt,
                milliseconds: (SystemClock().now() - startedAt).wholeMilliseconds))
        guard answer.status == 200 else { throw Verdict.retry("far-side", "The far side said \(answer.status).") }
    }
}

import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import Sandbox

/// One order from its first webhook to its last invoice. Each event is sent until it is acknowledged, and only then
/// the next one, so that the order of their arrival is known.
struct OrderLife: Sendable {
    let incrementID: String
    let seed: UInt64
    let sandbox: Sandbox
    let transport: Acknowledgements
    let webhookURL: String
    let tally: Tally
    /// When nobody waits for anything any more.
    let deadline: ContinuousClock.Instant

    private static let sendAgainAfter = Duration.milliseconds(50)
    private static let lookAgainAfter = Duration.milliseconds(150)
    /// Different buyers, so that some orders make their customer and others find it.
    private static let buyers = 400

    /// - Returns: What was acknowledged.
    func live() async throws -> [Evidence.Acknowledged] {
        var dice = SeededDice(seed: seed)
        var sent: [Evidence.Acknowledged] = []
        let buyer = Int.random(in: 0..<Self.buyers, using: &dice)
        let order = SandboxOrder.simple(incrementID: incrementID).with(email: "buyer-\(buyer)@example.com")
        try sandbox.commerce.register(order)
        for webhook in try webhooks(&dice) { sent += try await send(webhook) }
        guard try await isCarried() else { return sent }
        if Int.random(in: 0..<5, using: &dice) == 0 {
            // Our own write-back comes back as a change of the order.
            sent += try await send(try sandbox.commerce.webhook(incrementID: incrementID))
        }
        if Int.random(in: 0..<5, using: &dice) < 2 { sent += try await invoice() }
        return sent
    }

    private typealias Webhook = (body: [UInt8], headers: HTTPFields)

    /// The first webhooks of the order in the sequence in which they arrive.
    private func webhooks(_ dice: inout SeededDice) throws -> [Webhook] {
        let placed = try sandbox.commerce.webhook(incrementID: incrementID)
        switch Int.random(in: 0..<10, using: &dice) {
        case 0..<4: return [placed]
        case 4..<6: return [placed, placed]
        case 6..<8:
            try sandbox.commerce.setStatus("processing", incrementID: incrementID)
            return [placed, try sandbox.commerce.webhook(incrementID: incrementID), placed]
        default:
            // The change overtakes the order.
            try sandbox.commerce.setStatus("processing", incrementID: incrementID)
            return [try sandbox.commerce.webhook(incrementID: incrementID), placed]
        }
    }

    private func send(_ webhook: Webhook) async throws -> [Evidence.Acknowledged] {
        let request = OutboundRequest(
            method: .post, url: webhookURL, headers: webhook.headers, body: webhook.body, timeout: .seconds(10))
        while ContinuousClock.now < deadline {
            if let answer = try? await transport.send(request), answer.status == 200 {
                return [Evidence.Acknowledged(order: incrementID, digest: Hex.encode(SHA256.hash(webhook.body)))]
            }
            try await Task.sleep(for: Self.sendAgainAfter)
        }
        tally.count("never acknowledged")
        return []
    }

    /// Waits until the order is in F&O and its number and comment in the shop.
    private func isCarried() async throws -> Bool {
        while ContinuousClock.now < deadline {
            if sandbox.commerce.order(incrementID: incrementID)?.comments.isEmpty == false { return true }
            try await Task.sleep(for: Self.lookAgainAfter)
        }
        return false
    }

    /// Two partial invoices, one after the other. The simulated F&O repeats an event until it is taken.
    private func invoice() async throws -> [Evidence.Acknowledged] {
        guard let number = sandbox.commerce.order(incrementID: incrementID)?.extOrderID else { return [] }
        var sent: [Evidence.Acknowledged] = []
        for lines in [[1: 1], [1: 2, 2: 1]] as [[Decimal: Decimal]] {
            guard ContinuousClock.now < deadline else { break }
            let invoice = try await sandbox.dynamics.postInvoice(salesOrder: number, dataAreaId: "usmf", lines: lines)
            tally.count("invoices")
            guard let digest = transport.digest(ofInvoice: invoice) else { break }
            sent.append(Evidence.Acknowledged(order: incrementID, digest: digest, invoice: invoice))
        }
        return sent
    }
}

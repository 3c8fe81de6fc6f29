import HTTPClient
import Synchronization
import Testing

@testable import Commerce

/// Lets each call go on only after others had their chance, and counts how many are there at once.
private final class CrowdedTransport: HTTPTransport {
    private let state = Mutex((now: 0, most: 0))
    var most: Int { state.withLock { $0.most } }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
        for _ in 0..<20 { await Task.yield() }
        state.withLock { $0.now -= 1 }
        return OutboundResponse(status: 200, body: Array("1".utf8))
    }
}

@Suite("One change of an order at a time")
struct OrderLockTests {
    @Test("Whatever names an order, even by its invoice or shipment, waits for what is under way")
    func serialised() async throws {
        let transport = CrowdedTransport()
        let client = try CommerceClientTests.client(transport)
        let track = ShipmentTrack(number: "1", title: "UPS")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await client.createInvoice(orderID: 42, capture: true, notify: false) }
            group.addTask { _ = try? await client.ship(orderID: 42, notify: false) }
            group.addTask { _ = try? await client.refundOrder(orderID: 42, CommerceRefund()) }
            group.addTask {
                _ = try? await client.refundInvoice(invoiceID: 1, orderID: 42, CommerceRefund(), isOnline: false)
            }
            group.addTask { try? await client.captureInvoice(invoiceID: 1, orderID: 42) }
            group.addTask { try? await client.addTrack(track, shipmentID: 1, orderID: 42) }
            group.addTask { try? await client.cancelOrder(orderID: 42) }
            group.addTask { try? await client.addReturnTrack(track, returnID: 1, orderID: 42) }
        }
        #expect(transport.most == 1)
    }

    @Test("Different orders don't wait for each other")
    func sideBySide() async throws {
        let transport = CrowdedTransport()
        let client = try CommerceClientTests.client(transport)
        await withTaskGroup(of: Void.self) { group in
            for order in 1...8 { group.addTask { _ = try? await client.ship(orderID: order, notify: false) } }
        }
        #expect(transport.most > 1)
    }
}

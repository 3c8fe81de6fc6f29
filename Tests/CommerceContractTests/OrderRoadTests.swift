import Commerce
import Foundation
import JSON
import Relay
import Sandbox
import Testing

@Suite("An order's way in the shop", .timeLimit(.minutes(5)))
struct OrderRoadTests {
    @Test("An order is invoiced, captured, shipped in parts and complete; what was done can be found again")
    func invoiceAndShip() async throws {
        try await ShopRig.run { rig in
            let order = try rig.order()
            let (mug, shirt) = (order.items[0].itemID, order.items[1].itemID)
            let invoice = try await rig.client.createInvoice(
                orderID: order.entityID, capture: false, notify: false, comment: "INV-1")
            try await rig.client.captureInvoice(invoiceID: invoice, orderID: order.entityID)
            #expect(try await rig.client.invoices(orderID: order.entityID).map(\.state) == [.paid])
            let first = try await rig.client.ship(
                orderID: order.entityID, items: [ShippedItem(orderItemID: mug, qty: 2)],
                tracks: [ShipmentTrack(number: "1Z1", title: "UPS", carrierCode: "ups")], sourceCode: "central",
                notify: false, comment: "PS-1")
            #expect(try rig.now().state == "processing")
            try await rig.client.addTrack(
                ShipmentTrack(number: "1Z2", title: "UPS", carrierCode: "ups"), shipmentID: first,
                orderID: order.entityID)
            _ = try await rig.client.ship(orderID: order.entityID, notify: false, comment: "PS-2")
            #expect(try rig.now().state == "complete")
            let shipments = try await rig.client.shipments(orderID: order.entityID)
            #expect(shipments.map(\.comments) == [["PS-1"], ["PS-2"]])
            #expect(shipments.map { $0.tracks.map(\.number) } == [["1Z1", "1Z2"], []])
            #expect(shipments[1].items == [ShippedItem(orderItemID: shirt, qty: 1)])
            #expect(
                rig.sandbox.effects.map(\.kind) == [
                    .invoice(comment: "INV-1"), .state("captured"), .shipment(comment: "PS-1"), .track(number: "1Z1"),
                    .track(number: "1Z2"), .shipment(comment: "PS-2"),
                ])
        }
    }

    @Test("A refund is found again, and an order of which all is refunded is closed")
    func refund() async throws {
        try await ShopRig.run { rig in
            let order = try rig.order()
            _ = try await rig.client.createInvoice(orderID: order.entityID, capture: true, notify: false)
            _ = try await rig.client.refundOrder(
                orderID: order.entityID,
                CommerceRefund(
                    items: [RefundedItem(orderItemID: order.items[0].itemID, qty: 1)], adjustmentNegative: 2,
                    returnToStockItems: [order.items[0].itemID], comment: "CN-1"))
            _ = try await rig.client.refundOrder(orderID: order.entityID, CommerceRefund(comment: "CN-2"))
            let memos = try await rig.client.creditMemos(orderID: order.entityID)
            #expect(memos.map(\.comments) == [["CN-1"], ["CN-2"]])
            #expect(memos[0].grandTotal == 10)
            #expect(try rig.now().state == "closed")
        }
    }

    @Test("An order is held, let go and canceled")
    func states() async throws {
        try await ShopRig.run { rig in
            let id = try rig.order().entityID
            try await rig.client.holdOrder(orderID: id)
            #expect(try await rig.client.status(orderID: id) == "holded")
            await refused("cancel", "false") { try await rig.client.cancelOrder(orderID: id) }
            try await rig.client.unholdOrder(orderID: id)
            #expect(try rig.now().state == "new")
            try await rig.client.cancelOrder(orderID: id)
            #expect(try rig.now().state == "canceled")
            await refused("hold", "not available") { try await rig.client.holdOrder(orderID: id) }
        }
    }

    @Test("What the order's state does not allow is parked with Commerce's own words")
    func refusals() async throws {
        try await ShopRig.run { rig in
            let order = try rig.order()
            let (client, id) = (rig.client, order.entityID)
            let tooMany = [ShippedItem(orderItemID: order.items[0].itemID, qty: 3)]
            await refused("ship", "unshipped quantity") {
                _ = try await client.ship(orderID: id, items: tooMany, notify: false)
            }
            await refused("refund", "status of pending") {
                _ = try await client.refundOrder(orderID: id, CommerceRefund())
            }
            let invoice = try await client.createInvoice(orderID: id, capture: true, notify: false)
            await refused("capture", "can't be captured") {
                try await client.captureInvoice(invoiceID: invoice, orderID: id)
            }
            await refused("refund", "refunded this way") {
                _ = try await client.refundInvoice(
                    invoiceID: invoice, orderID: id, CommerceRefund(), isOnline: true)
            }
            rig.shop.shopFaults.needsSourceCode = true
            await refused("ship", "requested quantity") { _ = try await client.ship(orderID: id, notify: false) }
            #expect(try await client.shipments(orderID: id).isEmpty)
        }
    }

    @Test("A return is made, decided and commented, and nothing that was read of it is lost")
    func returns() async throws {
        try await ShopRig.run { rig in
            let order = try rig.order()
            _ = try await rig.client.ship(orderID: order.entityID, notify: false)
            let draft = ReturnDraft(
                orderID: order.entityID, orderIncrementID: order.incrementID, storeID: 1, customerID: 5,
                dateRequested: "2026-01-01 10:00:00",
                items: [
                    .init(
                        orderItemID: order.items[0].itemID, qtyRequested: 1, reason: "5", condition: "6",
                        resolution: "7")
                ])
            let made = try await rig.client.createReturn(draft)
            let track = ShipmentTrack(number: "BACK-1", title: "DHL", carrierCode: "dhl")
            try await rig.client.addReturnTrack(track, returnID: made.entityID, orderID: order.entityID)
            let changed = try await rig.client.updateReturn(id: made.entityID, orderID: order.entityID) { record in
                record.status = "authorized"
                record.items[0].qtyAuthorized = 1
            }
            #expect(changed.items[0].qtyAuthorized == 1 && changed.items[0].reason == "5")
            try await rig.client.addReturnComment(
                returnID: made.entityID, orderID: order.entityID, text: "RMA-1", status: "authorized")
            #expect(try await rig.client.comments(returnID: made.entityID) == ["RMA-1"])
            #expect(try await rig.client.returns(orderID: order.entityID).map(\.status) == ["authorized"])
            #expect(rig.shop.records(.returns)[0]["tracks"]?.arrayValue?.count == 1)
            #expect(try await rig.client.return(id: 99) == nil)
        }
    }

    @Test("Poller pages follow each other by time and number, and none is seen twice")
    func changes() async throws {
        try await ShopRig.run(batches: BatchSizes(page: 2)) { rig in
            let ids = try (1...5).map { try rig.order("10000000\($0)").entityID }
            var seen: [Int] = []
            var cursor = ChangeCursor(updatedAt: .init(millisecondsSince1970: 0))
            while let last = try await rig.client.changes(in: .orders, after: cursor).last {
                let page = try await rig.client.changes(in: .orders, after: cursor)
                #expect(page.count <= 2)
                seen += page.map(\.entityID)
                cursor = ChangeCursor(updatedAt: last.updatedAt, entityID: last.entityID)
            }
            #expect(seen == ids)
        }
    }
}

/// A call that Commerce refuses: the fault parks the record and says why.
func refused(
    _ call: String, _ words: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    let fault = await #expect(throws: CommerceFault.self, sourceLocation: sourceLocation) { try await body() }
    #expect(fault?.kind == .rejected, sourceLocation: sourceLocation)
    #expect(fault?.call.contains(call) == true, "\(fault?.call ?? "")", sourceLocation: sourceLocation)
    #expect(fault?.detail.contains(words) == true, "\(fault?.detail ?? "")", sourceLocation: sourceLocation)
}

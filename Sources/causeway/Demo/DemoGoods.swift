import Foundation
import Relay
import Sandbox

/// An order's goods in a scene: they leave in parcels, and some come back for money.
struct DemoGoods: Sendable {
    let stage: DemoStage
    let journal: Journal
    let printer: JourneyPrinter
    let scene: DemoScene
    let salesOrder: String

    /// - Parameter part: Quantity by line number; `nil` is everything that is left.
    func ship(_ part: [Decimal: Decimal]?) async throws {
        let track = part == nil ? "1Z-DEMO-2" : "1Z-DEMO-1"
        let slip = try await stage.sandbox.dynamics.postPackingSlip(
            salesOrder: salesOrder, dataAreaId: scene.dataAreaID, lines: part, tracking: [track])
        printer.station("D365 posts a slip", "\(slip), \(part == nil ? "the rest" : "a part"), parcel \(track)")
        guard let event = journal.event(of: "sales order \(scene.dataAreaID)/\(salesOrder)") else {
            throw DemoComplaint("got no event for packing slip \(slip)")
        }
        guard case .done = await journal.outcome(of: event, within: DemoPlay.patience) else {
            throw DemoComplaint("has no Commerce shipment for \(slip)")
        }
    }

    func checkShipped() throws {
        guard !scene.parcels.isEmpty else { return }
        guard let order = stage.sandbox.commerce.order(incrementID: scene.order.incrementID) else {
            throw DemoComplaint("is gone from Commerce")
        }
        guard order.state == "complete" else {
            throw DemoComplaint("is \(order.state) after all was shipped and invoiced, expected complete")
        }
        printer.station("shipped", "\(scene.parcels.count) parcels, the order is complete", .good)
    }

    /// A person in the shop gives money back.
    func refund() async throws {
        let memo = try await stage.sandbox.commerce.refund(
            incrementID: scene.order.incrementID, items: scene.refund)
        let goods = scene.refund.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
        printer.station("the shop refunds", goods.joined(separator: ", "))
        guard let event = journal.event(of: "creditmemo \(memo)") else {
            throw DemoComplaint("got no event for credit memo \(memo)")
        }
        guard case .done = await journal.outcome(of: event, within: DemoPlay.patience) else {
            throw DemoComplaint("has no return order for credit memo \(memo)")
        }
    }
}

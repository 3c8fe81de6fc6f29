import Foundation
import Relay
import Sandbox

/// Plays the scenes one after the other, so that each journey can be followed, and checks how they end.
struct DemoPlay: Sendable {
    let stage: DemoStage
    let journal: Journal
    let printer: JourneyPrinter

    /// Far above what any scene takes; only a defect runs into it.
    static let patience = Duration.seconds(60)

    /// - Returns: What did not end as it should, as sentences; empty if all is well.
    func play(_ scenes: [DemoScene]) async -> [String] {
        var complaints: [String] = []
        for scene in scenes {
            printer.line()
            printer.line("order \(scene.order.incrementID): \(scene.title)", .strong)
            do {
                try await play(scene)
            } catch {
                let complaint = "order \(scene.order.incrementID) \(error)"
                printer.station("NOT AS IT SHOULD BE", complaint, .warning)
                complaints.append(complaint)
            }
        }
        let doubles = stage.sandbox.dynamics.doubles()
        if !doubles.isEmpty { complaints.append("D365 has doubles: \(doubles)") }
        return complaints
    }

    private func play(_ scene: DemoScene) async throws {
        let placed = try await stage.sandbox.commerce.place(scene.order)
        guard placed.isAcknowledged, let event = journal.event(of: "order \(placed.incrementID)") else {
            throw DemoComplaint("was not acknowledged: \(placed.failure ?? "status \(placed.status ?? 0)")")
        }
        printer.station("received", "acknowledged in \(milliseconds(placed.elapsed)) ms, on disk as event \(event)")
        switch (scene.ending, await journal.outcome(of: event, within: Self.patience)) {
        case (.invoiced(let lines, let parts), .done):
            let number = try check(scene, lines: lines)
            let goods = DemoGoods(stage: stage, journal: journal, printer: printer, scene: scene, salesOrder: number)
            for (index, part) in parts.enumerated() {
                if scene.parcels.indices.contains(index) { try await goods.ship(scene.parcels[index]) }
                try await invoice(number, part, scene)
            }
            try checkInvoiced(scene, count: parts.count)
            try goods.checkShipped()
            if !scene.refund.isEmpty { try await goods.refund() }
        case (.parked(let code), .parked(let reason)) where reason.code == code:
            return
        case (_, let outcome):
            throw DemoComplaint("ended as \(outcome.map { "\($0)" } ?? "nothing, in time")")
        }
    }

    /// - Returns: The sales order's number.
    private func check(_ scene: DemoScene, lines: Int) throws -> String {
        let orders = stage.sandbox.dynamics.orders(
            reference: scene.order.incrementID, dataAreaId: scene.dataAreaID)
        guard let order = orders.first, orders.count == 1 else {
            throw DemoComplaint("has \(orders.count) sales orders in \(scene.dataAreaID)")
        }
        guard order.lines.count == lines else {
            throw DemoComplaint("has \(order.lines.count) lines as \(order.salesOrderNumber), expected \(lines)")
        }
        let written = stage.sandbox.commerce.order(incrementID: scene.order.incrementID)?.extOrderID
        guard written == order.salesOrderNumber else {
            throw DemoComplaint("carries \(written ?? "no number") in Commerce, expected \(order.salesOrderNumber)")
        }
        return order.salesOrderNumber
    }

    private func invoice(_ salesOrder: String, _ part: [Decimal: Decimal]?, _ scene: DemoScene) async throws {
        let number = try await stage.sandbox.dynamics.postInvoice(
            salesOrder: salesOrder, dataAreaId: scene.dataAreaID, lines: part)
        printer.station("D365 posts an invoice", part == nil ? number : "\(number), a part of the order")
        guard let event = journal.event(of: "sales order \(scene.dataAreaID)/\(salesOrder)") else {
            throw DemoComplaint("got no event for invoice \(number)")
        }
        guard case .done = await journal.outcome(of: event, within: Self.patience) else {
            throw DemoComplaint("has no Commerce invoice for \(number)")
        }
    }

    private func checkInvoiced(_ scene: DemoScene, count: Int) throws {
        guard let order = stage.sandbox.commerce.order(incrementID: scene.order.incrementID) else {
            throw DemoComplaint("is gone from Commerce")
        }
        guard order.invoiceIDs.count == count, order.totalInvoiced == order.grandTotal else {
            throw DemoComplaint(
                "has \(order.invoiceIDs.count) invoices over \(order.totalInvoiced), expected \(count) over "
                    + "\(order.grandTotal)")
        }
        printer.station("invoiced", "\(order.totalInvoiced) \(order.currency), all of it", .good)
    }

    private func milliseconds(_ duration: Duration) -> String {
        String(format: "%.1f", duration / .milliseconds(1))
    }
}

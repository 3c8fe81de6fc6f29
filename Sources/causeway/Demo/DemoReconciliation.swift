import Foundation
import Sandbox

/// The end of the demo: both platforms are compared; then something is broken on purpose, found, and mended.
struct DemoReconciliation: Sendable {
    let stage: DemoStage
    let printer: JourneyPrinter
    /// The order that loses its sales order, and its number in the shop.
    let incrementID: String

    /// Far above what any comparison here takes; only a defect runs into it.
    private static let patience = Duration.seconds(60)
    private static let look = Duration.milliseconds(50)

    /// - Returns: What went wrong; `nil` if all was found and mended.
    func perform() async -> String? {
        printer.line()
        printer.line("both platforms are compared", .strong)
        do {
            let client = try OperatorClient(url: stage.gatewayURL, token: stage.operatorToken)
            let clean = try await compare(client)
            guard (clean.findings ?? []).isEmpty else { return "a healthy day has findings: \(clean.text)" }
            printer.station("compared", "\(clean.orders) orders, nothing to find", .good)
            let broken = try breakSomething()
            let found = try await compare(client)
            let codes = (found.findings ?? []).map(\.code).sorted()
            guard codes == broken else { return "found \(codes), expected exactly what was broken, \(broken)" }
            for finding in found.findings ?? [] { printer.station("found", finding.text, .warning) }
            try await repair(found, client)
            return nil
        } catch {
            return "the comparison failed: \(error)"
        }
    }

    /// - Returns: The codes of what is to be found, in alphabetical order.
    private func breakSomething() throws -> [String] {
        guard let order = stage.sandbox.dynamics.orders(reference: incrementID, dataAreaId: "usmf").first else {
            return []
        }
        try stage.sandbox.dynamics.loseSalesOrder(order.salesOrderNumber, dataAreaId: "usmf")
        printer.station("somebody", "deletes sales order \(order.salesOrderNumber) in D365", .warning)
        let other = DemoScene.all[0].order.incrementID
        try stage.sandbox.commerce.dropExternalNumber(incrementID: other)
        printer.station("somebody", "clears the ERP's number of order \(other) in the shop", .warning)
        return ["missing", "number-not-written-back"]
    }

    private func repair(_ found: ReconciliationView, _ client: OperatorClient) async throws {
        let act = ["by": "causeway demo", "why": "somebody broke it"]
        for finding in found.findings ?? [] {
            _ = try await client.post("/reconciliations/\(found.id)/findings/\(finding.number)/repair", act)
        }
        let end = ContinuousClock.now + Self.patience
        while true {
            let again = try await compare(client)
            if (again.findings ?? []).isEmpty, again.underWay == 0 {
                return printer.station("repaired", "compared once more, nothing to find", .good)
            }
            guard ContinuousClock.now < end else { throw Unmended() }
            try await Task.sleep(for: Self.look)
        }
    }

    private struct Unmended: Error, CustomStringConvertible {
        let description = "the finding did not go away after its repair"
    }

    private func compare(_ client: OperatorClient) async throws -> ReconciliationView {
        var view = try ReconciliationView(try await client.post("/reconciliations", ["by": "causeway demo"]))
        while view.state == "running" {
            try await Task.sleep(for: Self.look)
            view = try ReconciliationView(try await client.get("/reconciliations/\(view.id)"))
        }
        return view
    }
}

import Foundation
import Relay
import Sandbox

/// The parked order of the demo: how a person releases it, and the same done by the demo itself.
struct DemoRelease: Sendable {
    let stage: DemoStage
    let journal: Journal
    let printer: JourneyPrinter
    let incrementID: String

    private var event: EventID? { journal.event(of: "order \(incrementID)") }

    /// What to type.
    func explain() {
        guard let event else { return }
        let operatorSurface = stage.addresses.operatorURL
        printer.line()
        printer.line("To release order \(incrementID), teach D365 the item, then replay the event:", .strong)
        printer.line(
            """
              curl -X POST \(operatorSurface)/sandbox/v1/items \\
                -d '{"number":"\(DemoScene.unknownItem)","dataAreaId":"usmf"}'
              causeway events replay \(event) --why "item created" --url \(stage.gatewayURL) --token \(stage.operatorToken)
            """)
    }

    /// - Returns: What went wrong; `nil` if the order arrived.
    func perform() async -> String? {
        guard let event else { return "order \(incrementID) left no event" }
        printer.line()
        printer.line("order \(incrementID): the item is released in D365, the event replayed", .strong)
        do {
            try stage.sandbox.dynamics.release(SandboxItem(DemoScene.unknownItem), dataAreaId: "usmf")
            journal.expectAgain(event)
            let client = try OperatorClient(url: stage.gatewayURL, token: stage.operatorToken)
            _ = try await client.post("/events/\(event)/replay", ["by": "causeway demo", "why": "item created"])
        } catch {
            return "event \(event) could not be replayed: \(error)"
        }
        guard case .done = await journal.outcome(of: event, within: .seconds(60)) else {
            return "order \(incrementID) was replayed and did not arrive"
        }
        let orders = stage.sandbox.dynamics.orders(reference: incrementID, dataAreaId: "usmf")
        return orders.count == 1 ? nil : "order \(incrementID) exists \(orders.count) times after the replay"
    }
}

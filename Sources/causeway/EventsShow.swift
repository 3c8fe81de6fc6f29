import ArgumentParser
import Foundation

struct EventsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an event: its deliveries, steps, attempts and calls.")

    @Argument(help: "The event's id.")
    var id: Int64
    @Flag(help: "Print the body as it was received, and nothing else.")
    var body = false
    @OptionGroup var server: OperatorOptions

    func run() async throws {
        let client = try await server.client()
        guard !body else {
            return FileHandle.standardOutput.write(Data(try await client.get("/events/\(id)/body")))
        }
        let answer = try await client.get("/events/\(id)")
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let event = try JSONDecoder().decode(EventView.self, from: Data(answer))
        for line in Self.lines(event) { print(TextTable.printable(line)) }
    }

    private static func lines(_ event: EventView) -> [String] {
        var lines = ["event \(event.id): \(event.source) \(event.kind), \(event.subject)"]
        lines.append("  received \(event.receivedAt), \(event.bytes) bytes, SHA-256 \(event.bodyDigest ?? "unknown")")
        for link in event.links ?? [] {
            lines.append("  link \(link.kind) \(link.key) ↔ \(link.value) (\(link.scope))")
        }
        if event.deliveries.isEmpty { lines.append("  no flow handles this kind") }
        return lines + event.deliveries.flatMap(Self.lines)
    }

    private static func lines(_ delivery: DeliveryView) -> [String] {
        var lines = [
            "  delivery \(delivery.id): \(delivery.flow) is \(delivery.state), attempts: \(delivery.attempt)"
        ]
        if !delivery.result.isEmpty { lines.append("    \(delivery.result)") }
        if let advice = delivery.reason?.advice { lines.append("    \(advice)") }
        if delivery.state == "waiting" { lines.append("    due at \(delivery.dueAt)") }
        for step in delivery.steps ?? [] {
            lines.append(
                "    step \(step.name): \(step.concludedAt == nil ? "begun, no result noted" : step.result ?? "done")"
            )
        }
        for attempt in delivery.attempts ?? [] {
            lines.append(
                "    attempt \(attempt.attempt) at \(attempt.startedAt): "
                    + "\(attempt.state) after \(attempt.milliseconds) ms"
                    + (attempt.reason.map { " (\($0.code))" } ?? ""))
            for call in attempt.exchanges {
                let outcome = call.status.map(String.init) ?? call.failure ?? "no answer"
                lines.append(
                    "      \(call.method) \(call.destination) \(call.target) → \(outcome), \(call.milliseconds) ms\(call.marks)"
                )
                if call.isFailure, let received = call.received { lines.append("        \(received)") }
            }
        }
        return lines
    }
}

/// What the operator API says about a business key, as a story: event → attempts → steps → numbers of the far side.
struct TraceView: Decodable {
    struct Traced: Decodable {
        var event: EventView
        var acts: [ActView]
    }

    var kind: String
    var key: String
    var events: [Traced]
    var isCut: Bool

    var lines: [String] {
        guard !events.isEmpty else { return ["Nothing is known of \(kind) \(key)."] }
        var lines = ["\(kind) \(key): \(events.count) \(events.count == 1 ? "event" : "events")"]
        for traced in events { lines += [""] + traced.lines }
        if isCut { lines += ["", "There may be more; events list --subject shows all."] }
        return lines
    }
}

/// A line of the story, and when it happened.
private struct Happening {
    var at: String
    var text: String
}

extension TraceView.Traced {
    fileprivate var lines: [String] {
        var lines = ["event \(event.id)  \(event.source) \(event.kind), \(event.subject)"]
        // Times are of one format, so that they sort as text; what happens in one millisecond stays in sequence.
        let story = happenings.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        lines += story.map { "  \($0.element.at)  \($0.element.text)" }
        lines += event.deliveries.map { delivery in
            var end = "  → \(delivery.flow) is \(delivery.state)"
            if !delivery.result.isEmpty { end += ": \(delivery.result)" }
            if delivery.state == "waiting" { end += " (due at \(delivery.dueAt))" }
            if let advice = delivery.reason?.advice { end += " \(advice)" }
            return end
        }
        if event.deliveries.isEmpty { lines.append("  → stored; no flow handles this kind") }
        lines += (event.links ?? []).map { "  ↔ \($0.kind) \($0.key) = \($0.value) (\($0.scope))" }
        return lines
    }

    private var happenings: [Happening] {
        var happenings = [Happening(at: event.receivedAt, text: "received, \(event.bytes) bytes")]
        for delivery in event.deliveries {
            let attempts = delivery.attempts ?? []
            let steps = delivery.steps ?? []
            let names = steps.map(\.name) + attempts.flatMap { $0.exchanges.compactMap(\.step) }
            let column = Column(width: names.map(\.count).max() ?? 0)
            for attempt in attempts {
                happenings.append(
                    Happening(at: attempt.startedAt, text: "attempt \(attempt.attempt) of \(delivery.flow)"))
                happenings += attempt.exchanges.map {
                    Happening(at: $0.startedAt, text: column.line($0.step ?? "", $0.summary))
                }
            }
            happenings += steps.map { step in
                guard let end = step.concludedAt else {
                    return Happening(at: step.intendedAt, text: column.line(step.name, "begun, no result noted"))
                }
                let result = step.result == "true" ? "✓" : step.result ?? "done"
                return Happening(at: end, text: column.line(step.name, "= \(result)"))
            }
            happenings += attempts.map { attempt in
                let why = attempt.reason.map { " (\($0.code))" } ?? ""
                return Happening(
                    at: attempt.finishedAt,
                    text:
                        "attempt \(attempt.attempt) ended as \(attempt.state) after \(attempt.milliseconds) ms\(why)")
            }
        }
        return happenings + acts.map { Happening(at: $0.at, text: "\($0.by): \($0.verb), \"\($0.why)\"") }
    }
}

/// Names of steps below each other, and what happened in them.
private struct Column {
    var width: Int

    func line(_ name: String, _ text: String) -> String {
        "  " + name + String(repeating: " ", count: max(0, width - name.count)) + "  " + text
    }
}

struct ActView: Decodable {
    var id: Int64
    var at: String
    var by: String
    var verb: String
    var target: String
    var why: String
}

extension DeliveryView.Exchange {
    /// `POST dynamics /data/SalesOrderHeadersV2 → 400, 86 ms [ms-dyn-aid 4f5c…]`; identifiers where they are needed.
    var summary: String {
        let outcome = status.map(String.init) ?? failure ?? "no answer"
        return "\(method) \(destination) \(target.prefix { $0 != "?" }) → \(outcome), \(milliseconds) ms\(marks)"
    }

    /// What to tell the far side's support about a call that failed.
    var marks: String {
        let known = (identifiers ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return isFailure && !known.isEmpty ? " [\(known.joined(separator: ", "))]" : ""
    }
}

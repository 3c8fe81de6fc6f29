import Sandbox

/// What happened to one order happened in the order in which its events arrived.
enum SequenceCheck {
    static func findings(_ evidence: Evidence) -> [Finding] {
        let events = Dictionary(grouping: evidence.acknowledged, by: \.order)
        return Dictionary(grouping: evidence.effects, by: \.order).sorted { $0.key < $1.key }
            .flatMap { order, effects in
                story(order, effects.map(\.kind)) + invoices(order, effects.map(\.kind), events[order] ?? [])
            }
    }

    /// Header, lines by number, the number written back, the comment, and only then invoices.
    private static func story(_ order: String, _ effects: [SandboxEffect.Kind]) -> [Finding] {
        zip(effects, effects.dropFirst()).filter { $0.chapter > $1.chapter }.map { first, second in
            Finding(.sequence, "order \(order): \(second) came after \(first)")
        }
    }

    private static func invoices(
        _ order: String, _ effects: [SandboxEffect.Kind], _ events: [Evidence.Acknowledged]
    ) -> [Finding] {
        let effected = effects.compactMap(\.invoiceNumber)
        // Sent again, an event keeps the place of its first arrival.
        var sent: [String] = []
        for invoice in events.compactMap(\.invoice) where !sent.contains(invoice) { sent.append(invoice) }
        let expected = sent.filter(effected.contains)
        guard effected.filter(expected.contains) != expected else { return [] }
        return [Finding(.sequence, "order \(order): invoices arrived as \(sent), and were made as \(effected)")]
    }
}

extension SandboxEffect.Kind {
    /// Its place in the story of an order.
    fileprivate var chapter: Int {
        switch self {
        case .header: 0
        case .line(let number): 1 + (Int(number.prefix { $0.isNumber }) ?? 0)
        case .externalNumber: 1_000_000
        case .comment: 1_000_001
        case .state: 1_000_002
        case .shipment, .track: 1_000_003
        case .invoice: 1_000_004
        case .creditMemo, .return: 1_000_005
        }
    }
}

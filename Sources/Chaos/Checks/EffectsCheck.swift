import Sandbox

/// Everything that was acknowledged has had its effect on the far side, once.
enum EffectsCheck {
    static func findings(_ evidence: Evidence) -> [Finding] {
        let effects = Dictionary(grouping: evidence.effects, by: \.order)
        let events = Dictionary(grouping: evidence.acknowledged, by: \.order)
        return evidence.doubles.map { Finding(.doubled, $0) }
            + effects.sorted { $0.key < $1.key }.flatMap { doubled($0.key, $0.value.map(\.kind)) }
            + events.sorted { $0.key < $1.key }.flatMap { order, events in
                missing(order, events, (effects[order] ?? []).map(\.kind), lines: evidence.linesPerOrder)
            }
    }

    private static func doubled(_ order: String, _ effects: [SandboxEffect.Kind]) -> [Finding] {
        var counts: [String: Int] = [:]
        // Two headers of one order are a double, whatever their numbers.
        for effect in effects { counts[effect.place, default: 0] += 1 }
        return counts.filter { $0.value > 1 }.sorted { $0.key < $1.key }
            .map { Finding(.doubled, "order \(order): \($0.value) times \($0.key)") }
    }

    private static func missing(
        _ order: String, _ events: [Evidence.Acknowledged], _ effects: [SandboxEffect.Kind], lines: Int
    ) -> [Finding] {
        var missing: [String] = []
        if !effects.contains(where: \.isHeader) { missing.append("the sales order") }
        let found = effects.count(where: \.isLine)
        if found < lines { missing.append("\(lines - found) of \(lines) lines") }
        if !effects.contains(where: \.isExternalNumber) { missing.append("the number in the shop") }
        if !effects.contains(where: \.isComment) { missing.append("the comment in the shop") }
        let invoiced = effects.compactMap(\.invoiceNumber)
        missing += Set(events.compactMap(\.invoice)).subtracting(invoiced).sorted().map { "invoice \($0)" }
        return missing.map { Finding(.missing, "order \(order) lacks \($0)") }
    }
}

extension SandboxEffect.Kind {
    /// What must not be there twice.
    fileprivate var place: String {
        switch self {
        case .header: "the sales order"
        case .line(let number): "line \(number)"
        case .externalNumber: "the number in the shop"
        case .comment(let text): "the comment \"\(text)\""
        case .invoice(let comment): "the invoice \"\(comment)\""
        case .shipment(let comment): "the shipment \"\(comment)\""
        case .track(let number): "the track \(number)"
        case .creditMemo(let comment): "the credit memo \"\(comment)\""
        case .return(let text): "the return \"\(text)\""
        case .state(let state): "the state \(state)"
        }
    }

    var isHeader: Bool { if case .header = self { true } else { false } }
    var isLine: Bool { if case .line = self { true } else { false } }
    var isExternalNumber: Bool { if case .externalNumber = self { true } else { false } }
    var isComment: Bool { if case .comment = self { true } else { false } }

    /// `INV-000001` of "Invoice INV-000001 posted in Dynamics 365 (usmf)."
    var invoiceNumber: String? {
        guard case .invoice(let comment) = self else { return nil }
        return comment.split(separator: " ").dropFirst().first.map(String.init)
    }
}

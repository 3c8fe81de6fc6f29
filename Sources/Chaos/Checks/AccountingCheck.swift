/// Every acknowledged event is in the store and has come to an end that can be explained.
enum AccountingCheck {
    private static let ends: Set = ["done", "skipped", "superseded"]

    static func findings(_ evidence: Evidence) -> [Finding] {
        let stored = Dictionary(grouping: evidence.stored, by: \.digest)
        let lost = evidence.acknowledged.filter { stored[$0.digest] == nil }
            .map {
                Finding(.lost, "an event of order \($0.order) (SHA-256 \($0.digest.prefix(12))…) is not in the store")
            }
        return lost + evidence.stored.flatMap(unfinished)
    }

    private static func unfinished(_ event: Evidence.Stored) -> [Finding] {
        guard !event.deliveries.isEmpty else {
            return [Finding(.unfinished, "event \(event.id) of \(event.subject) has no delivery")]
        }
        return event.deliveries.compactMap { delivery in
            let name = "event \(event.id) of \(event.subject)"
            guard ends.contains(delivery.state) else {
                return Finding(.unfinished, "\(name) is \(delivery.state) (\(delivery.reason ?? "no reason"))")
            }
            guard delivery.state == "done" || delivery.reason != nil else {
                return Finding(.unfinished, "\(name) is \(delivery.state) without a reason")
            }
            return nil
        }
    }
}

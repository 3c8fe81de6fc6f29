import Commerce
import Dynamics
public import Relay

/// Compares both platforms over a period, window by window: never more than a page of orders is in memory.
public struct ReconciliationRun: Sendable {
    let look: PlatformLook
    let clock: any WallClock

    public init(
        _ context: FlowContext, inspection: any Inspection, policy: ReconciliationPolicy,
        clock: any WallClock = SystemClock()
    ) {
        look = PlatformLook(context: context, inspection: inspection, policy: policy)
        self.clock = clock
    }

    /// Never fails: what cannot be read makes it incomplete. Of an order, either both sides were read or nothing is
    /// said.
    public func compare(_ asked: NewReconciliation) async -> ReconciliationEnd {
        var walk = Walk(mostFindings: look.policy.mostFindings)
        do {
            try await fromTheShop(asked, &walk)
            try await fromDynamics(asked, &walk)
            try await confirm(&walk)
            return walk.end(.done, nil)
        } catch {
            return walk.end(.incomplete, Self.reason(error))
        }
    }

    private func fromTheShop(_ asked: NewReconciliation, _ walk: inout Walk) async throws {
        var cursor: ChangeCursor?
        repeat {
            try Task.checkCancellation()
            let page = try await look.commerce.orderRecords(
                placedFrom: asked.from, until: asked.until, after: cursor)
            for result in try await look.compare(page) { walk.add(result) }
            let last = page.last.flatMap(ChangeCursor.init(placing:))
            guard last != cursor || last == nil else { throw StandsStill() }
            cursor = last
        } while cursor != nil
    }

    private func fromDynamics(_ asked: NewReconciliation, _ walk: inout Walk) async throws {
        let pages = try look.dynamics.salesOrderOverviews(
            createdFrom: asked.from, until: asked.until, dataAreaIds: look.policy.orders.legalEntities.all)
        for try await page in pages {
            for part in page.rows.indices.chunks(of: CommerceClient.recordPage) {
                try Task.checkCancellation()
                walk.tally.farOrders += part.count
                walk.add(try await look.strays(among: part.map { page.rows[$0] }))
            }
        }
    }

    /// What was on the move when it was looked at is no finding: only what is seen twice.
    private func confirm(_ walk: inout Walk) async throws {
        let suspects = Array(Set(walk.findings.compactMap(\.incrementID))).sorted()
        guard !suspects.isEmpty else { return }
        try await clock.sleep(for: look.policy.confirm)
        var confirmed: Set<String> = []
        for part in suspects.indices.chunks(of: CommerceClient.recordPage) {
            let found = try await look.compare(incrementIDs: part.map { suspects[$0] })
            confirmed.formUnion(found.map(\.identity))
        }
        walk.findings.removeAll { $0.incrementID != nil && !confirmed.contains($0.identity) }
    }

    private static func reason(_ error: any Error) -> Reason {
        if error is CancellationError {
            return Reason(code: "interrupted", message: "The gateway stopped in the middle of it.")
        }
        if let fault = error as? any DeliveryFault { return fault.reason }
        return Reason(code: "reconciliation-failed", message: "\(error)")
    }
}

/// The shop gave the same page twice.
private struct StandsStill: DeliveryFault {
    let failureKind = FailureKind.unreadable
    let reason = Reason(
        code: "list-stands-still", message: "Commerce gave the same orders twice: its list is not sorted as asked.")
}

/// What a walk through the period has come to.
private struct Walk {
    let mostFindings: Int
    var tally = ReconciliationTally()
    var findings: [Difference] = []

    init(mostFindings: Int) { self.mostFindings = mostFindings }

    mutating func add(_ result: OrderComparison.Result) {
        tally.orders += 1
        switch result {
        case .agreed: tally.agreed += 1
        case .underWay: tally.underWay += 1
        case .excused: tally.excused += 1
        case .differs(let found): add(found)
        }
    }

    mutating func add(_ found: [Difference]) {
        let kept = found.prefix(max(0, mostFindings - findings.count))
        findings += kept
        tally.dropped += found.count - kept.count
    }

    func end(_ state: Reconciliation.State, _ reason: Reason?) -> ReconciliationEnd {
        ReconciliationEnd(state: state, tally: tally, reason: reason, findings: findings.map(\.finding))
    }
}

extension ChangeCursor {
    /// `nil` for an order that was never saved.
    fileprivate init?(placing record: OrderRecord) {
        guard let placedAt = record.order.placedAt, let id = record.order.entityID else { return nil }
        self.init(updatedAt: placedAt, entityID: id)
    }
}

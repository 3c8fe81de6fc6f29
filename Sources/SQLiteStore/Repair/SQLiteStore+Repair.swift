import GRDB
public import Relay

extension SQLiteStore: Repair {
    public func count(_ selection: EventSelection) async throws -> SelectionCount {
        try await read { try Selection(selection, possible: Set(DeliveryState.allCases)).count($0) }
    }

    public func replay(
        _ selection: EventSelection, isBulk: Bool, act: OperatorAct, after: EventID?, limit: Int
    ) async throws -> RepairPage {
        try await change(selection, in: Intervention.replayable, after: after, limit: limit) { seen, db in
            try Intervention.replay(seen, isBulk: isBulk, act: act, db)
        }
    }

    public func skip(
        _ selection: EventSelection, act: OperatorAct, after: EventID?, limit: Int
    ) async throws -> RepairPage {
        let reason = Reason(code: "skipped-by-operator", message: act.why)
        return try await change(selection, in: Intervention.skippable, after: after, limit: limit) { seen, db in
            try Intervention.skip(seen, reason, act: act, db)
        }
    }

    func change(
        _ selection: EventSelection, in states: Set<DeliveryState>, after: EventID?, limit: Int,
        _ change: @escaping @Sendable ([Selection.Seen], Database) throws -> [DeliveryID]
    ) async throws -> RepairPage {
        let page = try await read { try Selection(selection, possible: states).page(after: after, limit: limit, $0) }
        guard !page.deliveries.isEmpty else { return RepairPage(deliveries: [], next: page.next) }
        let changed = try await committer.perform(.bookkeeping) { try change(page.deliveries, $0) }
        return RepairPage(deliveries: changed, next: page.next)
    }

    public func resend(_ event: EventID, as edit: EventEdit, act: OperatorAct) async throws -> EventID? {
        let result = try await committer.perform(.bookkeeping) { [vault] in
            try Resending.run(event, edit, act: act, vault, $0)
        }
        switch result {
        case .copy(let copy): return copy
        case .unknown: return nil
        case .refused(let refusal): throw refusal
        }
    }

    public func acts(on event: EventID?, before: Int64?, limit: Int) async throws -> [RecordedAct] {
        try await read { try Acts.list(on: event, before: before, limit: limit, $0) }
    }

    public func trace(_ key: SearchKey, limit: Int) async throws -> [EventDetail] {
        try await read { [vault] in try Trace.run(key, limit: limit, vault, $0) }
    }

    public func gaps() async throws -> [StreamGap] { try await read(Streams.gaps) }
}

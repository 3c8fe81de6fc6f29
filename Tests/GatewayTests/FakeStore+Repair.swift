import Relay

/// What was asked of the fake, and what it is to answer.
struct RepairContent {
    var count = SelectionCount(events: 0, deliveries: [:])
    /// Pages still to come; without one, a single page without changes.
    var pages: [RepairPage] = []
    var selections: [EventSelection] = []
    var isBulk: Bool?
    var acts: [OperatorAct] = []
    var edit: EventEdit?
    var refusal: RepairRefused?
    var copy: EventID?
    var recorded: [RecordedAct] = []
    var traced: SearchKey?
    var gaps: [StreamGap] = []
    var bodiless: Set<EventID> = []
    /// In place of the fake's own words.
    var bodies: [EventID: [UInt8]] = [:]
}

extension FakeStore: ActBook {
    func record(_ act: OperatorAct, verb: String, target: String) async throws {
        try look {
            $0.repair.acts.append(act)
            let id = Int64($0.repair.recorded.count + 1)
            $0.repair.recorded.append(RecordedAct(id: id, act: act, verb: verb, target: target, event: nil))
        }
    }
}

extension FakeStore: Repair {
    func count(_ selection: EventSelection) async throws -> SelectionCount {
        try look {
            $0.repair.selections.append(selection)
            return $0.repair.count
        }
    }

    func replay(
        _ selection: EventSelection, isBulk: Bool, act: OperatorAct, after: EventID?, limit: Int
    ) async throws -> RepairPage {
        try look {
            $0.repair.isBulk = isBulk
            return try Self.change(&$0.repair, selection, act)
        }
    }

    func skip(
        _ selection: EventSelection, act: OperatorAct, after: EventID?, limit: Int
    ) async throws -> RepairPage {
        try look { try Self.change(&$0.repair, selection, act) }
    }

    private static func change(
        _ repair: inout RepairContent, _ selection: EventSelection, _ act: OperatorAct
    ) throws -> RepairPage {
        if let refusal = repair.refusal { throw refusal }
        repair.selections.append(selection)
        repair.acts.append(act)
        return repair.pages.isEmpty ? RepairPage(deliveries: [], next: nil) : repair.pages.removeFirst()
    }

    func resend(_ event: EventID, as edit: EventEdit, act: OperatorAct) async throws -> EventID? {
        try look {
            if let refusal = $0.repair.refusal { throw refusal }
            $0.repair.edit = edit
            $0.repair.acts.append(act)
            return $0.repair.copy
        }
    }

    func acts(on event: EventID?, before: Int64?, limit: Int) async throws -> [RecordedAct] {
        try look { content in
            let fitting = content.repair.recorded.filter { event == nil || $0.event == event }
            return Array(fitting.filter { $0.id < before ?? .max }.prefix(limit))
        }
    }

    func trace(_ key: SearchKey, limit: Int) async throws -> [EventDetail] {
        try look {
            $0.repair.traced = key
            return Array($0.events.prefix(limit))
        }
    }

    func gaps() async throws -> [StreamGap] { try look { $0.repair.gaps } }
}

extension FakeStore: LaneControls {
    func pauses() async throws -> [LanePause] { try look { $0.pauses } }

    func pause(_ pause: LanePause) async throws {
        try look {
            $0.pauses.removeAll { $0.lane == pause.lane }
            $0.pauses.append(pause)
        }
    }

    func resume(_ lane: String, act: OperatorAct) async throws -> Bool {
        try look {
            $0.repair.acts.append(act)
            let before = $0.pauses.count
            $0.pauses.removeAll { $0.lane == lane }
            return $0.pauses.count < before
        }
    }
}

extension FakeStore: DestinationMemory {
    func holds() async throws -> [DestinationHold] { [] }
    func remember(_ hold: DestinationHold) async throws {}
}

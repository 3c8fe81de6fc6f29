import GRDB
public import Relay

extension SQLiteStore: ReconciliationBook {
    public func begin(_ new: NewReconciliation, at moment: Timestamp) async throws -> Reconciliation {
        try await committer.perform(.bookkeeping) { db in
            try db.run(
                ReconciliationRows.begin,
                [
                    new.from.millisecondsSince1970, new.until.millisecondsSince1970, new.by,
                    moment.millisecondsSince1970,
                ])
            return Reconciliation(id: ReconciliationID(db.lastInsertedRowID), asked: new, startedAt: moment)
        }
    }

    @discardableResult
    public func end(_ id: ReconciliationID, _ end: ReconciliationEnd, at moment: Timestamp) async throws -> Bool {
        let (tally, reason) = (ReconciliationRows.text(end.tally), end.reason?.bounded)
        return try await committer.perform(.bookkeeping) { db in
            try db.run(
                ReconciliationRows.end,
                [
                    end.state.rawValue, tally, reason?.code, reason?.message, reason?.advice,
                    moment.millisecondsSince1970, id.rawValue,
                ])
            guard db.changesCount == 1 else { return false }
            for (index, finding) in end.findings.enumerated() {
                try db.run(
                    ReconciliationRows.insertFinding,
                    [
                        id.rawValue, index + 1, finding.code, finding.subject, finding.near, finding.scope,
                        finding.far, finding.nearValue, finding.farValue, finding.text, finding.advice,
                        finding.repair,
                    ])
            }
            return true
        }
    }

    @discardableResult
    public func interruptReconciliations(_ reason: Reason, at moment: Timestamp) async throws -> Int {
        try await committer.perform(.bookkeeping) { db in
            try db.run(
                ReconciliationRows.interrupt,
                [reason.code, reason.message, reason.advice, moment.millisecondsSince1970])
            return db.changesCount
        }
    }

    public func reconciliation(_ id: ReconciliationID) async throws -> Reconciliation? {
        try await read { try $0.row(ReconciliationRows.one, [id.rawValue]).map(ReconciliationRows.reconciliation) }
    }

    public func reconciliations(before: ReconciliationID?, limit: Int) async throws -> [Reconciliation] {
        try await read { db in
            try db.rows(ReconciliationRows.newest, [before?.rawValue ?? .max, limit])
                .map(ReconciliationRows.reconciliation)
        }
    }

    public func findings(
        of id: ReconciliationID, in state: ReconciliationFinding.State?, after: Int, limit: Int
    ) async throws -> [ReconciliationFinding] {
        try await read { db in
            try db.rows(
                ReconciliationRows.findings,
                ["id": id.rawValue, "after": after, "state": state?.rawValue, "limit": limit]
            ).map(ReconciliationRows.finding)
        }
    }

    public func settle(
        _ number: Int, of id: ReconciliationID, as state: ReconciliationFinding.State, note: String, act: OperatorAct
    ) async throws -> Bool {
        try await committer.perform(.bookkeeping) { db in
            try db.run(
                ReconciliationRows.settle,
                [state.rawValue, note, act.by, act.at.millisecondsSince1970, id.rawValue, number])
            guard db.changesCount == 1, let row = try db.row(ReconciliationRows.settled, [id.rawValue, number]) else {
                return false
            }
            let what = "\(row["code"] as String), \(row["subject"] as String)"
            try Acts.record(
                act, verb: state == .accepted ? "accept" : "repair",
                target: "finding \(number) of reconciliation \(id): \(what)", db)
            return true
        }
    }

    @discardableResult
    public func forgetReconciliations(startedBefore moment: Timestamp, limit: Int) async throws -> Int {
        try await committer.perform(.bookkeeping) { db in
            try db.run(ReconciliationRows.forget, [moment.millisecondsSince1970, limit])
            return db.changesCount
        }
    }
}

extension SQLiteStore: LinkRepair {
    @discardableResult
    public func forget(_ keys: [LinkKey], act: OperatorAct) async throws -> Int {
        try await committer.perform(.bookkeeping) { db in
            var count = 0
            for key in keys {
                for table in ["link", "fingerprint"] {
                    try db.run(
                        "DELETE FROM \(table) WHERE kind = ? AND scope = ? AND key = ?",
                        [key.kind, key.scope, key.key])
                    count += db.changesCount
                }
            }
            if count > 0 {
                let names = keys.map(\.description).joined(separator: ", ")
                try Acts.record(act, verb: "forget", target: "what is remembered of \(names)", db)
            }
            return count
        }
    }
}

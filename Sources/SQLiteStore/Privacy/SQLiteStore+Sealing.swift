import GRDB
public import Relay

extension SQLiteStore {
    public func sealing() async throws -> SealingReport {
        let key = vault.sealingKey
        return try await read { db in
            var report = SealingReport(sealingKey: key, rows: [:], plain: 0, plainSearchKeys: 0)
            for row in try db.rows(SealedRows.count) {
                if let key: String = row[0] {
                    report.rows[key, default: 0] += row[1]
                } else {
                    report.plain += row[1]
                }
            }
            report.plainSearchKeys = try db.row(SealedRows.plainSearchKeys)?[0] ?? 0
            return report
        }
    }

    public func reseal(from position: ResealPosition?, limit: Int) async throws -> ResealPage {
        guard vault.sealingKey != nil else { return ResealPage(changed: 0, unreadable: [], next: nil) }
        let position = position ?? ResealPosition(stage: 0)
        let sources = Resealing.Source.allCases
        switch position.stage {
        case sources.indices: return try await reseal(sources[position.stage], position, limit)
        case sources.count: return try await hashSearchKeys(position, limit)
        case sources.count + 1: return try await sealLinks(position, limit)
        default:
            let changed = try await committer.perform(.bookkeeping) { [vault] in
                try Rehashing.fingerprints(vault, limit: limit, $0)
            }
            return ResealPage(changed: changed, unreadable: [], next: changed == limit ? position : nil)
        }
    }

    private func reseal(
        _ source: Resealing.Source, _ position: ResealPosition, _ limit: Int
    ) async throws -> ResealPage {
        // What is sealed with the newest key is passed over.
        let rows =
            position.key == vault.sealingKey
            ? []
            : try await read {
                try Resealing.rows(source, sealedBy: position.key, after: position.after, limit: limit, $0)
            }
        var page = ResealPage(changed: 0, unreadable: [], next: position)
        var sealed: [(row: Resealing.Row, new: StoredPayload)] = []
        for row in rows {
            do throws(Unreadable) {
                sealed.append((row, vault.seal(try vault.open(row.old, at: row.place, of: row.what), at: row.place)))
            } catch {
                page.unreadable.append(error.description)
            }
        }
        if !sealed.isEmpty {
            let exchange = sealed
            try await committer.perform(.bookkeeping) { db in
                for (row, new) in exchange { try Resealing.write(source, row, new, db) }
            }
        }
        page.changed = sealed.count
        page.next =
            rows.count == limit
            ? ResealPosition(stage: position.stage, key: position.key, after: rows.last?.id ?? 0)
            : try await nextKey(source, position)
        return page
    }

    /// The next key of the table, or the next table.
    private func nextKey(_ source: Resealing.Source, _ position: ResealPosition) async throws -> ResealPosition {
        let keys = try await read { try SealedRows.keys(of: source.table, source.column, $0) }
        guard let next = keys.first(where: { $0 > position.key ?? "" }) else {
            return ResealPosition(stage: position.stage + 1)
        }
        return ResealPosition(stage: position.stage, key: next)
    }

    private func hashSearchKeys(_ position: ResealPosition, _ limit: Int) async throws -> ResealPage {
        let keys = try await read { try Rehashing.searchKeys(from: position.after, limit: limit, $0) }
        if !keys.isEmpty {
            try await committer.perform(.bookkeeping) { [vault] in try Rehashing.hash(keys, vault, $0) }
        }
        let next =
            keys.count == limit
            ? ResealPosition(stage: position.stage, after: keys.last?.event ?? 0)
            : ResealPosition(stage: position.stage + 1)
        return ResealPage(changed: keys.count, unreadable: [], next: next)
    }

    private func sealLinks(_ position: ResealPosition, _ limit: Int) async throws -> ResealPage {
        let done = try await committer.perform(.bookkeeping) { [vault] in
            try Rehashing.links(vault, skipping: position.after, limit: limit, $0)
        }
        let next =
            done.changed + done.unreadable.count == limit
            ? ResealPosition(stage: position.stage, after: position.after + Int64(done.unreadable.count))
            : ResealPosition(stage: position.stage + 1)
        return ResealPage(changed: done.changed, unreadable: done.unreadable, next: next)
    }
}

public import JSON
public import Relay

/// A record as its list shows it.
public struct ListedRecord: Sendable, Equatable {
    public var entityID: Int
    /// `nil` where the list does not say.
    public var updatedAt: Timestamp?
    /// As the list shows it.
    public var fields: JSONObject

    public init(entityID: Int, updatedAt: Timestamp?, fields: JSONObject) {
        self.entityID = entityID
        self.updatedAt = updatedAt
        self.fields = fields
    }
}

extension CommerceClient {
    /// The records that changed after the cursor, oldest first, at most a page of them: `updated_at` is later, or it
    /// is the same and the id is higher. Ask again with the cursor of the last one until none is left. Safe to repeat.
    ///
    /// - Parameters:
    ///   - kind: One whose list is stamped (`isStamped`).
    ///   - pageSize: A shop with input limits gets smaller ones.
    public func changed(
        _ kind: CommerceRecordKind, after cursor: ChangeCursor, pageSize: Int
    ) async throws -> SearchPage<ListedRecord> {
        guard let list = kind.list, list.hasStamp else { throw CommerceFault.noList(of: kind) }
        let page = try await listed(list, SearchCriteria.changed(after: cursor), pageSize)
        for row in page.rows {
            guard let updatedAt = row.updatedAt,
                (updatedAt, row.entityID) > (cursor.updatedAt.second, cursor.entityID)
            else { throw CommerceFault.unsorted(list.operation, row.entityID) }
        }
        return page
    }

    /// The records with a higher id, lowest first, at most a page of them. Safe to repeat.
    public func listed(
        _ kind: CommerceRecordKind, afterID id: Int, pageSize: Int
    ) async throws -> SearchPage<ListedRecord> {
        guard let list = kind.list else { throw CommerceFault.noList(of: kind) }
        let criteria = SearchCriteria([[.init("entity_id", .gt, String(id))]], sortedBy: [.init("entity_id")])
        let page = try await listed(list, criteria, pageSize)
        if let first = page.rows.first(where: { $0.entityID <= id }) {
            throw CommerceFault.unsorted(list.operation, first.entityID)
        }
        return page
    }

    private func listed(
        _ list: RecordList, _ criteria: SearchCriteria, _ pageSize: Int
    ) async throws -> SearchPage<ListedRecord> {
        var criteria = criteria
        criteria.pageSize = pageSize
        criteria.fields = "items[\(list.fields)],total_count"
        return try await search(list.operation, criteria) { node throws(OrderReadingError) in
            let id = node[list.idName]
            let time = node["updated_at"]
            guard let fields = node.value?.objectValue else { throw node.mismatch("a record") }
            return ListedRecord(
                entityID: try id.required(id.integer(), "a record's id"),
                updatedAt: list.hasStamp ? try time.required(time.text().flatMap(CommerceTime.parse), "a time") : nil,
                fields: fields)
        }
    }
}

extension SearchCriteria {
    /// (later or the same) and (later or a higher id): all that filter groups can say, and just enough.
    static func changed(after cursor: ChangeCursor) -> SearchCriteria {
        let moment = CommerceTime.text(cursor.updatedAt)
        return SearchCriteria(
            [
                [.init("updated_at", .gteq, moment)],
                [.init("updated_at", .gt, moment), .init("entity_id", .gt, String(cursor.entityID))],
            ], sortedBy: [.init("updated_at"), .init("entity_id")])
    }
}

extension CommerceFault {
    fileprivate static func noList(of kind: CommerceRecordKind) -> CommerceFault {
        CommerceFault(
            kind: .rejected, call: "list of \(kind.rawValue)", detail: "Commerce has no list that could be asked.")
    }

    fileprivate static func unsorted(_ operation: CommerceOperation, _ id: Int) -> CommerceFault {
        CommerceFault(
            kind: .unexpected, call: operation.rawValue,
            detail: "asked for records behind a place, got \(id), which is before it: the list is not sorted.")
    }
}

extension Timestamp {
    /// As Commerce writes it: parts of a second are cut off.
    fileprivate var second: Timestamp {
        Timestamp(millisecondsSince1970: millisecondsSince1970 - (millisecondsSince1970 % 1000 + 1000) % 1000)
    }
}

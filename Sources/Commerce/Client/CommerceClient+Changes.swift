import JSON
import Relay

extension CommerceClient {
    /// The records that changed after the cursor, oldest first, at most a page of them: `updated_at` is later, or it
    /// is the same and the id is higher. Ask again with the cursor of the last one until none is left. Safe to repeat.
    ///
    /// `GET /V1/orders` and the other lists, with what they need.
    public func changes(in list: ChangeList, after cursor: ChangeCursor) async throws -> [ChangedRecord] {
        var criteria = SearchCriteria.changed(after: cursor)
        criteria.fields = "items[\(list.idName),\(list.nameMember),updated_at],total_count"
        return try await search(list.operation, criteria) { node throws(OrderReadingError) in
            let id = node[list.idName]
            let time = node["updated_at"]
            return ChangedRecord(
                entityID: try id.required(id.integer(), "a record's id"), name: try node[list.nameMember].text(),
                updatedAt: try time.required(time.text().flatMap(CommerceTime.parse), "a time"))
        }.rows
    }
}

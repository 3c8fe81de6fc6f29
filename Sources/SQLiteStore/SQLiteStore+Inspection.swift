import Foundation
import GRDB
public import Relay

extension SQLiteStore: Inspection {
    public func lanes(now: Timestamp) async throws -> [LaneOverview] {
        try await read(LaneRows.overviews)
    }

    public func events(matching filter: EventFilter) async throws -> [EventOverview] {
        try await read { db in
            try EventSearch.run(filter, db).compactMap { try EventRows.overview($0, db) }
        }
    }

    public func event(_ id: EventID) async throws -> EventDetail? {
        try await read { [vault] in try EventRows.detail(id, vault, $0) }
    }

    public func body(of id: EventID) async throws -> [UInt8]? {
        let stored = try await read { try StoredBody.of(id.rawValue, $0) }
        return try stored?.open(vault)
    }

    public func probe() async throws {
        try await committer.perform(.append) { try $0.run("UPDATE probe SET count = count + 1 WHERE id = 1") }
    }
}

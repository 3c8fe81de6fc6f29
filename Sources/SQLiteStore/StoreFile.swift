import Foundation
import GRDB

/// The database file before SQLite is let at it: is it ours, or can it become ours?
enum StoreFile {
    /// "Cway", in the header of every store (https://www.sqlite.org/fileformat2.html#application_id).
    static let applicationID: UInt32 = 0x4377_6179

    /// One file, one lock, whichever way it is spelled.
    static func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

    /// Creates an empty store readable by its owner only, or checks the header of an existing one.
    /// - Throws: `StoreOpenError`.
    static func prepare(at path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreOpenError.unusable(path: path, detail: String(cString: strerror(errno)))
        }
        var header = [UInt8](repeating: 0, count: 100)
        let count = pread(descriptor, &header, header.count, 0)
        close(descriptor)
        switch count {
        case 0: try create(at: path)
        case 100: try check(header, path)
        case ..<0: throw StoreOpenError.unusable(path: path, detail: String(cString: strerror(errno)))
        default: throw StoreOpenError.notAStore(path: path, found: "a file of \(count) bytes")
        }
    }

    /// Whether there is a file, and it has a store's header.
    static func isStore(at path: String) throws -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        guard let header = try file.read(upToCount: 100), header.count == 100 else { return false }
        try check([UInt8](header), path)
        return true
    }

    /// What must be in the header before the file enters WAL mode, and before there are tables.
    private static func create(at path: String) throws {
        do {
            let database = try DatabaseQueue(path: path)
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA page_size = 4096")
                try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
                try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            }
            try database.close()
        } catch {
            throw StoreOpenError.unusable(path: path, detail: "\(error)")
        }
    }

    private static func check(_ header: [UInt8], _ path: String) throws {
        let isBlank = header.allSatisfy { $0 == 0 }
        guard isBlank || header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw StoreOpenError.notAStore(path: path, found: "a file that is no SQLite database")
        }
        let found = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard found != applicationID else { return }
        guard found == 0, hasNoTables(path) else {
            throw StoreOpenError.notAStore(
                path: path, found: "another program's SQLite database (application_id \(found))")
        }
        try create(at: path)
    }

    /// What a power cut in the middle of `create` leaves, once SQLite has undone what was half written.
    private static func hasNoTables(_ path: String) -> Bool {
        let count = try? DatabaseQueue(path: path).read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema")
        }
        return count == 0
    }
}

import GRDB
import Relay

/// What an error means for the store.
enum SQLiteFault {
    /// The store goes on.
    case passing(StoreFault)
    /// The store must stop: after a failed sync the kernel may have dropped the pages that it could not write, and
    /// the next sync reports success (https://wiki.postgresql.org/wiki/Fsync_Errors); and nothing may be built on a
    /// damaged file.
    case fatal(String)

    init(_ error: any Error) {
        switch error {
        case let fault as StoreFault:
            self = .passing(fault)
        case let error as DatabaseError where SQLiteFault.isNoRoom(error):
            self = .passing(.full(SQLiteFault.words(for: error)))
        case let error as DatabaseError where SQLiteFault.unknownFate.contains(error.extendedResultCode):
            self = .fatal(SQLiteFault.words(for: error))
        case let error as DatabaseError where SQLiteFault.damage.contains(error.resultCode):
            self = .fatal(SQLiteFault.words(for: error))
        case let error as DatabaseError:
            self = .passing(.failed(SQLiteFault.words(for: error)))
        default:
            self = .passing(.failed(String(describing: error)))
        }
    }

    var fault: StoreFault {
        switch self {
        case .passing(let fault): fault
        case .fatal(let detail): .closed(detail)
        }
    }

    /// Where the file of the readers' index cannot be made larger, SQLite calls it an I/O error
    /// (https://www.sqlite.org/rescode.html#ioerr_shmsize); on a disk that works, that is a full one.
    private static func isNoRoom(_ error: DatabaseError) -> Bool {
        error.resultCode == .SQLITE_FULL || error.extendedResultCode == .SQLITE_IOERR_SHMSIZE
    }

    /// A failed write is not among them: what it was part of is rolled back, and the log stays valid.
    private static let unknownFate: [ResultCode] = [.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC]
    private static let damage: [ResultCode] = [.SQLITE_CORRUPT, .SQLITE_NOTADB]

    /// Without the statement's arguments: they are people's data.
    private static func words(for error: DatabaseError) -> String {
        let statement = error.sql.map { " while executing \($0.prefix(80))" } ?? ""
        return "SQLite error \(error.extendedResultCode.rawValue): \(error.message ?? "no message")\(statement)"
    }
}

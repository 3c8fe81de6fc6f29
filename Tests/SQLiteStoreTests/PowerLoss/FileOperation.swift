import CPowerLoss
import Foundation

/// One thing that happened to the files of a folder.
enum FileOperation: Equatable {
    case create(String)
    case write(String, offset: Int, [UInt8])
    case truncate(String, size: Int)
    case sync(String)
    case delete(String)
    /// What was created and deleted before is so for good.
    case syncFolder
    /// Something was acknowledged.
    case mark(Int)
}

/// Records what SQLite does in a folder for as long as `body` runs.
func recordFileOperations(in folder: URL, _ body: (Recording) async throws -> Void) async throws -> [FileOperation] {
    guard let record = power_loss_start(folder.resolvingSymlinksInPath().path) else { throw Recording.NotStarted() }
    defer { power_loss_free(record) }
    do {
        try await body(Recording(record))
    } catch {
        power_loss_stop(record)
        throw error
    }
    power_loss_stop(record)
    return (0..<power_loss_count(record)).map { FileOperation(power_loss_at(record, $0)) }
}

/// A recording under way.
struct Recording: @unchecked Sendable {
    struct NotStarted: Error {}

    /// Only handed to C, which locks.
    private let record: OpaquePointer

    fileprivate init(_ record: OpaquePointer) { self.record = record }

    func mark(_ value: Int) { power_loss_mark(record, Int64(value)) }
}

extension FileOperation {
    fileprivate init(_ operation: power_loss_operation) {
        let file = String(cString: operation.file)
        switch operation.kind {
        case POWER_LOSS_CREATE: self = .create(file)
        case POWER_LOSS_WRITE:
            let bytes = UnsafeBufferPointer(start: operation.bytes, count: operation.length)
            self = .write(file, offset: Int(operation.offset), Array(bytes))
        case POWER_LOSS_TRUNCATE: self = .truncate(file, size: Int(operation.offset))
        case POWER_LOSS_SYNC: self = .sync(file)
        case POWER_LOSS_DELETE: self = .delete(file)
        case POWER_LOSS_FOLDER_SYNC: self = .syncFolder
        default: self = .mark(Int(operation.offset))
        }
    }
}

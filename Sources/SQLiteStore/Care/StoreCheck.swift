import Foundation
import GRDB
import Relay

/// Reads all of a store and says what is wrong with it. Changes nothing; a server may work with it meanwhile.
public enum StoreCheck {
    /// - Returns: What is wrong, in words; empty if nothing is.
    /// - Throws: `CopyFault` if it cannot be read at all.
    public static func run(on path: String) async throws -> [String] {
        try await blocking {
            do {
                guard try StoreFile.isStore(at: path) else { throw CopyFault("\(path) is no Causeway store") }
                let store = try DatabaseQueue(path: path, configuration: StoreBackup.readOnly())
                defer { try? store.close() }
                return try store.read { db in
                    let migrator = Schema.migrator
                    let applied = try migrator.appliedIdentifiers(db)
                    let unknown = applied.subtracting(migrator.migrations).sorted()
                    guard unknown.isEmpty else {
                        throw StoreOpenError.newerSchema(path: path, unknown: unknown)
                    }
                    let damage = try StoreFindings.damage(db)
                    // Nothing can be said of the rows of a damaged file, or of one with other tables.
                    guard damage.isEmpty, applied.count == migrator.migrations.count else { return damage }
                    return try StoreFindings.broken(db)
                }
            } catch let error as StoreOpenError {
                throw CopyFault(error.description)
            } catch {
                throw CopyFault(error)
            }
        }
    }
}

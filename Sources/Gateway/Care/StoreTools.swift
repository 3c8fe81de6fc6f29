public import Logging
public import Relay
import SQLiteStore

/// What commands do with the store of a configuration when no gateway works with it, or to look at it.
public struct StoreTools: Sendable {
    /// Another process works with the store: ask that one.
    public struct InUse: Error, CustomStringConvertible {
        public let description: String
    }

    /// It was not done; the store is as it was.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let settings: StoreSettings
    private let logger: Logger

    public init(_ configuration: GatewayConfiguration, logger: Logger) {
        settings = configuration.store
        self.logger = logger
    }

    public var store: String { settings.sqlite }
    public var backupFolder: String? { settings.backups?.folder }

    /// A backup of a store that a gateway may work with.
    public func backUp(to path: String) async throws -> BackupReport {
        try await told { try await StoreBackup.make(of: settings.sqlite, at: path) }
    }

    /// A backup of a store that no gateway works with.
    /// - Throws: `InUse`, `Failure`.
    public func backUpAlone(to path: String) async throws -> BackupReport {
        try await told { try await StoreBackup.makeAlone(of: settings.sqlite, at: path) }
    }

    /// - Returns: What was put in place, and where the replaced store stands now.
    /// - Throws: `InUse`, `Failure`.
    public func restore(_ backup: String, at moment: Timestamp) async throws -> (BackupReport, replaced: String?) {
        let suffix = moment.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
        let result = try await told {
            try await StoreRestore.run(from: backup, to: settings.sqlite, suffix: suffix)
        }
        return (result.report, result.replaced)
    }

    /// Keys that a store needs and the configuration does not have.
    public func missingKeys(_ report: BackupReport) -> [String] {
        report.keys.filter { !settings.vault.keys.contains($0) }
    }

    /// - Parameter path: `nil` is the store itself.
    /// - Returns: What is wrong with it.
    public func check(_ path: String?) async throws -> [String] {
        try await told { try await StoreCheck.run(on: path ?? settings.sqlite) }
    }

    /// Brings all of the store under the newest key.
    /// - Throws: `InUse`, `Failure`.
    public func reseal() async throws -> (report: SealingReport, unreadable: [String]) {
        guard settings.encryption != nil else {
            throw Failure(description: "The configuration has no store.encryption, so nothing is sealed.")
        }
        return try await told {
            let store = try SQLiteStore.open(path: settings.sqlite, vault: settings.vault, logger: logger)
            let round = SealingRound(store: store, isOn: settings.encryption != nil, logger: logger)
            await round.run()
            do {
                let report = try await round.report()
                await store.close()
                return (report, round.unreadable)
            } catch {
                await store.close()
                throw error
            }
        }
    }

    private func told<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as StoreOpenError {
            if case .inUse = error { throw InUse(description: error.description) }
            throw Failure(description: error.description)
        } catch {
            throw Failure(description: "\(error)")
        }
    }
}

import Foundation
import Logging
public import Relay

/// Makes backups into the configured folder, one at a time, and keeps the newest of them.
actor BackupKeeper {
    struct Kept: Sendable, Equatable {
        var file: String
        var bytes: Int
        var madeAt: Timestamp
    }

    /// How the last one ended.
    struct Ending: Sendable, Equatable {
        var file: String
        var report: BackupReport?
        /// Why there is none.
        var problem: String?
        var at: Timestamp
    }

    enum Refused: Error, Equatable {
        case off
        case running(String)
    }

    nonisolated let settings: BackupSettings?
    private let store: any StoreCare
    private let clock: any WallClock
    private let logger: Logger
    private(set) var running: String?
    private(set) var last: Ending?

    /// How long to wait after a failure, when backups are made by the clock.
    static let retryAfter = Duration.seconds(900)

    init(_ settings: BackupSettings?, store: any StoreCare, clock: any WallClock, logger: Logger) {
        self.settings = settings
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// Makes backups by the clock, until it is cancelled.
    func run() async {
        guard let every = settings?.every else { return }
        while !Task.isCancelled {
            var due = ((try? kept().first?.madeAt) ?? nil).map { $0 + every } ?? clock.now()
            if let last, last.problem != nil { due = max(due, last.at + Self.retryAfter) }
            do { try await clock.sleep(until: due) } catch { return }
            if let file = try? begin() { await make(file) }
        }
    }

    /// Starts one that goes on by itself.
    /// - Returns: Its file.
    /// - Throws: `Refused`.
    func start() throws -> String {
        let file = try begin()
        Task { await make(file) }
        return file
    }

    /// Newest first.
    nonisolated func kept() throws -> [Kept] {
        guard let settings else { throw Refused.off }
        let names = try FileManager.default.contentsOfDirectory(atPath: settings.folder)
        return names.filter(BackupName.isOurs).sorted(by: >).compactMap { name in
            let attributes = try? FileManager.default.attributesOfItem(atPath: settings.folder + "/" + name)
            guard let madeAt = BackupName.time(of: name) else { return nil }
            return Kept(file: name, bytes: (attributes?[.size] as? Int) ?? 0, madeAt: madeAt)
        }
    }

    private func begin() throws -> String {
        guard settings != nil else { throw Refused.off }
        if let running { throw Refused.running(running) }
        let file = BackupName.name(at: clock.now())
        running = file
        return file
    }

    private func make(_ file: String) async {
        guard let settings else { return }
        var ending = Ending(file: file, at: clock.now())
        do {
            try dropUnfinished(settings)
            let report = try await store.backUp(to: settings.folder + "/" + file)
            ending.report = report
            logger.info("made a backup", metadata: ["file": "\(file)", "events": "\(report.events)"])
            try dropOld(settings)
        } catch {
            ending.problem = ending.report == nil ? "\(error)" : nil
            logger.error("a backup failed", metadata: ["file": "\(file)", "error": "\(error)"])
        }
        ending.at = clock.now()
        last = ending
        running = nil
    }

    /// What a process left that ended in the middle of one.
    private func dropUnfinished(_ settings: BackupSettings) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: settings.folder)
        for name in names where name.hasSuffix(".partial") && BackupName.isOurs(String(name.dropLast(8))) {
            try FileManager.default.removeItem(atPath: settings.folder + "/" + name)
        }
    }

    private func dropOld(_ settings: BackupSettings) throws {
        for old in try kept().dropFirst(settings.keep) {
            try FileManager.default.removeItem(atPath: settings.folder + "/" + old.file)
        }
    }
}

/// `causeway-20261121T090300Z.db`: in the order of time when sorted by name.
public enum BackupName {
    private static let (prefix, suffix) = ("causeway-", ".db")

    public static func name(at moment: Timestamp) -> String {
        let time = moment.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" }
        return prefix + time + "Z" + suffix
    }

    static func isOurs(_ name: String) -> Bool { time(of: name) != nil }

    static func time(of name: String) -> Timestamp? {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
        let text = name.dropFirst(prefix.count).dropLast(suffix.count)
        guard let date = try? Date(String(text), strategy: .iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        else { return nil }
        return Timestamp(millisecondsSince1970: Int64(date.timeIntervalSince1970) * 1000)
    }
}

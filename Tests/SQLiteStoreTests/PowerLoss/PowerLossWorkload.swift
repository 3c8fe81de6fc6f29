import Foundation
import GRDB
import Relay
import StoreConformance

@testable import SQLiteStore

/// A store at work: senders side by side, steps concluded, checkpoints often, one clean end and start in between.
struct PowerLossWorkload {
    static let name = "causeway.db"
    /// Added to an event's number in the mark of its link.
    static let linkMark = 1_000_000
    private static let senders = 6
    private static let eventsPerSender = 20

    let folder: URL
    var durability = Durability()
    /// By number: what is sent, exactly.
    let events: [NewEvent]

    init(folder: URL, seed: UInt64) {
        self.folder = folder
        var dice = SplitMix(seed: seed)
        events = (0..<(2 * Self.senders * Self.eventsPerSender)).map { Self.event($0, &dice) }
    }

    /// - Returns: All that happened to the files, and when what was acknowledged.
    func record() async throws -> [FileOperation] {
        try await recordFileOperations(in: folder) { recording in
            for part in 0..<2 {
                let store = try open()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for sender in 0..<Self.senders {
                        group.addTask { try await send(part: part, sender, to: store, recording) }
                    }
                    try await group.waitForAll()
                }
                await store.close()
            }
        }
    }

    private func open() throws -> SQLiteStore {
        try SQLiteStore.open(
            path: folder.appendingPathComponent(Self.name).path,
            // Nothing waits for quiet: the moments of checkpoints depend on no clock.
            options: StoreOptions(maxGroup: 4, quietCheckpointPages: .max, busyCheckpointPages: 60), logger: silent,
            durability: durability, migrator: Schema.migrator)
    }

    private func send(part: Int, _ sender: Int, to store: SQLiteStore, _ recording: Recording) async throws {
        for index in 0..<Self.eventsPerSender {
            let number = (part * Self.senders + sender) * Self.eventsPerSender + index
            _ = try await store.append(events[number])
            recording.mark(number)
            guard index % 4 == 0, let claim = try await store.claim(Self.route(sender), limit: 1).first else {
                continue
            }
            // The oldest of the lane, which may be an earlier event than the one just sent.
            guard let claimed = Int(claim.event.subject) else { continue }
            try await store.intend(claim.lease, step: "header", at: at(11))
            try await store.conclude(
                claim.lease, step: "header", result: Array(#""SO""#.utf8), link: Self.link(claimed),
                fingerprint: nil, at: at(12))
            recording.mark(Self.linkMark + claimed)
            _ = try await store.finish(claim, .done(summary: nil))
        }
    }

    private static func event(_ number: Int, _ dice: inout SplitMix) -> NewEvent {
        let byte = UInt8(truncatingIfNeeded: number)
        let body =
            Array("event \(number) ".utf8) + [UInt8](repeating: byte, count: .random(in: 0...6000, using: &dice))
        return .sample(
            String(number), key: String(number), routes: [route(number / eventsPerSender % senders)], body: body)
    }

    static func link(_ number: Int) -> Link {
        Link(key: LinkKey(kind: "order", scope: "usmf", key: String(number)), value: "SO-\(number)")
    }

    private static func route(_ sender: Int) -> Route { Route(flow: "OrderToSalesOrder", lane: "dynamics/\(sender)") }
}

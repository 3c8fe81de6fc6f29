import Foundation
import Logging
import Mapping
import Relay
import SQLiteStore
import StoreConformance
import Testing

@testable import Flows
@testable import Gateway

/// The road of a record that needs a row which nobody has entered: a real store, a real dispatcher, and a flow that
/// does nothing but look the row up.
@Suite("A record that waits for a row of a value table", .timeLimit(.minutes(5)))
struct MissingValueRoadTests {
    private static let lane = "dynamics/UnitFlow"

    /// Says what the unit of the event's body is.
    private struct UnitFlow: Flow {
        static let name = "UnitFlow"
        let values: any ValueLookup
        /// Between the look and its outcome.
        var pause: @Sendable () async -> Void = {}

        func read(_ event: StoredEvent) throws -> String { String(decoding: event.body, as: UTF8.self) }

        func run(_ unit: String, _ steps: Steps) async throws -> String? {
            let key = ValueKey(table: "units", scope: "usmf", key: unit)
            let found = values.row(key)?["SalesUnitSymbol"]
            await pause()
            guard let found else {
                throw Verdict.missingValue(key, columns: ["SalesUnitSymbol"], record: steps.claim.event.subject)
            }
            return found
        }
    }

    /// What the dispatcher says of deliveries that ended.
    private struct Ends: RelayObserver {
        let outcomes: AsyncStream<Outcome>
        private let told: AsyncStream<Outcome>.Continuation

        init() { (outcomes, told) = AsyncStream.makeStream() }

        func notice(_ signal: RelaySignal) {
            if case .finished(_, let outcome, _) = signal { told.yield(outcome) }
        }
    }

    private struct Stage {
        let store: SQLiteStore
        let keeper: ValueKeeper
        let dispatcher: Dispatcher
        let ends: AsyncStream<Outcome>

        func post(_ unit: String, number: Int) async throws {
            let route = Route(flow: UnitFlow.name, lane: lane)
            let event = NewEvent(
                source: "commerce", kind: "order", subject: "order \(number)", dedupKey: "\(number)",
                receivedAt: SystemClock().now(), body: Array(unit.utf8), bodyDigest: [UInt8](repeating: 0, count: 32),
                routes: [route])
            _ = try await store.append(event)
            dispatcher.wake(lane: lane)
        }

        /// As the operator API does it.
        @discardableResult
        func add(_ unit: String, in scope: String = "") async throws -> Int {
            let row = ValueTableRow(ValueKey(table: "units", scope: scope, key: unit), ["SalesUnitSymbol": "ea"])
            let act = OperatorAct(by: "anna", why: "new", at: SystemClock().now())
            let outcome = try await keeper.change(by: act) { snapshot in
                ValueEdit(
                    [row], columns: ["SalesUnitSymbol"], of: "units", .merge, removesOthers: false, in: snapshot)
            }
            if outcome.released > 0 { dispatcher.wake(lane: lane) }
            return outcome.released
        }
    }

    private static func run(
        pause: @escaping @Sendable () async -> Void = {}, _ body: (Stage) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "values-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStore.open(
            path: folder.appending(path: "causeway.db").path,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let keeper = try await ValueKeeper(.standard, book: store)
        let ends = Ends()
        let dispatcher = Dispatcher(
            settings: DispatcherSettings(
                owner: "me", lanes: [lane: LaneSettings(concurrency: 4)], rules: RetryRules()),
            flows: [UnitFlow(values: keeper.tables, pause: pause)], queue: store, memory: store, links: store,
            controls: store, destinationMemory: store, observer: ends)
        let work = Task { await dispatcher.run() }
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await body(Stage(store: store, keeper: keeper, dispatcher: dispatcher, ends: ends.outcomes)))
        } catch {
            result = .failure(error)
        }
        dispatcher.stop()
        await work.value
        await store.close()
        try result.get()
    }

    @Test("is parked with the row to add, and goes on with all others like it when the row is there")
    func released() async throws {
        try await Self.run { stage in
            var ends = stage.ends.makeAsyncIterator()
            for (number, unit) in ["pcs", "pcs", "box"].enumerated() {
                try await stage.post(unit, number: number)
                guard case .parked(let reason)? = await ends.next() else {
                    Issue.record("expected to be parked")
                    return
                }
                #expect(reason.code == "missing-value" && reason.waitsFor == "units/\(unit)/usmf")
            }
            #expect(try await stage.add("pcs", in: "demf") == 0)
            #expect(try await stage.add("pcs") == 2)
            for _ in 1...2 { #expect(await ends.next() == .done(summary: "ea")) }
            #expect(try await stage.keeper.awaited(limit: 9) == [AwaitedValue(name: "units/box/usmf", deliveries: 1)])
            // Goes on with the next start's tables as well.
            let again = try await ValueKeeper(.standard, book: stage.store)
            #expect(again.snapshot.count(of: "units") == 2)
        }
    }

    @Test("is tried again at once when its row comes while it is about to be parked")
    func race() async throws {
        let looked = AsyncStream.makeStream(of: Void.self)
        let added = AsyncStream.makeStream(of: Void.self)
        let pause = { @Sendable in
            looked.continuation.yield()
            for await _ in added.stream { return }
        }
        try await Self.run(pause: pause) { stage in
            var ends = stage.ends.makeAsyncIterator()
            try await stage.post("pcs", number: 1)
            for await _ in looked.stream { break }
            #expect(try await stage.add("pcs") == 0)
            added.continuation.finish()
            guard case .held(_, let reason)? = await ends.next() else {
                Issue.record("expected to be held")
                return
            }
            #expect(reason.code == "values-changed")
            #expect(await ends.next() == .done(summary: "ea"))
        }
    }
}

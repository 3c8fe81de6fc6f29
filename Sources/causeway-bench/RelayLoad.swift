import Cryptography
import Foundation
import Glibc
import HTTPClient
import Logging
import Relay
import SQLiteStore

/// Orders through intake, store, dispatcher and HTTP client, in this process.
struct RelayLoad {
    let folder: String
    let concurrency: Int
    let farSide: FarSideProcess

    private static let bodyBytes = 2048
    /// Undelivered orders ahead of the dispatcher while it works as fast as it can.
    private static let ahead = 1000
    private static let warmUpSeconds = 2.0
    private static let drainSeconds = 30.0

    /// - Returns: How long orders take that come at a steady rate, whatever becomes of those before.
    func paced(perSecond rate: Int, seconds: Double) async throws -> RelayReport.Paced {
        try await withRelay { intake, times in
            let cpu = CPUMark(farSide)
            let first = monotonicNanoseconds()
            let count = Int(Double(rate) * seconds)
            let warmUp = Int(Double(rate) * Self.warmUpSeconds)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<(warmUp + count) {
                    let due = first + UInt64(number) * 1_000_000_000 / UInt64(rate)
                    let now = monotonicNanoseconds()
                    if due > now { try await Task.sleep(for: .nanoseconds(due - now)) }
                    if number == warmUp { _ = times.takeLatencies() }
                    group.addTask { times.acknowledge(try await intake.accept(Self.order(number)).event) }
                }
                try await group.waitForAll()
            }
            let sentIn = Double(monotonicNanoseconds() - first) / 1e9
            try await drain(times, warmUp + count)
            return RelayReport.Paced(
                ordersPerSecond: Double(warmUp + count) / sentIn, latency: times.takeLatencies(),
                failed: times.failed, cpu: cpu.share(seconds: sentIn))
        }
    }

    /// - Returns: Orders a second while there is always more to do.
    func sustained(seconds: Double) async throws -> RelayReport.Sustained {
        try await withRelay { intake, times in
            var sent = 0
            func work(for seconds: Double) async throws {
                let end = monotonicNanoseconds() + UInt64(seconds * 1e9)
                while monotonicNanoseconds() < end {
                    guard sent - times.done < Self.ahead else {
                        try await Task.sleep(for: .milliseconds(2))
                        continue
                    }
                    let numbers = sent..<(sent + 64)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in numbers {
                            group.addTask { times.acknowledge(try await intake.accept(Self.order(number)).event) }
                        }
                        try await group.waitForAll()
                    }
                    sent = numbers.upperBound
                }
            }
            try await work(for: Self.warmUpSeconds)
            let cpu = CPUMark(farSide)
            let (start, before) = (monotonicNanoseconds(), times.done)
            try await work(for: seconds)
            let took = Double(monotonicNanoseconds() - start) / 1e9
            let done = times.done - before
            return RelayReport.Sustained(
                ordersPerSecond: Double(done) / took, failed: times.failed, cpu: cpu.share(seconds: took),
                residentMiB: Double(Self.residentKiB) / 1024)
        }
    }

    private func withRelay<Value>(_ body: (Intake, RelayTimes) async throws -> Value) async throws -> Value {
        let logger = Logger(label: "bench", factory: { StreamLogHandler.standardError(label: $0) })
        let path = folder + "/relay-\(UUID().uuidString).db"
        let store = try SQLiteStore.open(path: path, logger: logger)
        let times = RelayTimes()
        let transport = CurlTransport(
            configuration: TransportConfiguration(maxConnectionsPerHost: concurrency, userAgent: "causeway-bench"))
        let destination = Destination(name: "bench", settings: DestinationSettings(concurrency: concurrency))
        let dispatcher = Dispatcher(
            settings: DispatcherSettings(
                owner: "bench", lanes: [RelayOrderFlow.route.lane: LaneSettings(concurrency: concurrency)]),
            flows: [RelayOrderFlow(transport: transport, destination: destination, url: farSide.url)], queue: store,
            memory: store, links: store, controls: store, destinationMemory: store,
            destinations: [destination], observer: times)
        let work = Task { await dispatcher.run() }
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(Intake(log: store, wake: dispatcher.wake), times))
        } catch {
            result = .failure(error)
        }
        dispatcher.stop()
        await work.value
        await store.close()
        await transport.close()
        return try result.get()
    }

    private func drain(_ times: RelayTimes, _ count: Int) async throws {
        let end = monotonicNanoseconds() + UInt64(Self.drainSeconds * 1e9)
        while times.done < count {
            guard monotonicNanoseconds() < end else {
                throw BenchError.server("\(count - times.done) orders are not done after \(Self.drainSeconds) s")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private static func order(_ number: Int) -> NewEvent {
        var body = Array("order \(number) ".utf8)
        body += [UInt8](repeating: UInt8(ascii: "x"), count: bodyBytes - body.count)
        return NewEvent(
            source: "commerce", kind: "order", subject: "order \(number)", dedupKey: "order \(number)",
            receivedAt: SystemClock().now(), body: body, bodyDigest: SHA256.hash(body),
            routes: [RelayOrderFlow.route])
    }

    private static var residentKiB: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}

/// Who used the cores since it was made.
private struct CPUMark {
    private let farSide: FarSideProcess
    private let own: Double
    private let other: Double

    init(_ farSide: FarSideProcess) {
        self.farSide = farSide
        own = ownCPUSeconds()
        other = farSide.cpuSeconds
    }

    func share(seconds: Double) -> RelayReport.CPU {
        RelayReport.CPU(
            relayCores: (ownCPUSeconds() - own) / seconds, farSideCores: (farSide.cpuSeconds - other) / seconds)
    }
}

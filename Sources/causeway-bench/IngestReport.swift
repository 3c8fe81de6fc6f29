import Foundation

/// What one run of `ingest` found. The JSON of `--json` has these keys.
struct IngestReport: Codable {
    struct Latency: Codable {
        var p50Milliseconds, p99Milliseconds, p999Milliseconds, maxMilliseconds: Double

        init(_ histogram: LatencyHistogram) {
            func milliseconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e6 }
            p50Milliseconds = milliseconds(histogram.percentile(0.5))
            p99Milliseconds = milliseconds(histogram.percentile(0.99))
            p999Milliseconds = milliseconds(histogram.percentile(0.999))
            maxMilliseconds = milliseconds(histogram.largest)
        }
    }

    var connections: Int
    var keepAlive: Bool
    var tls: Bool
    var bodyBytes: Int
    var signature: IngestSetup.Signature
    /// Undelivered events in the store at the start.
    var backlog: Int
    var seconds: Double
    var acknowledgedPerSecond: Double
    var latency: Latency
    /// By status.
    var otherAnswers: [String: Int]
    var unanswered: Int
    var acknowledgedInAll: Int
    var storedInAll: Int
    var serverCPUSeconds: Double
    var generatorCPUSeconds: Double
    var secondsToReady: Double
    var idleResidentMiB: Double
    var finalResidentMiB: Double
    var rawEventsPerSecond: Double
    /// Acknowledged events over raw ones.
    var ratio: Double

    /// Nothing is acknowledged that is not stored, and nothing else was answered.
    var isSound: Bool {
        otherAnswers.isEmpty && (acknowledgedInAll...(acknowledgedInAll + unanswered)).contains(storedInAll)
    }

    var text: String {
        let others = otherAnswers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        return """
            Intake only (relay.intakeOnly): signed orders are stored, and not delivered.
            \(connections) connections, \(keepAlive ? "kept alive" : "one per request")\(tls ? " over TLS" : ""), \
            \(bodyBytes)-byte orders, \(signature.title), \(number(Double(backlog), 0)) undelivered before, \
            \(number(seconds, 1)) s

            acknowledged    \(number(acknowledgedPerSecond, 0))/s
            latency         p50 \(number(latency.p50Milliseconds, 2)) ms, p99 \(number(latency.p99Milliseconds, 2)) ms, \
            p99.9 \(number(latency.p999Milliseconds, 2)) ms, max \(number(latency.maxMilliseconds, 2)) ms
            other answers   \(others.isEmpty ? "none" : others); unanswered: \(unanswered)
            stored          \(storedInAll) of \(acknowledgedInAll) acknowledged, warm-up included
            CPU             server \(number(serverCPUSeconds, 2)) s, generator \(number(generatorCPUSeconds, 2)) s
            memory          \(number(idleResidentMiB, 1)) MiB idle, \(number(finalResidentMiB, 1)) MiB at the end
            start           \(number(secondsToReady * 1000, 0)) ms to ready
            \(rawText)
            \(isSound ? "" : "\nNOT SOUND: some orders were refused, or what is stored is not what was acknowledged.\n")
            """
    }

    private var rawText: String {
        guard rawEventsPerSecond > 0 else { return "raw SQLite      not measured" }
        return """
            raw SQLite      \(number(rawEventsPerSecond, 0)) events/s in groups of \(GroupCommitRate.groupSize) \
            at synchronous=FULL, same disk
            ratio           \(number(ratio * 100, 0)) %
            """
    }

    static let tableHead =
        "conns  alive  TLS    bytes  signature    backlog   acked/s   p50 ms   p99 ms  server CPU/order  sound"

    var tableRow: String {
        let perOrder = serverCPUSeconds / max(acknowledgedPerSecond * seconds, 1) * 1e6
        return [
            column(String(connections), 5), column(keepAlive ? "yes" : "no", 6), column(tls ? "yes" : "no", 4),
            column(String(bodyBytes), 8),
            column(signature.rawValue, 10), column(String(backlog), 10), column(number(acknowledgedPerSecond, 0), 9),
            column(number(latency.p50Milliseconds, 2), 8), column(number(latency.p99Milliseconds, 2), 8),
            column(number(perOrder, 1) + " µs", 17), column(isSound ? "yes" : "NO", 6),
        ].joined(separator: " ")
    }
}

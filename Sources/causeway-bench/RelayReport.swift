import Foundation

/// What `relay` found. The JSON of `--json` has these keys.
struct RelayReport: Encodable {
    struct CPU: Encodable {
        /// Cores kept busy, on average.
        var relayCores, farSideCores: Double
    }

    struct Latency: Encodable {
        var p50Milliseconds, p95Milliseconds, p99Milliseconds, maxMilliseconds: Double

        init(_ histogram: LatencyHistogram) {
            func milliseconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e6 }
            p50Milliseconds = milliseconds(histogram.percentile(0.5))
            p95Milliseconds = milliseconds(histogram.percentile(0.95))
            p99Milliseconds = milliseconds(histogram.percentile(0.99))
            maxMilliseconds = milliseconds(histogram.largest)
        }

        var text: String {
            "p50 \(number(p50Milliseconds, 2)) ms, p95 \(number(p95Milliseconds, 2)) ms, "
                + "p99 \(number(p99Milliseconds, 2)) ms, max \(number(maxMilliseconds, 1)) ms"
        }
    }

    struct Paced: Encodable {
        var ordersPerSecond: Double
        /// From acknowledgement to done.
        var latency: Latency
        var failed: Int
        var cpu: CPU

        init(ordersPerSecond: Double, latency: LatencyHistogram, failed: Int, cpu: CPU) {
            self.ordersPerSecond = ordersPerSecond
            self.latency = Latency(latency)
            self.failed = failed
            self.cpu = cpu
        }
    }

    struct Sustained: Encodable {
        var ordersPerSecond: Double
        var failed: Int
        var cpu: CPU
        var residentMiB: Double
    }

    struct Claims: Encodable {
        var waiting: Int
        var claim, nextDue: Latency

        init(waiting: Int, claim: LatencyHistogram, nextDue: LatencyHistogram) {
            self.waiting = waiting
            self.claim = Latency(claim)
            self.nextDue = Latency(nextDue)
        }
    }

    struct Restart: Encodable {
        var undelivered: Int
        var millisecondsToReady, millisecondsToReadyAfterKill: Double
        var largestResidentMiB: Double
        var watchedSeconds: Double
        var cores: Double
    }

    var answerMilliseconds: Int
    var concurrency: Int
    var paced: Paced?
    var sustained: Sustained?
    var claims: [Claims] = []
    var restart: Restart?

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    var text: String {
        var lines = [
            "Orders of four calls each; the far side answers in \(answerMilliseconds) ms; "
                + "\(concurrency) deliveries at work at most.", "",
        ]
        if let paced {
            lines += [
                "at \(number(paced.ordersPerSecond, 0)) orders/s    acknowledgement to done: \(paced.latency.text)",
                "                   \(cores(paced.cpu)); failed: \(paced.failed)",
            ]
        }
        if let sustained {
            lines += [
                "sustained          \(number(sustained.ordersPerSecond, 0)) orders/s; \(cores(sustained.cpu)); "
                    + "failed: \(sustained.failed); \(number(sustained.residentMiB, 1)) MiB resident"
            ]
        }
        for claims in claims {
            lines += [
                "\(column(number(Double(claims.waiting), 0), 10)) waiting claim of 8: \(claims.claim.text)",
                "                   next due:   \(claims.nextDue.text)",
            ]
        }
        if let restart {
            lines += [
                "restart            \(number(restart.millisecondsToReady, 0)) ms to ready with "
                    + "\(number(Double(restart.undelivered), 0)) undelivered, "
                    + "\(number(restart.millisecondsToReadyAfterKill, 0)) ms after SIGKILL",
                "memory             \(number(restart.largestResidentMiB, 1)) MiB at most in "
                    + "\(number(restart.watchedSeconds, 0)) s with this backlog while the far side is away; "
                    + "\(number(restart.cores, 2)) cores busy",
            ]
        }
        return lines.joined(separator: "\n")
    }

    private func cores(_ cpu: CPU) -> String {
        "cores busy: relay \(number(cpu.relayCores, 2)), far side \(number(cpu.farSideCores, 2))"
    }
}

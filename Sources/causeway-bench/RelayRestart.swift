import Foundation
import Glibc

/// The real program, killed and started again with its backlog, while the far side is away: how soon it is ready,
/// and how much memory it takes.
struct RelayRestart {
    let executable: String
    /// With a filled `causeway.db`.
    let folder: String
    let count: Int
    let farSideURL: String
    let watchSeconds: Double

    private static let sampleMicroseconds: useconds_t = 50_000

    func measure() throws -> RelayReport.Restart {
        let server = try ServerProcess(
            executable: executable, folder: folder, signature: "hmacSecret: not-used-by-relay")
        try configuration(server).write(toFile: folder + "/causeway.yaml", atomically: true, encoding: .utf8)
        defer { server.stop() }
        try server.start()
        let first = server.secondsToReady
        usleep(1_000_000)
        server.cutOff()
        try server.start()
        var largest = server.residentKiB
        let end = monotonicNanoseconds() + UInt64(watchSeconds * 1e9)
        let cpu = server.cpuSeconds
        while monotonicNanoseconds() < end {
            largest = max(largest, server.residentKiB)
            usleep(Self.sampleMicroseconds)
        }
        try refuseParked()
        return RelayReport.Restart(
            undelivered: count, millisecondsToReady: first * 1000,
            millisecondsToReadyAfterKill: server.secondsToReady * 1000, largestResidentMiB: Double(largest) / 1024,
            watchedSeconds: watchSeconds, cores: watchSeconds > 0 ? (server.cpuSeconds - cpu) / watchSeconds : 0)
    }

    /// A backlog that is parked while it is watched keeps the program busy with what no outage asks of it.
    private func refuseParked() throws {
        let file = try SQLiteFile(path: folder + "/causeway.db")
        defer { file.close() }
        let parked = try file.integer("SELECT coalesce(sum(count), 0) FROM lane_count WHERE state = 'parked'")
        guard parked == 0 else { throw BenchError.server("\(parked) orders of the backlog are parked, not waiting") }
    }

    private func configuration(_ server: ServerProcess) -> String {
        """
        server: { host: 127.0.0.1, port: \(server.port) }
        store: { sqlite: "\(server.storePath)" }
        relay: { retry: { firstWait: 1s } }
        log: { level: error }
        commerce:
          baseURL: \(farSideURL)/away
          auth: { bearer: { token: not-used } }
          webhooks: { signatures: [ { hmacSecret: not-used-by-the-relay } ] }
        dynamics:
          environment: \(farSideURL)/away
          auth:
            clientSecret: { tenant: away, clientID: away, clientSecret: not-used, authority: \(farSideURL)/away }
          businessEvents: { tokens: [ not-used-by-the-relay ] }
        legalEntities: { default: usmf }
        orders: { site: "1", warehouse: "11" }

        """
    }
}

extension ServerProcess {
    /// SIGKILL.
    func cutOff() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

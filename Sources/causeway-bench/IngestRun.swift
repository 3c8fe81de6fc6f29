import Cryptography
import Foundation
import GRDBSQLite
import Glibc

/// One gateway with a store of its own, loaded once.
struct IngestRun {
    private static let drainSeconds = 5.0

    let setup: IngestSetup
    let executable: String
    /// Empty; on the disk to be measured.
    let folder: String

    func measure() throws -> IngestReport {
        let keys = try Keys(setup.signature, folder: folder)
        let server = try ServerProcess(
            executable: executable, folder: folder, signature: keys.configuration, usesTLS: setup.usesTLS)
        defer { server.stop() }
        if setup.backlog > 0 { try fillStore(of: server, keys) }
        try server.start()
        let idle = server.residentKiB
        var template = try template(keys, port: server.port)
        // The backlog was made of order 1.
        if setup.backlog > 0 { template.number = 1 }
        var generator = try LoadGenerator(
            port: server.port, connections: setup.connections, source: template, keepsAlive: setup.keepsAlive,
            tls: server.tls)
        defer { generator.close() }
        var marks: [(server: Double, generator: Double)] = []
        let load = try generator.run(warmUp: setup.warmUp, seconds: setup.seconds, drain: Self.drainSeconds) {
            marks.append((server.cpuSeconds, ownCPUSeconds()))
        }
        let final = server.residentKiB
        server.stop()
        let stored = try Self.storedEvents(server.storePath) - setup.backlog
        let raw =
            setup.rawSeconds > 0
            ? try GroupCommitRate.measure(
                path: folder + "/raw.db", bodySize: template.body.count, seconds: setup.rawSeconds) : 0
        return IngestReport(
            connections: setup.connections, keepAlive: setup.keepsAlive, tls: setup.usesTLS,
            bodyBytes: template.body.count,
            signature: setup.signature, backlog: setup.backlog, seconds: Double(load.measuredNanoseconds) / 1e9,
            acknowledgedPerSecond: load.perSecond, latency: IngestReport.Latency(load.latencies),
            otherAnswers: Dictionary(uniqueKeysWithValues: load.otherAnswers.map { (String($0), $1) }),
            unanswered: load.unanswered, acknowledgedInAll: load.acknowledgedInAll, storedInAll: stored,
            serverCPUSeconds: marks[1].server - marks[0].server,
            generatorCPUSeconds: marks[1].generator - marks[0].generator, secondsToReady: server.secondsToReady,
            idleResidentMiB: Double(idle) / 1024, finalResidentMiB: Double(final) / 1024, rawEventsPerSecond: raw,
            ratio: raw > 0 ? load.perSecond / raw : 0)
    }

    private func template(_ keys: Keys, port: UInt16) throws -> OrderTemplate {
        func template(_ signer: OrderSigner) -> OrderTemplate {
            OrderTemplate(
                signer: signer, host: "127.0.0.1:\(port)", size: setup.size, keepsAlive: setup.keepsAlive)
        }
        switch keys {
        case .hmac(let secret): return template(.hmac(key: Array(secret.utf8)))
        case .rsa(let key, _):
            return template(
                try OrderSigner.presigning(setup.presigned, of: template(.presigned([])), with: key))
        }
    }

    /// One order that came by HTTP is the pattern of them all.
    private func fillStore(of server: ServerProcess, _ keys: Keys) throws {
        try server.start()
        var one = setup
        (one.presigned, one.keepsAlive) = (1, false)
        var pattern = try IngestRun(setup: one, executable: executable, folder: folder)
            .template(keys, port: server.port)
        guard pattern.advance() else { throw BenchError.server("the pattern of the backlog is not signed") }
        try server.post(pattern.head, pattern.body)
        server.stop()
        try Backlog.fill(storeAt: server.storePath, count: setup.backlog)
    }

    private static func storedEvents(_ path: String) throws -> Int {
        let file = try SQLiteFile(path: path, flags: SQLITE_OPEN_READWRITE)
        defer { file.close() }
        return try file.integer("SELECT count(*) FROM event")
    }
}

extension IngestRun {
    /// What orders are signed with, and what the gateway must know of it.
    private enum Keys {
        case hmac(secret: String)
        case rsa(RSAPrivateKey, publicKeyPath: String)

        init(_ signature: IngestSetup.Signature, folder: String) throws {
            switch signature {
            case .hmac: self = .hmac(secret: Hex.encode((0..<32).map { _ in .random(in: .min ... .max) }))
            case .rsa:
                let key = try RSAPrivateKey.generate(bits: 2048)
                let path = folder + "/commerce.pem"
                try key.publicKeyPEM.write(toFile: path, atomically: true, encoding: .utf8)
                self = .rsa(key, publicKeyPath: path)
            }
        }

        /// An entry of `commerce.webhooks.signatures`.
        var configuration: String {
            switch self {
            case .hmac(let secret): "hmacSecret: \"\(secret)\", signs: rawBody"
            case .rsa(_, let path): "rsaPublicKey: \"\(path)\""
            }
        }
    }
}

/// User and system time of this process.
func ownCPUSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

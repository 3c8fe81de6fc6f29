import Foundation
import Glibc

/// The gateway under test, as a process of its own with a configuration and a store in a folder of its own.
final class ServerProcess {
    let port: UInt16
    let storePath: String
    /// From the start of the process to the first 200 of `/health/ready`.
    private(set) var secondsToReady = 0.0

    private(set) var process = Process()
    private let executableURL: URL
    private let configurationPath: String
    private let logPath: String
    private static let readyWithin = 15.0
    private static let stopWithin = 30.0
    /// Milliseconds.
    private static let answersWithin: Int32 = 2000
    /// What connections to it need; `nil` if it speaks plain HTTP.
    let tls: TLSClient?

    /// - Parameters:
    ///   - folder: Holds configuration, store and log; a store that is there already is used.
    ///   - signature: An entry of `commerce.webhooks.signatures`.
    ///   - usesTLS: With a certificate made for this run.
    init(executable: String, folder: String, signature: String, usesTLS: Bool = false) throws {
        guard FileManager.default.isExecutableFile(atPath: executable) else {
            throw BenchError.server("\(executable) is not there; build it, or name it with --causeway.")
        }
        port = try Self.freePort()
        tls = usesTLS ? try TLSClient() : nil
        let certificate = usesTLS ? try SelfSignedCertificate(folder: folder) : nil
        storePath = folder + "/causeway.db"
        logPath = folder + "/serve.log"
        let configuration = folder + "/causeway.yaml"
        try Self.configuration(port: port, certificate, storePath: storePath, signature: signature)
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        executableURL = URL(fileURLWithPath: executable)
        configurationPath = configuration
        guard FileManager.default.createFile(atPath: logPath, contents: nil) else {
            throw BenchError.server("cannot write \(logPath)")
        }
    }

    /// May be called again after `stop`: the store stays.
    func start() throws {
        process = Process()
        process.executableURL = executableURL
        process.arguments = ["serve", "--config", configurationPath]
        let log = FileHandle(forWritingAtPath: logPath)
        process.standardOutput = log
        process.standardError = log
        let start = monotonicNanoseconds()
        do {
            try process.run()
        } catch {
            throw BenchError.server("cannot start the server: \(error.localizedDescription)")
        }
        while true {
            secondsToReady = Double(monotonicNanoseconds() - start) / 1e9
            if isReady() { return }
            guard process.isRunning else { throw BenchError.server("the server ended at its start:\n\(logText)") }
            guard secondsToReady < Self.readyWithin else {
                stop()
                throw BenchError.server("the server is not ready after \(Int(Self.readyWithin)) s:\n\(logText)")
            }
            usleep(5000)
        }
    }

    /// Asks it to stop, and ends it if it does not.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        let end = monotonicNanoseconds() + UInt64(Self.stopWithin * 1e9)
        while process.isRunning, monotonicNanoseconds() < end { usleep(20_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// User and system time used so far, in seconds.
    var cpuSeconds: Double {
        // proc(5): utime and stime are fields 14 and 15; the second field may hold spaces and ends with ")".
        let stat = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Open descriptors.
    var descriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd").count) ?? 0
    }

    var residentKiB: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }

    private var logText: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

    private func isReady() -> Bool {
        let request = "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n"
        return (try? exchange(Array(request.utf8)).starts(with: Array("HTTP/1.1 200".utf8))) ?? false
    }

    /// One small request and its answer, as both stand on the wire.
    func exchange(_ request: [UInt8]) throws -> [UInt8] {
        var connection = try LoadConnection(port: port, tls: tls)
        defer { connection.close() }
        guard let answer = try connection.exchange(request, within: Self.answersWithin), !answer.isEmpty else {
            throw BenchError.server("the server does not answer:\n\(logText)")
        }
        return answer
    }

    /// - Throws: if the answer is not 200.
    func post(_ head: [UInt8], _ body: [UInt8]) throws {
        let answer = try exchange(head + body)
        guard answer.starts(with: Array("HTTP/1.1 200".utf8)) else {
            throw BenchError.server("the server refuses an order:\n\(String(decoding: answer, as: UTF8.self))")
        }
    }

    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isBound else { throw BenchError.last("bind") }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func configuration(
        port: UInt16, _ certificate: SelfSignedCertificate?, storePath: String, signature: String
    ) -> String {
        let tls = certificate.map { ", tls: \($0.configuration)" } ?? ""
        return """
            server: { host: 127.0.0.1, port: \(port)\(tls) }
            store: { sqlite: "\(storePath)" }
            relay: { intakeOnly: true }
            log: { level: warning }
            commerce:
              baseURL: https://shop.example.com
              auth: { bearer: { token: not-used-by-the-intake } }
              webhooks: { signatures: [ { \(signature) } ] }
            dynamics:
              environment: https://contoso.operations.dynamics.com
              auth: { clientSecret: { tenant: example.com, clientID: not-used, clientSecret: not-used } }
              businessEvents: { tokens: [ not-used-by-the-intake ] }
            legalEntities: { default: usmf }

            """
    }
}

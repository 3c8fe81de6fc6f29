import Foundation
import Glibc
import TestSupport

/// The `openssl` command as an HTTPS server on 127.0.0.1, with a certificate of its own for that address.
struct TLSServer {
    let port: UInt16
    /// PEM file of the certificate, for those who want to trust it.
    let certificate: String
    /// What it prints: notes of its own, and what clients send unless it answers by itself.
    let output: FileHandle
    private let process: ChildProcess
    private let folder: URL

    struct NotStarted: Error { let output: String }

    static let isAvailable = FileManager.default.isExecutableFile(atPath: executable)
    private static let executable = "/usr/bin/openssl"

    /// - Parameters:
    ///   - options: Further options of `openssl s_server`.
    ///   - input: What it sends to clients; without one it answers HTTP requests by itself.
    ///   - pair: PEM files of a certificate and its key, instead of one made for `subject`.
    init(
        subject: String = "IP:127.0.0.1", options: [String] = [], input: FileHandle? = nil,
        pair: (certificate: String, key: String)? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "causeway-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = pair?.certificate ?? folder.appending(path: "certificate.pem").path
        let key = pair?.key ?? folder.appending(path: "key.pem").path
        let request = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
            "-subj", "/CN=causeway test", "-addext", "subjectAltName=\(subject)",
        ]
        if pair == nil { try ChildProcess(TLSServer.executable, request).waitUntilExit() }

        let output = Pipe()
        process = try ChildProcess(
            TLSServer.executable,
            ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key] + options
                + (input == nil ? ["-www"] : []),
            input: input.map { .descriptor($0.fileDescriptor) } ?? .null,
            output: .descriptor(output.fileHandleForWriting.fileDescriptor))
        // Only the child writes into it, so that its end is the end.
        try output.fileHandleForWriting.close()
        self.output = output.fileHandleForReading
        port = try TLSServer.port(from: self.output)
    }

    func stop() {
        process.send(SIGTERM)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The server names the port that the system chose: `ACCEPT 127.0.0.1:43210`.
    private static func port(from output: FileHandle) throws -> UInt16 {
        var text = ""
        while case let data = output.availableData, !data.isEmpty {
            text += String(decoding: data, as: UTF8.self)
            guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT ") }), text.last == "\n",
                let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
            else { continue }
            return port
        }
        throw NotStarted(output: text)
    }
}

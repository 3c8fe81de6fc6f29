import Foundation
import Glibc

/// A scripted mail server behind TLS: the `openssl` command takes the connection, the script is played through its
/// standard input and output.
struct MailTLSServer {
    let tls: TLSServer
    private let input = Pipe()
    let log = SMTPServer.SharedLog()

    /// - Parameter greets: `false` for what comes after STARTTLS.
    init(_ script: SMTPScript, greets: Bool, subject: String = "IP:127.0.0.1") throws {
        tls = try TLSServer(subject: subject, input: input.fileHandleForReading)
        try input.fileHandleForReading.close()
        let (source, target) = (tls.output.fileDescriptor, input.fileHandleForWriting.fileDescriptor)
        let thread = Thread { [log] in
            _ = SMTPSession(script, log: log, greets: greets).run(reading: source, writing: target)
        }
        thread.start()
    }

    func stop() { tls.stop() }
}

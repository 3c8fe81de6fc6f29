import Foundation
import Synchronization

/// All that a sender of mails needs of the network; tests script it.
public protocol MailSending: Sendable {
    func send(_ message: MailMessage) async throws(MailError) -> MailReceipt
}

/// SMTP (RFC 5321) over libcurl: one connection for each mail, TLS 1.2 or newer, certificates always verified.
///
/// For the few mails of a program that has something to say, not for mass mailings: a mail blocks a thread of its own
/// until the server has taken or refused it.
public final class MailTransport: MailSending {
    /// Mails under way at once; more are refused as not connected.
    public static let maxMails = 4
    /// For name look-up, TCP and TLS together.
    public static let connectTimeout = Duration.seconds(10)

    private let server: MailServer
    private let timeout: Duration
    private let underWay = Mutex(0)

    /// - Parameter timeout: From the first attempt to connect to the server's word that it has taken the mail.
    public init(_ server: MailServer, timeout: Duration = .seconds(60)) {
        self.server = server
        self.timeout = timeout
    }

    public func send(_ message: MailMessage) async throws(MailError) -> MailReceipt {
        guard !message.to.isEmpty else { throw .invalidServer("a mail needs at least one recipient") }
        let hasRoom = underWay.withLock { count in
            guard count < MailTransport.maxMails else { return false }
            count += 1
            return true
        }
        guard hasRoom else { throw .notConnected("\(MailTransport.maxMails) mails are under way already") }
        defer { underWay.withLock { $0 -= 1 } }
        let isCancelled = MailTransfer.Flag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let thread = Thread { [server, timeout] in
                    CurlLibrary.blockBrokenPipeSignal()
                    let transfer = MailTransfer(message, to: server, isCancelled: isCancelled)
                    continuation.resume(
                        returning: transfer.run(timeout: timeout, connectTimeout: MailTransport.connectTimeout))
                }
                thread.name = "causeway.mail"
                thread.start()
            }
        } onCancel: {
            isCancelled.set()
        }
        return try result.get()
    }
}

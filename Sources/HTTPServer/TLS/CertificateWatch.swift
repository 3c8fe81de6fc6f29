import Dispatch
import Logging

/// Reloads certificates whose files change, and says so in the log.
///
/// By looking at the files' status now and then rather than by inotify: tools renew certificates by turning a link, of
/// the file or of a folder above it, which a watch on the file does not see; and nobody is in a hurry.
///
/// `@unchecked Sendable`: `timer` is written once, by `init`; the rest is constant. All work happens on `queue`.
final class CertificateWatch: @unchecked Sendable {
    private let queue = DispatchQueue(label: "http.certificates")
    private let credentials: [(listener: String, credentials: TLSCredentials)]
    private let logger: Logger
    private let timer: any DispatchSourceTimer

    init(_ credentials: [(listener: String, credentials: TLSCredentials)], interval: Duration, logger: Logger) {
        self.credentials = credentials
        self.logger = logger
        timer = DispatchSource.makeTimerSource(queue: queue)
        let nanoseconds = DispatchTimeInterval.nanoseconds(Int(clamping: interval.nanoseconds))
        timer.schedule(deadline: .now() + nanoseconds, repeating: nanoseconds, leeway: .milliseconds(100))
        timer.setEventHandler { [weak self] in self?.look() }
        for entry in credentials { warn(entry.listener, entry.credentials) }
        timer.activate()
    }

    func stop() { timer.cancel() }

    /// Reads all files again, changed or not. Returns when that is done.
    func reload() async {
        await withCheckedContinuation { continuation in
            queue.async {
                for entry in self.credentials { self.report(entry.listener, entry.credentials.reload()) }
                continuation.resume()
            }
        }
    }

    private func look() {
        for entry in credentials { report(entry.listener, entry.credentials.reloadIfChanged()) }
    }

    private func report(_ listener: String, _ outcome: TLSCredentials.Outcome) {
        switch outcome {
        case .unchanged: break
        case .reloaded(let status):
            logger.notice(
                "certificate reloaded",
                metadata: ["listener": "\(listener)", "expiresInDays": "\(Self.days(until: status.expiresAt))"])
        case .refused(let error):
            logger.error(
                "certificate not reloaded; the one in use stays: \(error)", metadata: ["listener": "\(listener)"])
        }
    }

    private func warn(_ listener: String, _ credentials: TLSCredentials) {
        guard !credentials.status.wasCurrent else { return }
        logger.warning(
            "the certificate has expired or is not valid yet; clients that check it will not connect",
            metadata: ["listener": "\(listener)", "file": "\(credentials.configuration.certificate)"])
    }

    private static func days(until time: Int) -> Int { (time - SystemCalls.unixNow()) / 86400 }
}

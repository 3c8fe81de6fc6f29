import HTTPClient
import HTTPTypes
import Logging
import Relay

/// Adobe's second way to ask whether an address is right: it posts an address of its own, which somebody has to call
/// within five minutes.
///
/// Anybody can post such a thing, so nothing is called but Adobe's own address, and that rarely.
actor EventRegistration {
    static let prefix = "https://csm.adobe.io/csm/registrations/validate?"
    static let longestURL = 1024
    /// Between two calls; what is asked for meanwhile is forgotten, and Adobe asks again.
    static let leastPause = Duration.seconds(10)
    private static let timeout = Duration.seconds(10)

    private let transport: any HTTPTransport
    private let clock: any WallClock
    private let logger: Logger
    private var lastCall: Duration?

    init(transport: any HTTPTransport, clock: any WallClock, logger: Logger) {
        self.transport = transport
        self.clock = clock
        self.logger = logger
    }

    /// Calls the address, without making the sender wait for it.
    /// - Returns: Whether it is Adobe's.
    func confirm(_ url: String) -> Bool {
        guard url.hasPrefix(Self.prefix), url.utf8.count <= Self.longestURL,
            url.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return false }
        let now = clock.uptime()
        if let lastCall, now < lastCall + Self.leastPause { return true }
        lastCall = now
        let (transport, logger) = (transport, logger)
        Task {
            do throws(TransportError) {
                let answer = try await transport.send(
                    OutboundRequest(method: .get, url: url, timeout: Self.timeout, maxResponseBytes: 64 << 10))
                logger.notice(
                    "Adobe asked whether this address takes its events; it was told so",
                    metadata: ["status": "\(answer.status)"])
            } catch {
                logger.warning("Adobe's registration could not be confirmed", metadata: ["error": "\(error)"])
            }
        }
        return true
    }
}

import CCurl
import Glibc

/// The one thread that runs libcurl: takes letters, moves bytes, sends answers back. Nothing of it is shared.
final class CurlLoop {
    private let configuration: TransportConfiguration
    private let mailbox: Mailbox
    /// By easy handle, as libcurl names a transfer that has ended.
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    private var turnstile: Turnstile<Exchange>
    private var spareHandles: [EasyHandle] = []

    /// Handles kept for later requests. Each takes some kilobytes.
    private static let maxSpareHandles = 32
    /// Upper bound of one wait; deadlines and letters end it earlier.
    private static let longestWait = Duration.seconds(60)

    init(configuration: TransportConfiguration, mailbox: Mailbox) {
        self.configuration = configuration
        self.mailbox = mailbox
        turnstile = Turnstile(
            maxPerDestination: configuration.maxConnectionsPerHost, maxTotal: configuration.maxConnections)
    }

    /// Returns when the mailbox closes.
    func run() {
        CurlLibrary.blockBrokenPipeSignal()
        if CurlLibrary.isReady, let multi = curl_multi_init() {
            // How many connections are kept; how many there can be at once follows from the turnstile.
            curl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, max(1, configuration.maxConnections))
            mailbox.attach(Mailbox.Waker(multi))
            while !takeLetters(multi) {
                expireDeadlines(multi)
                admit(multi)
                var running: Int32 = 0
                curl_multi_perform(multi, &running)
                takeResults(multi)
                // Whoever is let in now is taken up at once: adding a transfer leaves libcurl nothing to wait for.
                admit(multi)
                curl_multi_poll(multi, nil, 0, millisecondsToWait(), nil)
            }
            for transfer in transfers.values { end(transfer, multi, .failure(.cancelled)) }
            for exchange in turnstile.withdraw(where: { _ in true }) { answer(exchange, .failure(.cancelled)) }
            refuse(mailbox.detach())
            spareHandles = []
            curl_multi_cleanup(multi)
        } else {
            refuse(mailbox.detach())
        }
        mailbox.over()
    }

    /// - Returns: Whether the mailbox closes.
    private func takeLetters(_ multi: UnsafeMutableRawPointer) -> Bool {
        let delivery = mailbox.collect()
        for letter in delivery.letters {
            switch letter {
            case .start(let exchange):
                turnstile.arrive(exchange, for: exchange.head.destination)
            case .cancel(let id):
                if let transfer = transfers.values.first(where: { $0.exchange.id == id }) {
                    end(transfer, multi, .failure(.cancelled))
                }
                for exchange in turnstile.withdraw(where: { $0.id == id }) { answer(exchange, .failure(.cancelled)) }
            }
        }
        return delivery.isClosing
    }

    private func admit(_ multi: UnsafeMutableRawPointer) {
        while let exchange = turnstile.admit() {
            guard let refusal = start(exchange, multi) else { continue }
            turnstile.leave(exchange.head.destination)
            answer(exchange, .failure(.notConnected(refusal)))
        }
    }

    /// - Returns: Why libcurl does not take the transfer, or `nil` if it does.
    private func start(_ exchange: Exchange, _ multi: UnsafeMutableRawPointer) -> String? {
        guard let easy = spareHandles.popLast() ?? EasyHandle() else { return "no memory for another transfer" }
        let transfer = Transfer(exchange, on: easy)
        do {
            try easy.configure(configuration)
            try easy.configure(exchange.route, configuration)
            try easy.configure(exchange.head, body: exchange.body)
            try transfer.connectCallbacks()
        } catch {
            return "libcurl can't be set up: \(String(cString: curl_easy_strerror(error.code)))"
        }
        guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
            return "libcurl takes no more transfers"
        }
        transfers[easy.pointer] = transfer
        return nil
    }

    private func expireDeadlines(_ multi: UnsafeMutableRawPointer) {
        let now = ContinuousClock.now
        for transfer in transfers.values where transfer.exchange.deadline <= now {
            let destination = transfer.exchange.head.destination
            let error = TransferFailure.deadlinePassed(sends: transfer.sends, destination: destination)
            end(transfer, multi, .failure(error))
        }
        for exchange in turnstile.withdraw(where: { $0.deadline <= now }) {
            let error = TransferFailure.deadlinePassed(sends: 0, destination: exchange.head.destination)
            answer(exchange, .failure(error))
        }
    }

    private func takeResults(_ multi: UnsafeMutableRawPointer) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE, let transfer = message.easy_handle.flatMap({ transfers[$0] }) else {
                continue
            }
            end(transfer, multi, transfer.result(message.data.result))
        }
    }

    private func end(
        _ transfer: Transfer, _ multi: UnsafeMutableRawPointer, _ result: Result<OutboundResponse, TransportError>
    ) {
        transfers[transfer.easy.pointer] = nil
        curl_multi_remove_handle(multi, transfer.easy.pointer)
        transfer.easy.reset()
        if spareHandles.count < CurlLoop.maxSpareHandles { spareHandles.append(transfer.easy) }
        turnstile.leave(transfer.exchange.head.destination)
        answer(transfer.exchange, result)
    }

    private func answer(_ exchange: Exchange, _ result: Result<OutboundResponse, TransportError>) {
        mailbox.finished()
        exchange.reply.resume(returning: result)
    }

    private func refuse(_ letters: [Mailbox.Letter]) {
        for case .start(let exchange) in letters {
            answer(exchange, .failure(.notConnected("the client is closed")))
        }
    }

    private func millisecondsToWait() -> Int32 {
        let now = ContinuousClock.now
        let underWay = transfers.values.lazy.map(\.exchange.deadline).min() ?? now + CurlLoop.longestWait
        let waiting = turnstile.waiting.lazy.map(\.element.deadline).min() ?? underWay
        let wait = min(underWay, waiting, now + CurlLoop.longestWait) - now
        return Int32(max(.zero, wait).wholeMilliseconds)
    }
}

/// The process-wide part of libcurl.
enum CurlLibrary {
    /// Initialised once, by whoever asks first; the others wait for it.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

    /// For the calling thread, which is libcurl's own. With `CURLOPT_NOSIGNAL` libcurl leaves signals alone, and
    /// OpenSSL writes to sockets in a way that raises `SIGPIPE` when the other side has gone. Blocked on this thread,
    /// the write fails with an error instead.
    static func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

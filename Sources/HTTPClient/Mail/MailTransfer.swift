import CCurl
import Synchronization

/// One mail inside libcurl. Lives on one thread, which it blocks.
final class MailTransfer {
    private let server: MailServer
    private let message: MailMessage
    private let isCancelled: Flag
    private var rest: ArraySlice<UInt8>
    private var replies = MailReplies()
    /// What had been refused when the mail began to be sent; `nil` up to then. From then on the server may have
    /// taken it.
    private var complaintsBefore: Int?

    /// Set by the caller, read by libcurl's thread.
    final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }

    init(_ message: MailMessage, to server: MailServer, isCancelled: Flag) {
        self.server = server
        self.message = message
        self.isCancelled = isCancelled
        rest = message.bytes[...]
    }

    /// Returns when the mail was taken or refused, or the time is up.
    func run(timeout: Duration, connectTimeout: Duration) -> Result<MailReceipt, MailError> {
        guard CurlLibrary.isReady, let easy = EasyHandle() else {
            return .failure(.notConnected("no memory for another transfer"))
        }
        do {
            try configureConnection(easy, timeout, connectTimeout)
            try configureMessage(easy)
            try connectCallbacks(easy)
        } catch {
            return .failure(.notConnected("libcurl can't be set up: \(MailTransfer.text(error.code))"))
        }
        // The callbacks reach this object through a raw pointer.
        return withExtendedLifetime(self) { result(curl_easy_perform(easy.pointer), easy.errorText) }
    }

    private func configureConnection(
        _ easy: EasyHandle, _ timeout: Duration, _ connectTimeout: Duration
    ) throws(EasyHandle.SetupFailure) {
        try easy.collectErrorText()
        try easy.set(CURLOPT_NOSIGNAL, 1)
        try easy.set(CURLOPT_QUICK_EXIT, 1)
        try easy.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // An empty proxy is none, also not one from the environment.
        try easy.set(CURLOPT_PROXY, "")
        try easy.set(CURLOPT_URL, server.url)
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, connectTimeout.wholeMilliseconds))
        try easy.set(CURLOPT_TIMEOUT_MS, max(1, timeout.wholeMilliseconds))
        try easy.set(CURLOPT_USE_SSL, Int(server.security.level.rawValue))
        try easy.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        try easy.set(CURLOPT_SSL_VERIFYPEER, 1)
        try easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let caBundle = server.caBundle { try easy.set(CURLOPT_CAINFO, caBundle) }
        if let login = server.login {
            try easy.set(CURLOPT_USERNAME, login.user)
            try easy.set(CURLOPT_PASSWORD, login.password)
        }
    }

    private func configureMessage(_ easy: EasyHandle) throws(EasyHandle.SetupFailure) {
        try easy.set(CURLOPT_UPLOAD, 1)
        try easy.set(CURLOPT_MAIL_FROM, "<\(message.from.address)>")
        try easy.setList(CURLOPT_MAIL_RCPT, message.to.map { "<\($0.address)>" })
        // One wrong recipient must not keep the others from hearing.
        try easy.check(curl_easy_setopt_allow_failing_recipients(easy.pointer))
    }

    private func connectCallbacks(_ easy: EasyHandle) throws(EasyHandle.SetupFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_READDATA, context)
        try easy.set(CURLOPT_HEADERDATA, context)
        try easy.set(CURLOPT_XFERINFODATA, context)
        try easy.set(CURLOPT_NOPROGRESS, 0)
        let read = curl_easy_setopt_read(easy.pointer, CURLOPT_READFUNCTION) { bytes, size, count, context in
            MailTransfer.at(context)?.give(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        try easy.check(read)
        // libcurl hands replies of the server over as if they were header lines.
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            MailTransfer.at(context)?.replies.consume(String(decoding: line, as: UTF8.self))
            return line.count
        }
        // Called about once a second; anything but 0 ends the transfer.
        let progress = curl_easy_setopt_progress(easy.pointer, CURLOPT_XFERINFOFUNCTION) { context, _, _, _, _ in
            MailTransfer.at(context)?.isCancelled.isSet == true ? 1 : 0
        }
        try easy.check(progress)
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> MailTransfer? {
        context.map { Unmanaged<MailTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        if complaintsBefore == nil { complaintsBefore = replies.complaints.count }
        let part = rest.prefix(buffer.count)
        buffer.copyBytes(from: part)
        rest = rest.dropFirst(part.count)
        return part.count
    }

    /// - Parameter detail: libcurl's own words, or empty.
    private func result(_ code: CURLcode, _ detail: String) -> Result<MailReceipt, MailError> {
        if code == CURLE_OK {
            return .success(MailReceipt(reply: replies.last ?? "", complaints: replies.complaints))
        }
        if code == CURLE_ABORTED_BY_CALLBACK { return .failure(.cancelled) }
        let words = detail.isEmpty ? MailTransfer.text(code) : detail
        if code == CURLE_LOGIN_DENIED {
            let reply = replies.complaints.last ?? words
            return .failure(.refused("\(server.destination) refuses user or password: \(reply)"))
        }
        // Recipients that were refused before are not why a mail fails that was sent to the others.
        let complaint = replies.complaints.dropFirst(complaintsBefore ?? 0).last
        if let complaint, code != CURLE_USE_SSL_FAILED {
            return .failure(.refused("\(server.destination) said \(complaint)"))
        }
        return .failure(
            complaintsBefore == nil
                ? .notConnected("\(server.destination): \(words)")
                : .interrupted("\(server.destination): \(MailTransfer.text(code))"))
    }

    private static func text(_ code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }
}

extension MailServer.Security {
    fileprivate var level: curl_usessl {
        switch self {
        case .required: CURLUSESSL_ALL
        case .opportunistic: CURLUSESSL_TRY
        case .off: CURLUSESSL_NONE
        }
    }
}

import COpenSSL
import Glibc

/// TLS 1.2 or 1.3 over another transport, on OpenSSL. The handshake happens in the first reads.
final class TLSTransport: Transport {
    /// How much of a response goes into one write: the largest record (RFC 8446 §5.1).
    private static let maxRecordBytes = 16 << 10
    /// The first byte of every TLS connection: the type of a handshake record.
    private static let handshakeRecord: UInt8 = 22

    private let base: any Transport
    private let context: TLSContext
    /// `nil` once it is freed, or if there was no memory for it.
    private var ssl: OpaquePointer?
    /// Whether the read that is under way has left nothing behind in `base`.
    private var baseIsDrained = false
    private var hasReceived = false
    private var isPlainText = false
    private var hasFailed = false
    private var isFinished = false
    private var closeNotifyIsDue = false
    /// Whether part of a record is kept by OpenSSL until the peer takes it.
    private var hasBlockedWrite = false

    private(set) var isEstablished = false
    private(set) var readAwaitsOutput = false
    private(set) var writeAwaitsInput = false
    private(set) var tls: TLSPeer?

    init(over base: any Transport, _ context: TLSContext) {
        self.base = base
        self.context = context
        ERR_clear_error()
        guard let ssl = SSL_new(context.pointer) else { return }
        guard let bio = TransportBIO.make(for: self) else {
            SSL_free(ssl)
            return
        }
        SSL_set_bio(ssl, bio, bio)
        SSL_set_accept_state(ssl)
        self.ssl = ssl
    }

    deinit { SSL_free(ssl) }

    var descriptor: Int32 { base.descriptor }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        // Nobody looks at what comes after the end of the last response, so it is not decrypted.
        if isFinished {
            sendCloseNotify()
            return base.read(into: buffer)
        }
        guard let ssl, !hasFailed else { return .failed(errno: EPIPE) }
        ERR_clear_error()
        readAwaitsOutput = false
        // Only what this call finds counts: since the one before, readiness may have been reported for more, while
        // records that were read ahead waited here.
        baseIsDrained = false
        if !isEstablished {
            let result = SSL_do_handshake(ssl)
            guard result == 1 else { return stopped(ssl, result) }
            isEstablished = true
            tls = TLSPeer(ssl)
        }
        var count = 0
        let result = SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count)
        guard result == 1 else { return stopped(ssl, result) }
        return .bytes(count, isDrained: baseIsDrained && SSL_has_pending(ssl) == 0)
    }

    private func stopped(_ ssl: OpaquePointer, _ result: Int32) -> ReadResult {
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .wouldBlock
        case SSL_ERROR_WANT_WRITE:
            readAwaitsOutput = true
            return .wouldBlock
        case SSL_ERROR_ZERO_RETURN: return .closed
        case SSL_ERROR_SYSCALL where !isPlainText:
            hasFailed = true
            return .closed
        default:
            hasFailed = true
            let reason = TLSFailure.drain()
            guard isPlainText else { return .refused(reason: reason) }
            answerPlainText()
            return .refused(reason: "no TLS")
        }
    }

    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> WriteResult {
        if second.isEmpty || first.count >= Self.maxRecordBytes { return write(first) }
        if first.isEmpty { return write(second) }
        // Head and body in one record: the copy is cheaper than another record and another system call. A write that
        // blocked is tried again with the same bytes, as OpenSSL demands, because the same parts are put together.
        let size = min(first.count + second.count, Self.maxRecordBytes)
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { record in
            record.copyMemory(from: first)
            UnsafeMutableRawBufferPointer(rebasing: record[first.count...])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: second[..<(size - first.count)]))
            return write(UnsafeRawBufferPointer(record))
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) -> WriteResult {
        guard let ssl, isEstablished, !hasFailed, !isFinished else { return .failed(errno: EPIPE) }
        ERR_clear_error()
        writeAwaitsInput = false
        var count = 0
        let result = SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &count)
        hasBlockedWrite = result != 1
        if result == 1 { return .bytes(count) }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_WRITE: return .wouldBlock
        case SSL_ERROR_WANT_READ:
            writeAwaitsInput = true
            return .wouldBlock
        default:
            hasFailed = true
            _ = TLSFailure.drain()
            return .failed(errno: EPIPE)
        }
    }

    func finishWriting() {
        isFinished = true
        closeNotifyIsDue = true
        sendCloseNotify()
    }

    /// Tells the peer that the stream ends here and was not cut (RFC 8446 §6.1), then ends it.
    private func sendCloseNotify() {
        guard closeNotifyIsDue else { return }
        readAwaitsOutput = false
        if let ssl, isEstablished, !hasFailed, !hasBlockedWrite {
            ERR_clear_error()
            let result = SSL_shutdown(ssl)
            if result < 0, SSL_get_error(ssl, result) == SSL_ERROR_WANT_WRITE {
                readAwaitsOutput = true
                return
            }
            _ = TLSFailure.drain()
        }
        closeNotifyIsDue = false
        base.finishWriting()
    }

    func close(reset: Bool) {
        if !reset, !isFinished, let ssl, isEstablished, !hasFailed, !hasBlockedWrite {
            ERR_clear_error()
            _ = SSL_shutdown(ssl)
            _ = TLSFailure.drain()
        }
        SSL_free(ssl)
        ssl = nil
        base.close(reset: reset)
    }

    /// Whoever speaks plain HTTP gets an answer that it can read.
    private func answerPlainText() {
        let answer = PlainTextAnswer.bytes(at: SystemCalls.unixNow())
        _ = answer.withUnsafeBytes { base.write($0, UnsafeRawBufferPointer(start: nil, count: 0)) }
    }
}

/// What OpenSSL calls.
extension TLSTransport {
    func receive(_ buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        let result = base.read(into: buffer)
        switch result {
        case .bytes(_, let isDrained):
            baseIsDrained = isDrained
            if !hasReceived {
                hasReceived = true
                isPlainText = buffer[0] != Self.handshakeRecord
                if isPlainText { return .failed(errno: EPROTO) }
            }
        case .wouldBlock, .closed, .failed, .refused: baseIsDrained = true
        }
        return result
    }

    func transmit(_ bytes: UnsafeRawBufferPointer) -> WriteResult {
        base.write(bytes, UnsafeRawBufferPointer(start: nil, count: 0))
    }
}

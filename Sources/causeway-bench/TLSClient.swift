import COpenSSL

/// The TLS side of the generator's connections. Certificates are not verified: the server under test has one that
/// it signed itself. Sessions are not resumed: a connection more is a whole handshake more.
final class TLSClient {
    private let context: OpaquePointer

    init() throws {
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw BenchError.tls("no context") }
        let mode = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS
        SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(mode), nil)
        self.context = context
    }

    deinit { SSL_CTX_free(context) }

    func connect(_ descriptor: Int32) throws -> TLSConnection {
        guard let ssl = SSL_new(context), SSL_set_fd(ssl, descriptor) == 1 else { throw BenchError.tls("no session") }
        SSL_set_connect_state(ssl)
        return TLSConnection(ssl)
    }
}

/// One connection, over a socket that does not block. The handshake happens in the first write.
final class TLSConnection {
    private let ssl: OpaquePointer
    /// Whether what could not be done waits for the socket to take output, and not for input.
    private(set) var awaitsOutput = false

    fileprivate init(_ ssl: OpaquePointer) { self.ssl = ssl }

    deinit { SSL_free(ssl) }

    /// - Returns: How many bytes were taken.
    func write(_ bytes: UnsafeRawBufferPointer) throws -> Int {
        var written = 0
        while written < bytes.count {
            var count = 0
            let result = SSL_write_ex(ssl, bytes.baseAddress?.advanced(by: written), bytes.count - written, &count)
            guard result == 1 else {
                guard try isWaiting(result) else { throw BenchError.tls("the connection ended in a write") }
                break
            }
            written += count
        }
        return written
    }

    /// - Returns: `nil` if there is nothing yet, 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int? {
        var count = 0
        let result = SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count)
        if result == 1 { return count }
        return try isWaiting(result) ? nil : 0
    }

    /// Tells the server that nothing more will come.
    func finish() { SSL_shutdown(ssl) }

    private func isWaiting(_ result: Int32) throws -> Bool {
        awaitsOutput = false
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return true
        case SSL_ERROR_WANT_WRITE:
            awaitsOutput = true
            return true
        case SSL_ERROR_SSL: throw BenchError.tls(String(cString: ERR_reason_error_string(ERR_get_error())))
        default: return false
        }
    }
}

/// Carries the bytes of one connection without ever blocking: as they are, or over TLS.
/// Used on the connection's event loop only.
protocol Transport {
    var descriptor: Int32 { get }

    /// Whether what comes first is over, a TLS handshake. Reading brings it on; until then nothing can be written.
    var isEstablished: Bool { get }

    /// Whether a read that would have blocked can go on only once the descriptor takes output.
    var readAwaitsOutput: Bool { get }

    /// Whether a write that would have blocked can go on only once the descriptor has input.
    var writeAwaitsInput: Bool { get }

    /// What is known of the peer after a TLS handshake; `nil` without one.
    var tls: TLSPeer? { get }

    /// Reads what is there, at most what fits.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult

    /// Writes both buffers, one after the other, as far as the peer takes them.
    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> WriteResult

    /// Tells the peer that nothing more will come; reading goes on.
    func finishWriting()

    /// Frees the descriptor. With `reset` the peer learns that the connection broke.
    func close(reset: Bool)
}

extension Transport {
    var isEstablished: Bool { true }
    var readAwaitsOutput: Bool { false }
    var writeAwaitsInput: Bool { false }
    var tls: TLSPeer? { nil }
}

enum ReadResult: Equatable {
    /// - Parameter isDrained: Whether there was no more at that moment: the next attempt has to wait for readiness.
    case bytes(Int, isDrained: Bool)
    case wouldBlock
    /// The peer has finished writing.
    case closed
    case failed(errno: Int32)
    /// The peer broke the rules of the transport and was told so: what it still sends must be read, so that the
    /// message is not lost on its way (RFC 9112 §9.6).
    case refused(reason: String)
}

enum WriteResult: Equatable {
    case bytes(Int)
    case wouldBlock
    case failed(errno: Int32)
}

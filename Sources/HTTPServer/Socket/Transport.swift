/// Carries the bytes of one connection without ever blocking. TCP here; TLS is another implementation.
/// Used on the connection's event loop only.
protocol Transport {
    var descriptor: Int32 { get }

    /// Reads what is there, at most what fits.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult

    /// Writes both buffers, one after the other, as far as the peer takes them.
    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> WriteResult

    /// Tells the peer that nothing more will come; reading goes on.
    func finishWriting()

    /// Frees the descriptor. With `reset` the peer learns that the connection broke.
    func close(reset: Bool)
}

enum ReadResult: Equatable {
    /// - Parameter isDrained: Whether there was no more at that moment: the next attempt has to wait for readiness.
    case bytes(Int, isDrained: Bool)
    case wouldBlock
    /// The peer has finished writing.
    case closed
    case failed(errno: Int32)
}

enum WriteResult: Equatable {
    case bytes(Int)
    case wouldBlock
    case failed(errno: Int32)
}

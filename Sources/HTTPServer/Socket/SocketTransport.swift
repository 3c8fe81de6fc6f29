import Glibc

/// Bytes as they are, over a non-blocking stream socket.
struct SocketTransport: Transport {
    let descriptor: Int32

    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadResult {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            // A stream socket that fills less than the buffer is empty (epoll(7)).
            if count > 0 { return .bytes(count, isDrained: count < buffer.count) }
            if count == 0 { return .closed }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            case let code: return .failed(errno: code)
            }
        }
    }

    func write(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> WriteResult {
        while true {
            let count =
                second.isEmpty
                ? send(descriptor, first.baseAddress, first.count, Int32(MSG_NOSIGNAL))
                : sendBoth(first, second)
            if count >= 0 { return .bytes(count) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            case let code: return .failed(errno: code)
            }
        }
    }

    /// `sendmsg` rather than `writev`, which would raise SIGPIPE.
    private func sendBoth(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { parts in
            parts[0] = iovec(iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count)
            parts[1] = iovec(iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
            var message = msghdr()
            message.msg_iov = parts.baseAddress
            message.msg_iovlen = 2
            return sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL))
        }
    }

    func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    func close(reset: Bool) {
        if reset { SystemCalls.resetOnClose(descriptor) }
        Glibc.close(descriptor)
    }
}

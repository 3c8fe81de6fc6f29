import COpenSSL
import Glibc

/// Lets OpenSSL read and write through a `Transport`: non-blocking, and without the SIGPIPE that its own socket layer
/// would raise (its writes don't carry MSG_NOSIGNAL).
enum TransportBIO {
    /// - Parameter transport: Must live as long as the returned BIO, which does not retain it.
    static func make(for transport: TLSTransport) -> OpaquePointer? {
        guard let method, let bio = BIO_new(method) else { return nil }
        BIO_set_data(bio, Unmanaged.passUnretained(transport).toOpaque())
        BIO_set_init(bio, 1)
        return bio
    }

    /// Safe to share: never changed once it is made, and never freed.
    nonisolated(unsafe) private static let method: OpaquePointer? = {
        let type = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK
        guard let method = BIO_meth_new(type, "causeway transport") else { return nil }
        BIO_meth_set_read(method) { bio, bytes, count in
            guard let bio, let transport = transport(of: bio), count > 0 else { return -1 }
            BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
            switch transport.receive(UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))) {
            case .bytes(let count, _): return Int32(count)
            case .wouldBlock:
                BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)
                return -1
            case .closed: return 0
            case .failed, .refused: return -1
            }
        }
        BIO_meth_set_write(method) { bio, bytes, count in
            guard let bio, let transport = transport(of: bio), count > 0 else { return -1 }
            BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
            switch transport.transmit(UnsafeRawBufferPointer(start: bytes, count: Int(count))) {
            case .bytes(let count): return Int32(count)
            case .wouldBlock:
                BIO_set_flags(bio, BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
                return -1
            case .failed: return -1
            }
        }
        BIO_meth_set_ctrl(method) { _, command, _, _ in
            // Everything is written at once, so flushing has always succeeded. Nothing else is supported.
            command == BIO_CTRL_FLUSH ? 1 : 0
        }
        return method
    }()

    private static func transport(of bio: OpaquePointer) -> TLSTransport? {
        BIO_get_data(bio).map { Unmanaged<TLSTransport>.fromOpaque($0).takeUnretainedValue() }
    }
}

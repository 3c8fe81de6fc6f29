import CSockets
import Glibc

/// Thin wrappers over system calls: no policy.
enum SystemCalls {
    static var coreCount: Int { min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 256) }

    /// Nanoseconds of a clock that never goes back.
    static func monotonicNow() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Seconds since 1970.
    static func unixNow() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return time.tv_sec
    }

    static func message(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// A new connection: non-blocking, closed on exec. Negative on failure, with the cause in `errno`.
    static func accept(_ listener: Int32) -> (descriptor: Int32, peer: sockaddr_storage) {
        var peer = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let descriptor = withUnsafeMutablePointer(to: &peer) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                accept4(listener, $0, &length, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
            }
        }
        return (descriptor, peer)
    }

    static func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Closes a connection without a word: the peer sees a reset.
    static func closeAtOnce(_ descriptor: Int32) {
        resetOnClose(descriptor)
        close(descriptor)
    }

    /// Makes `close` send a reset and forget what was not sent.
    static func resetOnClose(_ descriptor: Int32) {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }
}

extension SocketAddress {
    /// - Returns: `nil` for other families than IPv4 and IPv6. An IPv4 address inside IPv6 is shown as IPv4.
    init?(_ storage: sockaddr_storage) {
        var storage = storage
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let port: in_port_t?
        switch Int32(storage.ss_family) {
        case AF_INET:
            port = withUnsafePointer(to: &storage) {
                $0.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                    var host = address.pointee.sin_addr
                    inet_ntop(AF_INET, &host, &text, socklen_t(text.count))
                    return address.pointee.sin_port
                }
            }
        case AF_INET6:
            port = withUnsafePointer(to: &storage) {
                $0.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                    var host = address.pointee.sin6_addr
                    inet_ntop(AF_INET6, &host, &text, socklen_t(text.count))
                    return address.pointee.sin6_port
                }
            }
        default: return nil
        }
        guard let port else { return nil }
        let host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let mapped = "::ffff:"
        self.init(
            host: host.hasPrefix(mapped) && host.contains(".") ? String(host.dropFirst(mapped.count)) : host,
            port: Int(UInt16(bigEndian: port)))
    }
}

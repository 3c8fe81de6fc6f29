import CSockets
import Glibc

/// An IPv4 or IPv6 address. An IPv4 address inside IPv6 (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2) is that IPv4
/// address: sockets that listen for both families show it in this form.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// The upper and lower half of 128 bits; an IPv4 address is in its mapped form.
    let high, low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// - Parameter text: `192.0.2.1`, `2001:db8::1`: without port, brackets, zone and leading zeros.
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        guard text.utf8.count < Int(INET6_ADDRSTRLEN), !text.utf8.contains(0) else { return nil }
        var six = in6_addr()
        if inet_pton(AF_INET6, text, &six) == 1 {
            self = withUnsafeBytes(of: &six) { IPAddress($0) }
            return
        }
        var four = in_addr()
        guard inet_pton(AF_INET, text, &four) == 1 else { return nil }
        self.init(four: UInt32(bigEndian: four.s_addr))
    }

    init(four: UInt32) { self.init(high: 0, low: Self.mappedPrefix | UInt64(four)) }

    /// - Parameter bytes: 16, in network order.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    private static let mappedPrefix: UInt64 = 0xFFFF << 32

    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// What limits count as one source: an IPv4 address, or the /64 of an IPv6 address, since that is the least
    /// that a single subscriber gets (RFC 6177 §2) and within it addresses cost nothing.
    var source: IPAddress { isIPv4 ? self : IPAddress(high: high, low: 0) }

    /// As RFC 5952 has it: `192.0.2.1`, `2001:db8::1`.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if isIPv4 {
            var four = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
            inet_ntop(AF_INET, &four, &text, socklen_t(text.count))
        } else {
            var halves = (high.bigEndian, low.bigEndian)
            inet_ntop(AF_INET6, &halves, &text, socklen_t(text.count))
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

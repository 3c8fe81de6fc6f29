import CCurl
import Glibc

/// An IPv4 or IPv6 address, and whether it is one of the open internet. Pure.
struct NetworkAddress: Sendable, Equatable, CustomStringConvertible {
    /// Four, or sixteen; the first one is the highest.
    let bytes: [UInt8]

    init(_ address: in_addr) {
        bytes = withUnsafeBytes(of: address, Array.init)
    }

    init(_ address: in6_addr) {
        bytes = withUnsafeBytes(of: address, Array.init)
    }

    /// - Parameter text: `192.0.2.1` or `2001:db8::1`; a zone (`%eth0`) is left out.
    init?(_ text: some StringProtocol) {
        let text = String(text.prefix { $0 != "%" })
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(four)
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(six)
        } else {
            return nil
        }
    }

    /// - Parameter address: A `sockaddr_in` or `sockaddr_in6`, followed by nothing else.
    init?(socketAddress address: UnsafeRawBufferPointer) {
        guard address.count >= MemoryLayout<sockaddr>.size else { return nil }
        switch Int32(address.loadUnaligned(as: sockaddr.self).sa_family) {
        case AF_INET where address.count >= MemoryLayout<sockaddr_in>.size:
            self.init(address.loadUnaligned(as: sockaddr_in.self).sin_addr)
        case AF_INET6 where address.count >= MemoryLayout<sockaddr_in6>.size:
            self.init(address.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return nil
        }
    }

    var description: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "an IPv6 address" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Not this machine, its network, a cloud's metadata service, or a range that is set aside
    /// (IANA's special-purpose address registries, RFC 6890).
    var isPublic: Bool {
        guard bytes.count == 16 else { return !NetworkAddress.notPublic4.contains { $0.contains(bytes) } }
        // IPv4 in IPv6: mapped (RFC 4291 §2.5.5.2), and translated on the way (RFC 6052 §2.1).
        if NetworkAddress.carriers.contains(where: { $0.contains(bytes) }) {
            return !NetworkAddress.notPublic4.contains { $0.contains(bytes.suffix(4)) }
        }
        return NetworkAddress.global6.contains(bytes)
            && !NetworkAddress.notPublic6.contains { $0.contains(bytes) }
    }

    private struct Block {
        let prefix: [UInt8]
        let length: Int

        init(_ prefix: [UInt8], _ length: Int) {
            self.prefix = prefix
            self.length = length
        }

        func contains(_ address: some Collection<UInt8>) -> Bool {
            var left = length
            for (byte, own) in zip(address, prefix) where left > 0 {
                let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
                guard byte & mask == own & mask else { return false }
                left -= 8
            }
            return true
        }
    }

    private static let notPublic4 = [
        Block([0], 8), Block([10], 8), Block([100, 64], 10), Block([127], 8), Block([169, 254], 16),
        Block([172, 16], 12), Block([192, 0, 0], 24), Block([192, 0, 2], 24), Block([192, 88, 99], 24),
        Block([192, 168], 16), Block([198, 18], 15), Block([198, 51, 100], 24), Block([203, 0, 113], 24),
        Block([224], 3),
        // Azure's platform services, which only virtual machines there can reach
        // (learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
        Block([168, 63, 129, 16], 32),
    ]

    private static let carriers = [
        Block([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 96),
        Block([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96),
    ]

    /// All that is given out to the open internet (RFC 4291 §2.4).
    private static let global6 = Block([0x20], 3)

    /// Set aside within it: protocol assignments with Teredo, documentation, 6to4.
    private static let notPublic6 = [
        Block([0x20, 0x01, 0x00], 23), Block([0x20, 0x01, 0x0D, 0xB8], 32), Block([0x20, 0x02], 16),
        Block([0x3F, 0xFF, 0x00], 20),
    ]
}

/// All addresses that begin with the same bits (CIDR, RFC 4632 §3.1, RFC 4291 §2.3).
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    private let first: IPAddress
    /// 0...128, counted in the 128-bit form.
    private let bits: Int

    /// - Parameter text: `192.0.2.0/24`, `2001:db8::/32`, or one address. `nil` also if bits behind the prefix are
    ///   set: whoever writes `192.0.2.7/24` may mean either.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = IPAddress(parts[0]) else { return nil }
        self.first = first
        guard parts.count == 2 else {
            bits = 128
            return
        }
        // `::ffff:192.0.2.0/120` counts from the first of 128 bits, `192.0.2.0/24` from the first of 32.
        let offset = first.isIPv4 && !parts[0].contains(":") ? 96 : 0
        guard let number = Self.number(parts[1]), number + offset <= 128 else { return nil }
        // A prefix that ends inside ::ffff:0:0/96 would hold IPv6 addresses as well as all of IPv4.
        guard !first.isIPv4 || number + offset >= 96 else { return nil }
        bits = number + offset
        guard Self.masked(first, bits) == first else { return nil }
    }

    public func contains(_ address: IPAddress) -> Bool {
        // `::/0` is all of IPv6, and IPv4 is not a part of it.
        first.isIPv4 == address.isIPv4 && Self.masked(address, bits) == first
    }

    public var description: String { "\(first)/\(first.isIPv4 ? bits - 96 : bits)" }

    private static func number(_ text: Substring) -> Int? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy(ASCII.isDigit),
            text.count == 1 || text.first != "0"
        else { return nil }
        return Int(text)
    }

    private static func masked(_ address: IPAddress, _ bits: Int) -> IPAddress {
        IPAddress(
            high: address.high & mask(min(bits, 64)), low: address.low & mask(max(bits - 64, 0)))
    }

    /// The upper `bits` of 64.
    private static func mask(_ bits: Int) -> UInt64 { bits == 0 ? 0 : ~0 << UInt64(64 - bits) }
}

extension [AddressRange] {
    func contains(_ address: IPAddress) -> Bool {
        for range in self where range.contains(address) { return true }
        return false
    }
}

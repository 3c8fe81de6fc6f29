/// Reads the header of either version of the PROXY protocol, byte by byte. A pure value: no sockets, no clock.
///
/// Nothing behind the header is touched, so that TLS or HTTP begins where it ends.
struct ProxyHeaderParser {
    /// Of a version 1 header with its line end (§2.1).
    static let maxTextBytes = 107
    /// What a version 2 header may have behind its fixed part. Addresses take at most 216; the rest is for
    /// extensions (TLVs), which are passed over.
    static let maxBinaryBytes = 4096

    private static let text = Array("PROXY ".utf8)
    /// §2.2: chosen so that neither HTTP nor TLS begins with it.
    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    /// Signature, version and command, family, length.
    private static let fixedBytes = 16

    private var bytes: [UInt8] = []

    /// Whether nothing has arrived yet.
    var isEmpty: Bool { bytes.isEmpty }

    /// - Returns: The header at its last byte; `nil` if more is needed. Not to be called again after that.
    mutating func receive(_ byte: UInt8) throws(ProxyHeaderError) -> ProxyHeader? {
        bytes.append(byte)
        let index = bytes.count - 1
        if bytes[0] == Self.text[0] {
            if index < Self.text.count, byte != Self.text[index] { throw .missing }
            return try receiveText(byte)
        }
        if index < Self.signature.count, byte != Self.signature[index] { throw .missing }
        return try receiveBinary()
    }

    private func receiveText(_ byte: UInt8) throws(ProxyHeaderError) -> ProxyHeader? {
        if byte == ASCII.lf {
            guard bytes.count >= 2, bytes[bytes.count - 2] == ASCII.cr else { throw .malformedText }
            return try ProxyTextLine.read(bytes[..<(bytes.count - 2)])
        }
        guard bytes.count < Self.maxTextBytes else { throw .tooLong(limit: Self.maxTextBytes) }
        return nil
    }

    private func receiveBinary() throws(ProxyHeaderError) -> ProxyHeader? {
        // Each byte is judged as soon as it is there, so that a stranger is not waited for.
        if bytes.count > 12 {
            guard bytes[12] >> 4 == 2, bytes[12] & 0xF <= 1 else { throw .unknownCommand }
        }
        if bytes.count > 13 {
            guard bytes[13] >> 4 <= 3, bytes[13] & 0xF <= 2 else { throw .unknownFamily }
        }
        guard bytes.count >= Self.fixedBytes else { return nil }
        let length = Int(bytes[14]) << 8 | Int(bytes[15])
        guard length <= Self.maxBinaryBytes else { throw .tooLong(limit: Self.maxBinaryBytes) }
        let isLocal = bytes[12] & 0xF == 0
        // §2.2: the addresses of LOCAL are passed over, whatever they are.
        guard isLocal || length >= Self.addressBytes(family: bytes[13]) else { throw .tooShort }
        guard bytes.count == Self.fixedBytes + length else { return nil }
        return isLocal ? .noClient : client
    }

    /// Source and destination address and port, by the family in the upper and the protocol in the lower half.
    private static func addressBytes(family: UInt8) -> Int {
        switch family >> 4 {
        case 1: 12
        case 2: 36
        case 3: 216
        default: 0
        }
    }

    private var client: ProxyHeader {
        switch bytes[13] {
        case 0x11:
            let address = bytes[16..<20].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return .client(IPAddress(four: address))
        case 0x21: return .client(bytes[16..<32].withUnsafeBytes { IPAddress($0) })
        // Datagrams and Unix sockets are not what this connection came by.
        default: return .noClient
        }
    }
}

import Testing

@testable import HTTPServer

/// One header, and what it says or why it is refused. Sections are those of
/// https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
struct ProxyRow: CustomTestStringConvertible {
    enum Expected: Equatable {
        case client(String)
        case noClient
        case refused(ProxyHeaderError)
        /// Not complete yet.
        case waiting
    }

    var section: String
    var name: String
    var bytes: [UInt8]
    var expected: Expected

    var testDescription: String { "§\(section) \(name)" }

    init(_ section: String, _ name: String, _ text: String, _ expected: Expected) {
        self.init(section, name, Array(text.utf8), expected)
    }

    init(_ section: String, _ name: String, _ bytes: [UInt8], _ expected: Expected) {
        self.section = section
        self.name = name
        self.bytes = bytes
        self.expected = expected
    }

    static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]

    /// A version 2 header.
    static func binary(_ command: UInt8, _ family: UInt8, _ length: Int, _ rest: [UInt8]) -> [UInt8] {
        signature + [command, family, UInt8(length >> 8), UInt8(length & 0xFF)] + rest
    }

    static let four: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 1, 0xDC, 0x04, 0x01, 0xBB]
    static let six: [UInt8] =
        [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
        + [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2] + [0xDC, 0x04, 0x01, 0xBB]
    static let mapped: [UInt8] =
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1] + [UInt8](repeating: 1, count: 20)

    static let text = [
        ProxyRow("2.1", "TCP4", "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n", .client("192.0.2.1")),
        ProxyRow("2.1", "TCP6", "PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n", .client("2001:db8::1")),
        ProxyRow("2.1", "TCP6 with a mapped IPv4", "PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", .client("192.0.2.1")),
        ProxyRow(
            "2.1", "longest TCP4", "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n",
            .client("255.255.255.255")),
        ProxyRow(
            "2.1", "longest TCP6",
            "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n",
            .client("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
        ProxyRow("2.1", "port 0", "PROXY TCP4 192.0.2.1 198.51.100.1 0 0\r\n", .client("192.0.2.1")),
        ProxyRow("2.1", "UNKNOWN", "PROXY UNKNOWN\r\n", .noClient),
        ProxyRow(
            "2.1", "UNKNOWN with addresses, which are passed over", "PROXY UNKNOWN ffff::1 x 1 2 3\r\n", .noClient),
        ProxyRow(
            "2.1", "longest UNKNOWN, 107 bytes", "PROXY UNKNOWN " + String(repeating: "x", count: 91) + "\r\n",
            .noClient),
        ProxyRow(
            "2.1", "108 bytes", "PROXY UNKNOWN " + String(repeating: "x", count: 92) + "\r\n",
            .refused(.tooLong(limit: 107))),
        ProxyRow(
            "2.1", "no line end in 107 bytes", "PROXY TCP4 " + String(repeating: "1", count: 96),
            .refused(.tooLong(limit: 107))),
        ProxyRow("2.1", "begun", "PROXY TCP4 192.0.2.1", .waiting),
        ProxyRow("2.1", "LF alone", "PROXY TCP4 192.0.2.1 198.51.100.1 1 2\n", .refused(.malformedText)),
        ProxyRow("2.1", "lower case", "proxy TCP4 192.0.2.1 198.51.100.1 1 2\r\n", .refused(.missing)),
        ProxyRow("2.1", "no space", "PROXYTCP4", .refused(.missing)),
        ProxyRow("2.1", "two spaces", "PROXY TCP4  192.0.2.1 198.51.100.1 1 2\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "space at the end", "PROXY TCP4 192.0.2.1 198.51.100.1 1 2 \r\n", .refused(.malformedText)),
        ProxyRow("2.1", "unknown protocol", "PROXY UDP4 192.0.2.1 198.51.100.1 1 2\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "nothing behind it", "PROXY \r\n", .refused(.malformedText)),
        ProxyRow("2.1", "IPv6 in TCP4", "PROXY TCP4 2001:db8::1 198.51.100.1 1 2\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "IPv4 in TCP6", "PROXY TCP6 192.0.2.1 2001:db8::1 1 2\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "wrong destination", "PROXY TCP4 192.0.2.1 198.51.100 1 2\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "leading zero", "PROXY TCP4 192.0.02.1 198.51.100.1 1 2\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "port 65536", "PROXY TCP4 192.0.2.1 198.51.100.1 65536 2\r\n", .refused(.malformedText)),
        ProxyRow(
            "2.1", "port with a zero in front", "PROXY TCP4 192.0.2.1 198.51.100.1 01 2\r\n", .refused(.malformedText)
        ),
        ProxyRow("2.1", "port with a sign", "PROXY TCP4 192.0.2.1 198.51.100.1 +1 2\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "a port too few", "PROXY TCP4 192.0.2.1 198.51.100.1 1\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "a port too many", "PROXY TCP4 192.0.2.1 198.51.100.1 1 2 3\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "a tab", "PROXY TCP4\t192.0.2.1 198.51.100.1 1 2\r\n", .refused(.malformedText)),
        ProxyRow("2.1", "a NUL", "PROXY UNKNOWN \0\r\n", .refused(.malformedText)),
        ProxyRow("2", "HTTP", "GET / HTTP/1.1\r\n", .refused(.missing)),
        ProxyRow("2", "an HTTP method that begins alike", "PROPFIND / HTTP/1.1\r\n", .refused(.missing)),
        ProxyRow("2", "TLS", [0x16, 0x03, 0x01], .refused(.missing)),
    ]

    static let binary = [
        ProxyRow("2.2", "TCP over IPv4", binary(0x21, 0x11, 12, four), .client("192.0.2.1")),
        ProxyRow("2.2", "TCP over IPv6", binary(0x21, 0x21, 36, six), .client("2001:db8::1")),
        ProxyRow("2.2", "a mapped IPv4", binary(0x21, 0x21, 36, mapped), .client("192.0.2.1")),
        ProxyRow(
            "2.2", "extensions are passed over", binary(0x21, 0x11, 19, four + [4, 0, 4, 1, 2, 3, 4]),
            .client("192.0.2.1")),
        ProxyRow(
            "2.2", "as long as may be", binary(0x21, 0x11, 4096, four + [UInt8](repeating: 4, count: 4084)),
            .client("192.0.2.1")),
        ProxyRow("2.2", "longer", binary(0x21, 0x11, 4097, []), .refused(.tooLong(limit: 4096))),
        ProxyRow("2.2", "LOCAL", binary(0x20, 0x00, 0, []), .noClient),
        ProxyRow("2.2", "LOCAL with addresses, which are passed over", binary(0x20, 0x11, 12, four), .noClient),
        ProxyRow("2.2", "LOCAL of a family with fewer bytes", binary(0x20, 0x21, 3, [1, 2, 3]), .noClient),
        ProxyRow("2.2", "UNSPEC", binary(0x21, 0x00, 0, []), .noClient),
        ProxyRow("2.2", "UNSPEC with bytes", binary(0x21, 0x00, 2, [1, 2]), .noClient),
        ProxyRow("2.2", "a Unix socket", binary(0x21, 0x31, 216, [UInt8](repeating: 0x61, count: 216)), .noClient),
        ProxyRow("2.2", "UDP over IPv4", binary(0x21, 0x12, 12, four), .noClient),
        ProxyRow("2.2", "begun", Array(signature.prefix(5)), .waiting),
        ProxyRow("2.2", "addresses not complete", binary(0x21, 0x11, 12, Array(four.prefix(11))), .waiting),
        ProxyRow("2.2", "wrong signature", Array(signature.dropLast()) + [0x0B], .refused(.missing)),
        ProxyRow("2.2", "version 1", Array(signature) + [0x11], .refused(.unknownCommand)),
        ProxyRow("2.2", "version 3", Array(signature) + [0x31], .refused(.unknownCommand)),
        ProxyRow("2.2", "unknown command", Array(signature) + [0x22], .refused(.unknownCommand)),
        ProxyRow("2.2", "unknown family", Array(signature) + [0x21, 0x41], .refused(.unknownFamily)),
        ProxyRow("2.2", "unknown protocol", Array(signature) + [0x21, 0x13], .refused(.unknownFamily)),
        ProxyRow("2.2", "too short for IPv4", binary(0x21, 0x11, 11, []), .refused(.tooShort)),
        ProxyRow("2.2", "too short for IPv6", binary(0x21, 0x21, 35, []), .refused(.tooShort)),
        ProxyRow("2.2", "too short for a Unix socket", binary(0x21, 0x31, 215, []), .refused(.tooShort)),
    ]
}

@Suite("PROXY headers")
struct ProxyHeaderTests {
    @Test("are understood or refused, byte by byte", arguments: ProxyRow.text + ProxyRow.binary)
    func header(_ row: ProxyRow) {
        var parser = ProxyHeaderParser()
        var outcome = ProxyRow.Expected.waiting
        var used = 0
        for byte in row.bytes where outcome == .waiting {
            used += 1
            do throws(ProxyHeaderError) {
                switch try parser.receive(byte) {
                case .client(let address): outcome = .client(address.description)
                case .noClient: outcome = .noClient
                case nil: break
                }
            } catch {
                outcome = .refused(error)
            }
        }
        #expect(outcome == row.expected)
        if case .refused = outcome { return }
        #expect(used == row.bytes.count, "the header ends with its last byte")
    }
}

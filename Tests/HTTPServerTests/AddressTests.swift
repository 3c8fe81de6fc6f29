import Testing

@testable import HTTPServer

@Suite("Addresses")
struct AddressTests {
    @Test(
        "an address is read and written in its one canonical form",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("::", "::"), ("::1", "::1"),
            ("::ffff:192.0.2.1", "192.0.2.1"), ("::ffff:c000:201", "192.0.2.1"),
        ])
    func text(_ text: String, _ canonical: String) throws {
        #expect(try #require(IPAddress(text)).description == canonical)
    }

    @Test(
        "what is not exactly an address is none",
        arguments: [
            "", " ", "localhost", "192.0.2", "192.0.2.1.1", "192.0.2.256", "192.0.2.01", " 192.0.2.1", "192.0.2.1 ",
            "0x7f.0.0.1", "127.1", "2130706433", "192.0.2.1:80", "[::1]", ":::", "1::2::3", "fe80::1%eth0", "12345::",
            "1:2:3:4:5:6:7", "192.0.2.1\0", String(repeating: "1", count: 500),
        ])
    func noAddress(_ text: String) { #expect(IPAddress(text) == nil) }

    @Test(
        "a range holds the addresses that begin with its bits, and no others",
        arguments: [
            ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
            ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1/32", "192.0.2.1", true),
            ("10.128.0.0/9", "10.255.0.1", true), ("10.128.0.0/9", "10.127.255.255", false),
            ("192.0.2.0/24", "::ffff:192.0.2.7", true), ("::ffff:192.0.2.0/120", "192.0.2.7", true),
            ("::ffff:192.0.2.0/120", "192.0.3.7", false), ("::ffff:0:0/96", "198.51.100.1", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
            ("::/0", "2001:db8::1", true), ("::/0", "192.0.2.1", false), ("::1", "::1", true), ("::1", "::2", false),
            ("2001:db8::/64", "2001:db8::ffff:0:0:1", true), ("2001:db8::/65", "2001:db8::8000:0:0:1", false),
            ("2001:db8::1/128", "2001:db8::1", true),
        ])
    func range(_ range: String, _ address: String, holds: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(IPAddress(address))) == holds)
    }

    @Test(
        "what could mean more than one range is none",
        arguments: [
            "", "/", "192.0.2.0/", "/24", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/024", "192.0.2.0/+8",
            "192.0.2.0/ 8", "192.0.2.7/24", "2001:db8::1/32", "2001:db8::/129", "192.0.2.0/24/24", "host/24",
            "192.0.2.0/255.255.255.0", "::ffff:192.0.2.0/24", "::ffff:0:0/95", "192.0.2.0/1e1",
        ])
    func noRange(_ text: String) { #expect(AddressRange(text) == nil) }

    @Test(
        "an IPv4 address is a source of its own, an IPv6 address one with its /64",
        arguments: [
            ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1", "::ffff:192.0.2.1", true),
            ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true), ("2001:db8::1", "2001:db8:0:1::1", false),
        ])
    func source(_ one: String, _ other: String, areOne: Bool) throws {
        let one = try #require(IPAddress(one))
        let other = try #require(IPAddress(other))
        #expect((one.source == other.source) == areOne)
    }
}

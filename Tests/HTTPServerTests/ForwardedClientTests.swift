import HTTPTypes
import Testing

@testable import HTTPServer

/// What proxies wrote, and whom it names when 10.0.0.0/8 and 2001:db8:aa::/48 are trusted.
struct ForwardedRow: CustomTestStringConvertible {
    var testDescription: String
    var fields: [(String, String)]
    var client: String?

    init(_ testDescription: String, _ client: String?, _ fields: (String, String)...) {
        self.testDescription = testDescription
        self.client = client
        self.fields = fields
    }

    static let all = [
        ForwardedRow("no field", nil),
        ForwardedRow("one address", "192.0.2.1", ("X-Forwarded-For", "192.0.2.1")),
        ForwardedRow(
            "the rightmost that is not trusted", "192.0.2.1", ("X-Forwarded-For", "198.51.100.1, 192.0.2.1")),
        ForwardedRow(
            "trusted ones at the right are passed over", "192.0.2.1",
            ("X-Forwarded-For", "198.51.100.1, 192.0.2.1, 10.0.0.7, 10.1.1.1")),
        ForwardedRow("only trusted ones: the farthest", "10.0.0.7", ("X-Forwarded-For", "10.0.0.7,10.1.1.1")),
        ForwardedRow(
            "two lines are one list", "192.0.2.1", ("X-Forwarded-For", "198.51.100.1"),
            ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-For", "10.0.0.1")),
        ForwardedRow("empty members are ignored", "192.0.2.1", ("X-Forwarded-For", ",, 192.0.2.1 ,\t,")),
        ForwardedRow("with a port", "192.0.2.1", ("X-Forwarded-For", "192.0.2.1:50123")),
        ForwardedRow("IPv6 bare", "2001:db8::1", ("X-Forwarded-For", "2001:db8::1")),
        ForwardedRow("IPv6 in brackets with a port", "2001:db8::1", ("X-Forwarded-For", "[2001:db8::1]:443")),
        ForwardedRow("IPv6 proxies", "192.0.2.1", ("X-Forwarded-For", "192.0.2.1, 2001:db8:aa::1")),
        ForwardedRow("garbage left of the client", "192.0.2.1", ("X-Forwarded-For", "<script>, 192.0.2.1")),
        ForwardedRow("garbage where the client should be", nil, ("X-Forwarded-For", "192.0.2.1, x")),
        ForwardedRow("garbage behind a trusted one", nil, ("X-Forwarded-For", "x, 10.0.0.1")),
        ForwardedRow("a host name", nil, ("X-Forwarded-For", "example.com")),
        ForwardedRow("nothing in it", nil, ("X-Forwarded-For", "")),
        ForwardedRow("a port without digits", nil, ("X-Forwarded-For", "192.0.2.1:")),
        ForwardedRow("a port of letters", nil, ("X-Forwarded-For", "192.0.2.1:http")),
        ForwardedRow("a bracket left open", nil, ("X-Forwarded-For", "[2001:db8::1")),
        ForwardedRow(
            "more hops than are believed", nil,
            ("X-Forwarded-For", "192.0.2.1" + String(repeating: ", 10.0.0.1", count: 16))),
        ForwardedRow(
            "as many hops as are believed", "192.0.2.1",
            ("X-Forwarded-For", "192.0.2.1" + String(repeating: ", 10.0.0.1", count: 15))),
        ForwardedRow("RFC 7239 §4", "192.0.2.60", ("Forwarded", "for=192.0.2.60;proto=http;by=203.0.113.43")),
        ForwardedRow("RFC 7239 §4, any case", "192.0.2.43", ("Forwarded", "For=\"192.0.2.43:47011\"")),
        ForwardedRow(
            "RFC 7239 §6.1", "2001:db8:cafe::17", ("Forwarded", "for=\"[2001:db8:cafe::17]:4711\"")),
        ForwardedRow(
            "RFC 7239 §7.1", "198.51.100.17", ("Forwarded", "for=192.0.2.43, for=198.51.100.17;by=10.0.0.1")),
        ForwardedRow("RFC 7239 §6.2: unknown", nil, ("Forwarded", "for=unknown")),
        ForwardedRow("RFC 7239 §6.3: obfuscated", nil, ("Forwarded", "for=_hidden, for=10.0.0.1")),
        ForwardedRow("RFC 7239 §4: for twice in an element", nil, ("Forwarded", "for=192.0.2.1;for=192.0.2.2")),
        ForwardedRow("no for", nil, ("Forwarded", "by=10.0.0.1;proto=https")),
        ForwardedRow("no value", nil, ("Forwarded", "for")),
        ForwardedRow("a quote that is not closed", nil, ("Forwarded", "for=\"192.0.2.1")),
        ForwardedRow(
            "a quote that the client left open swallows nothing", "192.0.2.1",
            ("Forwarded", "for=\"10.9.9.9, for=192.0.2.1;proto=https")),
        ForwardedRow(
            "a comma in quotes does not end an element", "192.0.2.1",
            ("Forwarded", "for=198.51.100.9, for=192.0.2.1;host=\"a,b\"")),
        ForwardedRow(
            "both fields, and they agree", "192.0.2.1", ("Forwarded", "for=192.0.2.1"),
            ("X-Forwarded-For", "198.51.100.1, 192.0.2.1")),
        ForwardedRow(
            "both fields, and they disagree", nil, ("Forwarded", "for=198.51.100.1"),
            ("X-Forwarded-For", "192.0.2.1")),
        ForwardedRow(
            "both fields, and one is malformed", nil, ("Forwarded", "for=x"), ("X-Forwarded-For", "192.0.2.1")),
    ]
}

@Suite("The client behind proxies")
struct ForwardedClientTests {
    @Test("is the rightmost address that no trusted proxy has", arguments: ForwardedRow.all)
    func client(_ row: ForwardedRow) throws {
        var headers = HTTPFields()
        for (name, value) in row.fields {
            headers.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        let trusted = ["10.0.0.0/8", "2001:db8:aa::/48"].compactMap(AddressRange.init)
        #expect(ForwardedClient.address(in: headers, trusted: trusted)?.description == row.client)
    }
}

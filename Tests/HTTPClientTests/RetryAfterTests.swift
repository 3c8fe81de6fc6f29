import HTTPClient
import HTTPTypes
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
    static let waits: [(String, Duration?)] = [
        ("0", .zero), ("120", .seconds(120)), (" 7 ", .seconds(7)), ("86401", .seconds(86_400)),
        ("99999999999999999999", .seconds(86_400)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", .seconds(37)), ("Sun, 06 Nov 1994 08:48:00 GMT", .zero),
        ("Wed, 29 Feb 2096 00:00:00 GMT", .seconds(86_400)), ("Thu, 01 Jan 1970 00:00:00 GMT", .zero),
        ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun Nov  6 08:49:37 1994", nil), ("", nil), ("-1", nil),
        ("+1", nil),
        ("1.5", nil), ("１", nil), ("soon", nil), ("Sun, 06 Nov 1994 25:49:37 GMT", nil),
        ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("Thu, 32 Jan 2026 10:01:12 GMT", nil),
        ("Sat, 30 Feb 2097 00:00:00 GMT", nil), ("Tue, 29 Feb 2095 00:00:00 GMT", nil),
        ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 06 Nov 1994 08:49:37", nil),
    ]

    @Test("is read as seconds or as a date, and never makes us wait for more than a day", arguments: waits)
    func reads(_ value: String, _ wait: Duration?) {
        #expect(RetryAfter.wait([.retryAfter: value], millisecondsSince1970: 784_111_740_000) == wait)
    }

    @Test("is no wait where the field is missing")
    func absent() { #expect(RetryAfter.wait([:], millisecondsSince1970: 0) == nil) }
}

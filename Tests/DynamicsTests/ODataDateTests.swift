import Dynamics
import Foundation
import Relay
import Testing

private struct Row: Codable, Equatable {
    var day: ODataDate?
}

@Suite("Days")
struct ODataDateTests {
    @Test("A day is sent at noon UTC, so that no time zone moves it")
    func noon() throws {
        let json = try JSONEncoder().encode(Row(day: ODataDate(year: 2026, month: 1, day: 5)))
        #expect(String(decoding: json, as: UTF8.self) == #"{"day":"2026-01-05T12:00:00Z"}"#)
    }

    @Test(
        "Every notation of D365 is read as the day in UTC",
        arguments: [
            ("2026-01-15T12:00:00Z", "2026-01-15"), ("2026-01-15T00:00:00Z", "2026-01-15"),
            ("2026-01-15T23:59:59.9999999Z", "2026-01-15"), ("2026-01-15T23:30:00-01:00", "2026-01-16"),
            ("2024-02-29T12:00:00Z", "2024-02-29"), ("/Date(1767225600000)/", "2026-01-01"),
            ("/Date(-1)/", "1969-12-31"), ("/Date(1767225600000+0200)/", "2026-01-01"),
            ("2154-12-31T12:00:00Z", "2154-12-31"), ("1900-01-02T00:00:00Z", "1900-01-02"),
        ])
    func notations(_ text: String, _ day: String) throws {
        let row = try JSONDecoder().decode(ODataDate.self, from: Data("\"\(text)\"".utf8))
        #expect(row.description == day)
    }

    @Test(
        "What is no date is refused",
        arguments: [
            "", "2026-01-15", "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z", "2026-00-01T12:00:00Z",
            "2026-01-15T24:00:00Z", "2026-01-15T12:60:00Z", "2026-01-15T12:00:00", "2026-01-15 12:00:00Z",
            "2026-01-15T12:00:00.Z",
            "٢٠٢٦-01-15T12:00:00Z", "2026-01-15T12:00:00+25:00", "/Date()/", "/Date(1.5)/",
            "/Date(1)", "Date(1)",
            "/Date(99999999999999999999)/", "/Date(999999999999999999)/", "/Date(1+02:00)/", "0000-01-01T12:00:00Z",
        ])
    func bad(_ text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ODataDate.self, from: Data("\"\(text)\"".utf8))
        }
    }

    @Test("D365 keeps 1 January 1900 where there is no date")
    func emptyDate() throws {
        #expect(ODataDate(year: 1900, month: 1, day: 1)?.isEmpty == true)
        let header = try JSONDecoder().decode(
            SalesInvoiceHeaderRow.self,
            from: Data(#"{"dataAreaId":"usmf","InvoiceNumber":"1","InvoiceDate":"1900-01-01T00:00:00Z"}"#.utf8))
        #expect(header.InvoiceDate == nil)
    }

    @Test(
        "Days agree with Foundation's calendar, from 1601 to 9999",
        arguments: Array(stride(from: -134_774, through: 2_932_896, by: 36_523)))
    func calendar(_ days: Int) throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day], from: Date(timeIntervalSince1970: Double(days) * 86_400))
        let day = try #require(ODataDate(utc: Timestamp(millisecondsSince1970: Int64(days) * 86_400_000)))
        #expect([day.year, day.month, day.day] == [parts.year, parts.month, parts.day])
    }
}

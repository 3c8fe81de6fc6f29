import Dynamics
import Foundation
import Relay
import Testing

@Suite("Filters")
struct ODataFilterTests {
    @Test(
        "Quotes are doubled, so that no value can end its literal",
        arguments: [
            ("O'Neil", "Name eq 'O''Neil'"), ("''", "Name eq ''''''"),
            ("' or Name ne '", "Name eq ''' or Name ne '''"),
            ("a b", "Name eq 'a b'"), (#"a\'b"#, #"Name eq 'a\''b'"#), ("ünï", "Name eq 'ünï'"),
        ])
    func quotes(_ value: String, _ expression: String) throws {
        #expect(try ODataFilter.eq("Name", value).description == expression)
    }

    struct Row: CustomTestStringConvertible {
        let text: String
        let filter: @Sendable () throws -> ODataFilter
        var testDescription: String { text }

        init(_ text: String, _ filter: @escaping @Sendable () throws -> ODataFilter) {
            self.text = text
            self.filter = filter
        }
    }

    private static let day = ODataDate(year: 2026, month: 2, day: 28)
    private static let moment = Timestamp(millisecondsSince1970: 1_767_261_612_045)

    @Test(
        "Every kind of value is written as F&O reads it: only texts stand in quotes",
        arguments: [
            Row("A eq 5") { try .eq("A", 5) },
            Row("A ne 9007199254740993") { try .ne("A", Int64(9_007_199_254_740_993)) },
            Row("A gt 0.1") { try .gt("A", try #require(Decimal(string: "0.1"))) },
            Row("A le -12345678901234567890.123") {
                try .le("A", try #require(Decimal(string: "-12345678901234567890.123")))
            },
            Row("A eq 0.0000001") { try .eq("A", Decimal(sign: .plus, exponent: -7, significand: 1)) },
            Row("A ge 2026-02-28T12:00:00Z") { try .ge("A", try #require(day)) },
            Row("A lt 2026-01-01T10:00:12.045Z") { try .lt("A", moment) },
            Row("A lt 1969-12-31T23:59:59Z") { try .lt("A", Timestamp(millisecondsSince1970: -1000)) },
            Row("A ge 2026-02-28T00:00:00Z and A lt 2026-03-01T00:00:00Z") { try .on("A", try #require(day)) },
            Row("A eq 0a1b2c3d-0000-4000-8000-00000000000f") {
                try .eq("A", try #require(UUID(uuidString: "0A1B2C3D-0000-4000-8000-00000000000F")))
            },
            Row("A eq true") { try .eq("A", true) },
            Row("A eq Microsoft.Dynamics.DataEntities.SalesStatus'Backorder'") {
                try .eq("A", SalesStatus.Backorder)
            },
            Row("A ne Microsoft.Dynamics.DataEntities.NoYes'O''Neil'") { try .ne("A", NoYes(rawValue: "O'Neil")) },
            Row("A eq '*x''y*'") { try .contains("A", "x'y") }, Row("A eq 'x*'") { try .begins("A", with: "x") },
            Row("A eq ''") { .isEmpty("A") },
        ])
    func literals(_ row: Row) throws {
        #expect(try row.filter().description == row.text)
    }

    @Test(
        "Conditions keep the sense in which they were joined",
        arguments: [
            Row("A eq 1 and B eq 2 and C eq 3") { try .eq("A", 1).and(.eq("B", 2)).and(.eq("C", 3)) },
            Row("(A eq 1 or B eq 2) and C eq 3") { try .eq("A", 1).or(.eq("B", 2)).and(.eq("C", 3)) },
            Row("C eq 3 and (A eq 1 or B eq 2)") { try .eq("C", 3).and(.eq("A", 1).or(.eq("B", 2))) },
            Row("(A eq 1 and B eq 2) or C eq 3") { try .eq("A", 1).and(.eq("B", 2)).or(.eq("C", 3)) },
            Row("not (A eq 1 or B eq 2) and C eq 3") { try .eq("A", 1).or(.eq("B", 2)).not.and(.eq("C", 3)) },
            Row("(A eq 'x' or A eq 'y') and B eq 1") { try .oneOf("A", ["x", "y"]).and(.eq("B", 1)) },
            Row("A eq 'x' and B eq 1") { try .oneOf("A", ["x"]).and(.eq("B", 1)) },
        ])
    func joined(_ row: Row) throws {
        #expect(try row.filter().description == row.text)
    }

    @Test(
        "A value that would find rows it should not is refused",
        arguments: [
            Row("empty") { try .eq("P", "") }, Row("blank") { try .eq("P", "\t\n ") },
            Row("star") { try .eq("P", "*") },
            Row("address of stars") { try .ne("P", "*@*") }, Row("star at the end") { try .ge("P", "A*") },
            Row("contains a star") { try .contains("P", "a*b") }, Row("contains nothing") { try .contains("P", "") },
            Row("begins with nothing") { try .begins("P", with: " ") },
            Row("no number") { try .eq("P", Decimal.nan) },
            Row("no symbol") { try .eq("P", SalesStatus(rawValue: "")) },
            Row("beyond the calendar") { try .eq("P", Timestamp(millisecondsSince1970: .max)) },
            Row("after the last day") { try .on("P", try #require(ODataDate(year: 9999, month: 12, day: 31))) },
            Row("none of nothing") { try .oneOf("P", [String]()) },
            Row("too many") { try .oneOf("P", Array(0...ODataFilter.maxAlternatives)) },
        ])
    func unusable(_ row: Row) throws {
        let fault = #expect(throws: ODataFault.self) { try row.filter() }
        #expect(fault?.failureKind == .validation)
        #expect(fault?.reason.message.contains("value of P") == true)
    }
}

@Suite("Keys")
struct ODataKeyTests {
    @Test("Every kind of key field is written as F&O reads it, and percent-encoded")
    func fields() throws {
        let key = try ODataKey([
            "dataAreaId": "usmf", "Name": "A/B 'x'", "RecordId": Int64(5_637_144_576), "LineNumber": Decimal(2),
            "Date": try #require(ODataDate(year: 2026, month: 1, day: 15)), "Status": SalesStatus.Invoiced,
            "Id": try #require(UUID(uuidString: "0A1B2C3D-0000-4000-8000-00000000000F")),
        ])
        #expect(
            key.description
                == "(dataAreaId='usmf',Name='A/B ''x''',RecordId=5637144576,LineNumber=2,Date=2026-01-15T12:00:00Z,"
                + "Status=Microsoft.Dynamics.DataEntities.SalesStatus'Invoiced',"
                + "Id=0a1b2c3d-0000-4000-8000-00000000000f)")
    }

    @Test("A star is no wildcard in a key")
    func star() throws {
        #expect(try ODataKey(["A": "*"]).description == "(A='*')")
    }

    @Test("An empty key field is refused")
    func emptyKey() {
        #expect(throws: ODataFault.unusableValue(property: "B", why: "is empty")) {
            try ODataKey(["A": "1", "B": ""])
        }
    }
}

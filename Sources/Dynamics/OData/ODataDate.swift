public import Relay

/// A day without a time of day.
///
/// F&O keeps every date as `Edm.DateTimeOffset`. Written at noon UTC, no time zone between −12 and +11 can move it
/// to another day; read, the day is that of UTC.
public struct ODataDate: Sendable, Hashable, Codable, CustomStringConvertible {
    private let civil: CivilDate

    public var year: Int { civil.year }
    /// In `1...12`.
    public var month: Int { civil.month }
    /// In `1...31`.
    public var day: Int { civil.day }

    /// - Returns: `nil` if there is no such day in the years `1...9999`.
    public init?(year: Int, month: Int, day: Int) {
        guard let civil = CivilDate(year: year, month: month, day: day) else { return nil }
        self.civil = civil
    }

    /// The day in UTC at that moment; `nil` outside of the years `1...9999`.
    public init?(utc moment: Timestamp) {
        let millisecondsOfDay: Int64 = 86_400_000
        let milliseconds = moment.millisecondsSince1970
        let days = milliseconds / millisecondsOfDay - (milliseconds % millisecondsOfDay < 0 ? 1 : 0)
        guard let civil = CivilDate(daysSince1970: Int(days)) else { return nil }
        self.civil = civil
    }

    /// 1900-01-01, which F&O stores where there is no date. Optional fields of our rows read it as `nil`.
    public var isEmpty: Bool { civil == CivilDate(year: 1900, month: 1, day: 1) }

    /// `nil` after 9999-12-31.
    public var next: ODataDate? {
        guard let civil = CivilDate(daysSince1970: civil.daysSince1970 + 1) else { return nil }
        return ODataDate(year: civil.year, month: civil.month, day: civil.day)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = DynamicsTime.parse(text), let date = ODataDate(utc: moment) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "expected a date such as 2026-01-15T12:00:00Z")
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(literal)
    }

    /// `2026-01-15`.
    public var description: String {
        [(year, 4), (month, 2), (day, 2)]
            .map { number, width in
                let digits = String(number)
                return String(repeating: "0", count: max(0, width - digits.count)) + digits
            }
            .joined(separator: "-")
    }
}

extension KeyedDecodingContainer {
    /// What the compiler calls for `ODataDate?`: F&O has no null dates, so its empty date is read as `nil`.
    public func decodeIfPresent(_ type: ODataDate.Type, forKey key: Key) throws -> ODataDate? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        let date = try decode(type, forKey: key)
        return date.isEmpty ? nil : date
    }
}

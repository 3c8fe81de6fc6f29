import Relay

/// The notation in which Commerce writes a moment: `2026-01-01 10:00:12`, in UTC.
enum CommerceTime {
    /// - Returns: `nil` for what is no such text, and for a moment that cannot be.
    static func parse(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count == 19, bytes[4] == dash, bytes[7] == dash, bytes[10] == blank, bytes[13] == colon,
            bytes[16] == colon,
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]),
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second < 60
        else { return nil }
        let time = (hour * 60 + minute) * 60 + second
        return Timestamp(millisecondsSince1970: (days(year, month, day) * 86_400 + time) * 1000)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var number: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// Since 1970, in a calendar whose years begin in March, so that a leap day ends its year.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }

    private static let dash = UInt8(ascii: "-")
    private static let blank = UInt8(ascii: " ")
    private static let colon = UInt8(ascii: ":")
}

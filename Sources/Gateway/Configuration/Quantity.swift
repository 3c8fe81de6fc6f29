/// Durations and sizes as people write them: `250ms`, `30s`, `5m`, `4h`, `3d`; `512`, `64KiB`, `1MiB`.
enum Quantity {
    /// - Returns: `nil` if the text is not a whole number with a unit of time, or does not fit.
    static func duration(_ text: String) -> Duration? {
        guard let (number, unit) = split(text) else { return nil }
        let milliseconds: Int64? =
            switch unit {
            case "ms": 1
            case "s": 1000
            case "m": 60_000
            case "h": 3_600_000
            case "d": 86_400_000
            default: nil
            }
        guard let milliseconds else { return nil }
        let (total, overflow) = Int64(number).multipliedReportingOverflow(by: milliseconds)
        return overflow ? nil : .milliseconds(total)
    }

    /// - Returns: Bytes; `nil` if the text is not a whole number, with or without a unit, or does not fit.
    static func bytes(_ text: String) -> Int? {
        guard let (number, unit) = split(text) else { return nil }
        let shift: Int? =
            switch unit {
            case "", "B": 0
            case "KiB": 10
            case "MiB": 20
            case "GiB": 30
            default: nil
            }
        guard let shift else { return nil }
        let (total, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
        return overflow ? nil : total
    }

    private static func split(_ text: String) -> (number: Int, unit: Substring)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits) else { return nil }
        return (number, text.dropFirst(digits.count).drop { $0 == " " })
    }
}

import Foundation

extension Decimal {
    /// Rounded to cents, halves away from zero, as both platforms round amounts.
    var cents: Decimal { rounded(to: 2) }

    /// Rounded to the smallest unit of a currency (ISO 4217).
    func rounded(toUnitOf currency: String) -> Decimal {
        switch currency {
        case "JPY", "KRW", "VND", "CLP", "ISK": rounded(to: 0)
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": rounded(to: 3)
        default: cents
        }
    }

    func rounded(to places: Int) -> Decimal {
        var (value, result) = (self, Decimal())
        NSDecimalRound(&result, &value, places, .plain)
        return result
    }

    /// With exactly four fraction digits, as MySQL's `decimal(12,4)` prints: `"47.5000"`.
    var fourPlaces: String {
        let text = rounded(to: 4).description
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        return "\(parts[0]).\(fraction)" + String(repeating: "0", count: 4 - fraction.count)
    }
}

public import Foundation

extension Decimal {
    /// Half away from zero, as people and Commerce round money.
    public func rounded(places: Int) -> Decimal {
        var exact = self
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, places, .plain)
        return rounded
    }
}

import Foundation
import Relay

extension SyntheticOrderSettings {
    /// - Returns: `nil` without the section, or if a problem was noted.
    init?(_ section: ConfigurationSection?) {
        guard let section else { return nil }
        defer { section.finish() }
        let currency = "a currency's code of three letters, such as EUR"
        let country = "a country's code of two letters, such as AT"
        let email = "an e-mail address that no shopper has"
        for (key, expected) in [("currency", currency), ("country", country), ("email", email)]
        where section.child(key) == nil {
            section.missing(key, expected: expected)
        }
        self.init(
            sku: section.text("sku", expected: "the SKU of an article that both platforms know"),
            email: section.value("email", expected: email) { text in
                text.contains("@") && !text.contains(where: \.isWhitespace) ? text.lowercased() : nil
            } ?? "",
            currency: section.value("currency", expected: currency) { Self.isCode($0, 3) ? $0 : nil } ?? "",
            country: section.value("country", expected: country) { Self.isCode($0, 2) ? $0 : nil } ?? "")
        at = section.timeOfDay("at")
        storeID = section.integer("store", in: 1...Int(Int32.max), default: storeID)
        amount =
            section.value("amount", expected: "an amount above 0, such as 1.00") { text in
                let isPlain = text.allSatisfy { $0 == "." || $0.isASCII && $0.isNumber }
                return isPlain
                    ? Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")).flatMap { $0 > 0 ? $0 : nil }
                    : nil
            } ?? amount
        limit = section.duration("limit", in: .seconds(1)...(.seconds(86_400)), default: limit)
    }

    private static func isCode(_ text: String, _ length: Int) -> Bool {
        text.count == length && text.allSatisfy { $0.isASCII && $0.isUppercase }
    }
}

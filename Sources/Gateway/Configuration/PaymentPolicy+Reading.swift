import Flows

extension PaymentPolicy {
    init(_ section: ConfigurationSection) {
        self.init()
        journal = section.choice("journal", default: journal)
        if section.child("skipMethods") != nil {
            skippedMethods = Set(section.methods("skipMethods"))
        }
        referencePrefix = section.referencePrefix("referencePrefix") ?? referencePrefix
        isSettled = section.flag("settle", default: isSettled)
        section.finish()
    }
}

extension ConfigurationSection {
    /// Codes of payment methods, as orders have them.
    func methods(_ key: String) -> [String] {
        list(key).compactMap { scalar($0.node, at: $0.path, expected: "a payment method such as checkmo") }
    }

    /// What stands before a number of the shop in a reference that is found by equality.
    func referencePrefix(_ key: String) -> String? {
        value(key, expected: "up to 8 letters, digits and dashes, such as CM-") { text in
            let isOne =
                (1...8).contains(text.count)
                && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            return isOne ? text : nil
        }
    }
}

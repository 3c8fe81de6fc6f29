import Flows

extension QuotePolicy {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        states = section.states("states") ?? states
        closedStates = section.states("closedStates") ?? closedStates
        if let both = states.intersection(closedStates).min() {
            section.refuse(
                "closedStates", found: "\(both), which is among states", expected: "each state in one of the lists")
        }
        whenClosed = section.choice("whenClosed", default: whenClosed)
        reference = section.choice("reference", default: reference)
        prefix = section.value("prefix", expected: Self.prefixExpected, Self.prefix) ?? prefix
        section.finish()
    }

    /// CustRef holds 60 characters, and ids of carts have up to 10 digits.
    private static let prefixExpected = "1 to 40 letters, digits, - or _, such as QUOTE-"

    private static func prefix(_ text: String) -> String? {
        let isPrefix =
            (1...40).contains(text.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return isPrefix ? text : nil
    }
}

extension ConfigurationSection {
    /// States of negotiable quotes; `nil` if the key is not there.
    fileprivate func states(_ key: String) -> Set<String>? {
        guard child(key) != nil else { return nil }
        let known = [
            "created", "submitted_by_customer", "submitted_by_admin", "processing_by_customer",
            "processing_by_admin", "ordered", "expired", "declined", "closed",
        ]
        let expected = "one of \(known.joined(separator: ", "))"
        return Set(
            list(key).compactMap { item -> String? in
                guard let text = scalar(item.node, at: item.path, expected: expected) else { return nil }
                if known.contains(text) { return text }
                reading.note(item.node, item.path, found: "\"\(text)\"", expected: expected)
                return nil
            })
    }
}

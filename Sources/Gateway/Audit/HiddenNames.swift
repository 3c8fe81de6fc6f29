import Synchronization

/// The names of members, parameters and fields whose values the audit trail does not show. Compared without regard to
/// case; a `*` at the beginning or the end of a name stands for anything.
final class HiddenNames: Sendable {
    private let exact: Set<String>
    private let beginnings: [String]
    private let endings: [String]
    private let parts: [String]
    /// What was found out about names before. Platforms use the same few hundred again and again, and comparing one
    /// with all patterns takes about as long as reading a kilobyte of JSON.
    private let known = Mutex<[String: Bool]>([:])
    /// Names that are remembered.
    private static let knownLimit = 4096

    init(_ patterns: some Sequence<String>) {
        var (exact, beginnings, endings, parts) = (Set<String>(), [String](), [String](), [String]())
        for pattern in patterns.lazy.map({ $0.lowercased() }) {
            let word = String(pattern.drop { $0 == "*" }.reversed().drop { $0 == "*" }.reversed())
            switch (pattern.hasPrefix("*"), pattern.hasSuffix("*")) {
            case (false, false): exact.insert(word)
            case (true, false): endings.append(word)
            case (false, true): beginnings.append(word)
            case (true, true): parts.append(word)
            }
        }
        (self.exact, self.beginnings, self.endings, self.parts) = (exact, beginnings, endings, parts)
    }

    func contains(_ name: String) -> Bool {
        if let answer = known.withLock({ $0[name] }) { return answer }
        let answer = matches(name.lowercased())
        known.withLock {
            // Whoever sends ever new names finds nothing remembered, and costs no memory.
            if $0.count >= Self.knownLimit { $0.removeAll(keepingCapacity: true) }
            $0[name] = answer
        }
        return answer
    }

    private func matches(_ name: String) -> Bool {
        exact.contains(name) || endings.contains { name.hasSuffix($0) } || beginnings.contains { name.hasPrefix($0) }
            || parts.contains { name.contains($0) }
    }
}

extension HiddenNames {
    /// What an operator needs stays: numbers of orders, customers and items, amounts, countries, states. What tells
    /// who somebody is and where they live goes; the order's number leads to it on either platform.
    static let personal = [
        "*email", "*firstname", "*middlename", "*lastname", "*surname", "*fullname", "*nickname", "customer_name",
        "billing_name", "shipping_name", "*customername", "*contactname", "*organizationname", "namealias",
        "*salesordername", "*deliveryaddressname", "*addressdescription", "*telephone", "*phone", "*phonenumber",
        "*mobile",
        "*fax", "street*", "*street", "*streetnumber", "*postcode", "*zipcode", "*postalcode", "city", "*_city",
        "*addresscity", "*addresscounty", "formatted*", "dob", "*_dob", "*birthdate", "*birthday", "gender",
        "*_gender", "vat_id", "*_vat_id", "*taxvat", "taxexemptnumber", "*remote_ip", "x_forwarded_for",
        "customer_note",
    ]

    /// Always hidden, whatever is configured.
    static let secret = [
        "*password*", "*passwd*", "*secret*", "token", "*_token", "*accesstoken", "*refreshtoken", "*idtoken",
        "*assertion", "authorization", "*signature", "sig", "*apikey", "*api_key", "cc_*", "cvv", "*iban",
    ]
}

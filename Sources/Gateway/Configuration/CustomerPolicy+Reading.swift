import Commerce
import Dynamics
import Flows

extension CustomerPolicy {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        if let table = section.section("websites") {
            for website in table.keys where !website.allSatisfy({ $0.isASCII && $0.isNumber }) {
                table.refuseKey(website, expected: "a website id of Commerce, which is a number")
            }
            for website in table.keys { websites[website] = table.companies(website) }
            table.finish()
        }
        currency = section.value("currency", expected: Self.currencyExpected, Self.currency)
        if let table = section.section("currencies") {
            for key in table.keys {
                let currency = table.value(key, expected: Self.currencyExpected, Self.currency)
                if let company = LegalEntities.dataAreaId(key) {
                    currencies[company] = currency
                } else {
                    table.refuseKey(key, expected: ConfigurationSection.companyExpected)
                }
            }
            table.finish()
        }
        parties = section.choice("parties", default: parties)
        createOnly = section.fieldNames("createOnly") ?? createOnly
        removedAddresses = section.choice("removedAddresses", default: removedAddresses)
        ownsGroup = section.flag("ownsGroup", default: ownsGroup)
        if let codes = section.section("attributes") {
            attributes = CustomerAttributes(codes)
            codes.finish()
        }
        section.finish()
    }

    private static let currencyExpected = "an ISO 4217 code such as EUR"

    private static func currency(_ text: String) -> String? {
        text.utf8.count == 3 && text.allSatisfy { $0.isASCII && $0.isUppercase } ? text : nil
    }
}

extension CustomerAttributes {
    fileprivate init(_ section: ConfigurationSection) {
        let expected = "the code of a custom attribute of customers, such as d365_account"
        func code(_ key: String) -> String? { section.value(key, expected: expected, Self.code) }
        self.init(
            accountNumber: code("accountNumber"), paymentTerms: code("paymentTerms"), holdStatus: code("holdStatus"),
            priceGroup: code("priceGroup"))
    }

    /// Commerce: letters, digits and `_`, a letter first, at most 60.
    private static func code(_ text: String) -> String? {
        let isCode =
            (1...60).contains(text.count) && text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        return isCode ? text : nil
    }
}

extension CompanyPolicy {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        orders = section.choice("orders", default: orders)
        if section.child("skipStates") != nil { skippedStates = section.companyStates("skipStates") }
        writesAccount = section.flag("writesAccount", default: writesAccount)
        createOnly = section.fieldNames("createOnly") ?? createOnly
        blocksFor = Set(section.words("blocksFor", of: Self.holds))
        if let balance = section.section("balance") {
            self.balance = BalanceSource(
                entitySet: balance.text("entitySet", expected: "an entity set with dataAreaId and CustomerAccount"),
                field: balance.text("field", expected: "the property that says what a customer owes"))
            balance.finish()
        }
        section.finish()
    }

    private static let holds = ["Invoice", "All", "Payment", "Requisition", "Never", "PurchOrder"]
}

extension ConfigurationSection {
    static let companyExpected = "a company id of F&O of up to 4 letters and digits, such as usmf"

    /// A list of legal entities, in lower case.
    fileprivate func companies(_ key: String) -> [String] {
        let companies = list(key).compactMap { item -> String? in
            guard let text = scalar(item.node, at: item.path, expected: Self.companyExpected) else { return nil }
            guard let company = LegalEntities.dataAreaId(text) else {
                reading.note(item.node, item.path, found: "\"\(text)\"", expected: Self.companyExpected)
                return nil
            }
            return company
        }
        if companies.isEmpty { refuse(key, found: "no company", expected: "a list such as [ usmf ]") }
        return companies
    }

    /// Names of properties of F&O; `nil` if the key is not there.
    fileprivate func fieldNames(_ key: String) -> Set<String>? {
        guard child(key) != nil else { return nil }
        let expected = "the name of a property of CustomersV3, such as PaymentTerms"
        return Set(list(key).compactMap { scalar($0.node, at: $0.path, expected: expected) })
    }

    /// A list of these words.
    fileprivate func words(_ key: String, of known: [String]) -> [String] {
        let expected = "one of \(known.joined(separator: ", "))"
        return list(key).compactMap { item in
            guard let text = scalar(item.node, at: item.path, expected: expected) else { return nil }
            if known.contains(text) { return text }
            reading.note(item.node, item.path, found: "\"\(text)\"", expected: expected)
            return nil
        }
    }

    fileprivate func companyStates(_ key: String) -> Set<CommerceCompany.Status> {
        let names = Dictionary(uniqueKeysWithValues: CommerceCompany.Status.allCases.map { ("\($0)", $0) })
        return Set(words(key, of: names.keys.sorted()).compactMap { names[$0] })
    }
}

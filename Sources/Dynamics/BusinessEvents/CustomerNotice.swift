import JSON

/// That something about a customer account is new: a flat business event of whatever id, or a data event of the
/// customers' entity. A thin notice: read the account itself by OData.
public struct CustomerNotice: Sendable, Equatable {
    /// In lower case.
    public var LegalEntity: String
    public var CustomerAccount: String

    /// What events call the account, the likeliest first. Contracts of a company's own events are its own.
    static let accountNames = ["CustomerAccount", "CustAccount", "InvoiceAccount", "AccountNum"]
    private static let expected = "the customer account"

    /// - Parameter body: As received.
    public init(_ body: [UInt8]) throws(BusinessEventError) {
        let fields = try BusinessEventReader.fields(of: body)
        if fields.has("BusinessEventId") {
            try self.init(event: fields)
        } else {
            try self.init(row: body)
        }
    }

    private init(event fields: EventFields) throws(BusinessEventError) {
        var account: String?
        for name in Self.accountNames where account == nil { account = try fields.text(name, Self.expected) }
        guard let account else { throw .missing(field: "CustomerAccount", expected: Self.expected) }
        guard let company = try fields.text(firstOf: "LegalEntity", "BusinessEventLegalEntity") else {
            throw .missing(field: "LegalEntity", expected: "a company id")
        }
        LegalEntity = company.lowercased()
        CustomerAccount = account
    }

    private init(row body: [UInt8]) throws(BusinessEventError) {
        let context = try BusinessEventReader.fields(of: body, ignoringCase: true)
        let attributes = try DataEvent.target(of: context)?.list("Attributes") ?? []
        func text(_ name: String) throws(BusinessEventError) -> String {
            guard case .string(let text)? = DataEvent.pair(name, in: attributes), !text.isEmpty else {
                throw .missing(field: "InputParameters.Target.Attributes.\(name)", expected: Self.expected)
            }
            return text
        }
        CustomerAccount = try text("mserp_customeraccount")
        LegalEntity = try text("mserp_dataareaid").lowercased()
    }
}

public import JSON

extension CustomerAccount {
    /// As Commerce gave it, for mapping documents.
    public var record: JSONValue { .object(fields) }

    /// The company that the customer is a user of; `nil` for those who buy for themselves.
    public var companyID: Int? {
        let attributes = fields["extension_attributes"]?.objectValue?["company_attributes"]?.objectValue
        guard let id = attributes?["company_id"]?.intValue, id > 0 else { return nil }
        return id
    }
}

extension CustomerAddress {
    /// As Commerce gave it, for mapping documents.
    public var record: JSONValue { .object(fields) }
}

extension CommerceCompany {
    /// As Commerce gave it, for mapping documents.
    public var record: JSONValue { .object(fields) }
}

extension CompanyCredit {
    /// For mapping documents.
    public var record: JSONValue {
        .members([
            "credit_limit": creditLimit.map(JSONValue.number), "balance": balance.map(JSONValue.number),
            "currency_code": currencyCode.map(JSONValue.string), "exceed_limit": .bool(mayExceedLimit),
        ])
    }
}

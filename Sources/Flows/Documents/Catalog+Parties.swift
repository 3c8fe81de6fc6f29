import JSON
import Mapping

/// Customers, companies and their addresses. F&O's fields are those of the metadata of 10.0.47; their lengths are not
/// in it, and F&O refuses what is too long itself.
enum PartyCatalog {
    static let targets = [customer, address, customerFields, companyFields]

    private static let customer = TargetRecord(
        "dynamics.Customer", owned: ["dataAreaId", "CustomerAccount", "PrimaryContactEmail", "PartyNumber"],
        texts(
            """
            OrganizationName NameAlias KnownAs PersonFirstName PersonMiddleName PersonLastName LanguageId
            OrganizationNumber TaxExemptNumber IdentificationNumber PaymentTerms PaymentMethod PaymentSchedule
            PaymentCashDiscount InvoiceAccount SalesTaxGroup DefaultDimensionDisplayValue DiscountPriceGroupId
            LineDiscountCode MultiLineDiscountCode TotalDiscountCode SiteId WarehouseId DeliveryMode DeliveryTerms
            SalesOrderPoolId ChargesGroupId EmployeeResponsibleNumber CreditRating PrimaryContactPhone
            PrimaryContactURL ReceiptEmail
            """) + [
                TargetField("PartyType", .choice(["Person", "Organization"]), required: true),
                TargetField("CustomerGroupId", .text(longest: nil), required: true),
                TargetField("SalesCurrencyCode", .text(longest: nil), required: true),
                TargetField("CreditLimit", .decimal), TargetField("CreditLimitIsMandatory", .noYes),
                TargetField("IsSalesTaxIncludedInPrices", .noYes),
                TargetField(
                    "OnHoldStatus",
                    .choice(["No", "Invoice", "All", "Payment", "Requisition", "Never", "PurchOrder"])),
            ])

    private static let address = TargetRecord(
        "dynamics.CustomerAddress", owned: ["dataAreaId", "CustomerAccount", "AddressLocationId"],
        texts(
            """
            AddressDescription AddressStreet AddressStreetNumber AddressZipCode AddressCity AddressState
            AddressCounty
            """) + [
                TargetField("AddressCountryRegionId", .text(longest: nil), required: true),
                TargetField(
                    "AddressLocationRoles", .text(longest: nil),
                    note: "Business, Delivery, Invoice, …, with ; between."), TargetField("IsPrimary", .noYes),
            ])

    static func texts(_ names: String) -> [TargetField] {
        names.split(whereSeparator: \.isWhitespace).map { TargetField(String($0), .text(longest: nil)) }
    }

    private static let customerFields = TargetRecord(
        "commerce.CustomerFields",
        [
            TargetField("account_number", .text(longest: nil)), TargetField("payment_terms", .text(longest: nil)),
            TargetField("hold_status", .text(longest: nil)), TargetField("price_group", .text(longest: nil)),
            TargetField("group_id", .integer),
        ])

    private static let companyFields = TargetRecord(
        "commerce.CompanyFields",
        [TargetField("reseller_id", .text(longest: nil)), TargetField("customer_group_id", .integer)])

    static let sources: [String: [SourceRecord]] = [
        "commerce.customer": [shopper, entity],
        "commerce.customer-address": [
            SourceRecord(
                "address", isOpen: true,
                [
                    "id": .number, "firstname": .text, "lastname": .text, "company": .text,
                    "street": .list(.text), "postcode": .text, "city": .text, "country_id": .text,
                    "region": .object(["region_code": .text, "region": .text, "region_id": .number]),
                    "region_code": .text, "country_iso3": .text, "country_region": .text,
                    "telephone": .text, "vat_id": .text, "default_billing": .flag, "default_shipping": .flag,
                ]), shopper, entity,
        ],
        "commerce.company": [
            SourceRecord(
                "company", isOpen: true,
                [
                    "id": .number, "company_name": .text, "legal_name": .text, "company_email": .text,
                    "vat_tax_id": .text, "reseller_id": .text, "street": .list(.text), "city": .text,
                    "country_id": .text, "region": .text, "region_id": .text, "postcode": .text,
                    "region_code": .text, "country_iso3": .text, "country_region": .text,
                    "telephone": .text, "customer_group_id": .number, "status": .number,
                    "extension_attributes": .object(nil),
                ]),
            SourceRecord(
                "credit",
                ["credit_limit": .number, "balance": .number, "currency_code": .text, "exceed_limit": .flag]),
            SourceRecord("administrator", isOpen: true, ["id": .number, "email": .text]), entity,
        ],
        "dynamics.account": [
            SourceRecord(
                "account", isOpen: true,
                [
                    "CustomerAccount": .text, "PaymentTerms": .text, "PaymentMethod": .text, "OnHoldStatus": .text,
                    "DiscountPriceGroupId": .text, "CustomerGroupId": .text, "CreditLimit": .number,
                    "SalesCurrencyCode": .text,
                ])
        ],
    ]

    private static let shopper = SourceRecord(
        "customer", isOpen: true,
        [
            "id": .number, "email": .text, "firstname": .text, "middlename": .text, "lastname": .text,
            "prefix": .text, "group_id": .number, "website_id": .number, "store_id": .number, "taxvat": .text,
            "custom_attributes": .object(nil), "extension_attributes": .object(nil),
        ])

    /// What the configuration says of the legal entity.
    static let entity = SourceRecord(
        "entity",
        [
            "dataAreaId": .text, "customerGroup": .text, "paymentTerms": .text, "language": .text, "site": .text,
            "warehouse": .text,
            "currency": .text,
        ])

    static let functions = [roles, hold]

    private static let roles = MappingFunction(
        "address-roles", arguments: 2...2, purpose: "default for billing, for shipping → roles with ; between"
    ) { (values) throws(MappingFunctionFault) in
        let names = zip(values, ["Invoice", "Delivery"]).filter { $0.0 == .bool(true) }.map(\.1)
        return .string((names.isEmpty ? ["Business"] : names).joined(separator: ";"))
    }

    private static let hold = MappingFunction(
        "company-hold", arguments: 1...1, purpose: "a company's status (3 is blocked) → what it is on hold for"
    ) { (values) throws(MappingFunctionFault) in
        guard let status = values.first ?? nil else { return nil }
        return status == 3 || status == "3" ? "All" : "No"
    }

    static var shipped: [String: [UInt8]] {
        [
            "customer.yaml": PackageResources.customer_yaml,
            "customer-address.yaml": PackageResources.customer_address_yaml,
            "company.yaml": PackageResources.company_yaml,
            "company-address.yaml": PackageResources.company_address_yaml,
            "customer-to-commerce.yaml": PackageResources.customer_to_commerce_yaml,
            "company-to-commerce.yaml": PackageResources.company_to_commerce_yaml,
        ]
    }
}

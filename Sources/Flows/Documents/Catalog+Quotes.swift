import Foundation
import JSON
import Mapping

/// Negotiable quotes and quotations. Lengths are those of F&O's extended data types
/// (learn.microsoft.com/previous-versions/dynamics/ax-2012/reference).
enum QuoteCatalog {
    static let targets = [header, line]

    private static let header = TargetRecord(
        "dynamics.SalesQuotationHeader",
        owned: [
            "dataAreaId", "SalesQuotationNumber", "CustomersReference", "CustomerRequisitionNumber",
            "RequestingCustomerAccountNumber", "InvoiceCustomerAccountNumber",
        ],
        [
            TargetField("SalesQuotationName", .text(longest: 60)),
            TargetField("CurrencyCode", .text(longest: 3), required: true),
            TargetField("LanguageId", .text(longest: 7)), TargetField("Email", .text(longest: 80)),
            TargetField("SalesQuotationExpiryDate", .date), TargetField("RequestedShippingDate", .date),
            TargetField("ReceiptDateRequested", .date), TargetField("SalesOrderOriginCode", .text(longest: 10)),
            TargetField("PaymentTermsName", .text(longest: 10)), TargetField("DeliveryModeCode", .text(longest: 10)),
            TargetField("DeliveryTermsCode", .text(longest: 10)),
            TargetField("DefaultShippingSiteId", .text(longest: 10)),
            TargetField("DefaultShippingWarehouseId", .text(longest: 10)),
            TargetField("PriceCustomerGroupCode", .text(longest: 10)),
            TargetField("ArePricesIncludingSalesTax", .noYes), TargetField("SkipOpportunityCreationPrompt", .noYes),
            TargetField("TotalDiscountPercentage", .decimal), TargetField("TotalDiscountAmount", .decimal),
        ])

    private static let line = TargetRecord(
        "dynamics.SalesQuotationLine",
        owned: ["dataAreaId", "SalesQuotationNumber", "LineCreationSequenceNumber", "InventoryLotId"],
        [
            TargetField("ItemNumber", .text(longest: 20), required: true),
            TargetField("LineDescription", .text(longest: 1000)),
            TargetField("RequestedSalesQuantity", .decimal, required: true), TargetField("SalesPrice", .decimal),
            TargetField("LineDiscountAmount", .decimal, note: "Of one unit."),
            TargetField("LineDiscountPercentage", .decimal), TargetField("SalesUnitSymbol", .text(longest: 10)),
            TargetField("ShippingSiteId", .text(longest: 10)), TargetField("ShippingWarehouseId", .text(longest: 10)),
            TargetField("DeliveryModeCode", .text(longest: 10)), TargetField("RequestedShippingDate", .date),
            TargetField("ExternalItemNumber", .text(longest: 20)),
        ])

    static let sources: [String: [SourceRecord]] = [
        "commerce.quote": [quote, PartyCatalog.entity], "commerce.quote-item": [item, quote, PartyCatalog.entity],
    ]

    private static let quote = SourceRecord(
        "quote", isOpen: true,
        [
            "id": .number, "created_at": .date, "updated_at": .date, "store_id": .number, "customer_note": .text,
            "customer": .object(nil), "billing_address": .object(nil),
            "currency": .object(["quote_currency_code": .text, "base_currency_code": .text]),
            "extension_attributes": .object(nil),
        ])

    private static let item = SourceRecord(
        "item", isOpen: true,
        [
            "item_id": .number, "sku": .text, "name": .text, "qty": .number, "price": .number,
            "product_type": .text, "extension_attributes": .object(nil),
        ])

    static let functions = [percentage, discount]

    /// `negotiated_price_type`: 1 is a percentage, 2 an amount off, 3 the price itself.
    private static let percentage = MappingFunction(
        "quote-percentage", arguments: 2...2,
        purpose: "negotiated_price_type, negotiated_price_value → the percentage off, if that was negotiated"
    ) { (values) throws(MappingFunctionFault) in
        guard let type = try number(values[0]) else { return nil }
        return .number(type == 1 ? try number(values[1]) ?? 0 : 0)
    }

    private static let discount = MappingFunction(
        "quote-discount", arguments: 3...3,
        purpose: "negotiated_price_type, negotiated_price_value, the price before → the amount off"
    ) { (values) throws(MappingFunctionFault) in
        guard let type = try number(values[0]) else { return nil }
        let value = try number(values[1]) ?? 0
        switch type {
        case 2: return .number(value)
        case 3: return .number(max(0, (try number(values[2]) ?? 0) - value))
        default: return 0
        }
    }

    private static func number(_ value: JSONValue?) throws(MappingFunctionFault) -> Decimal? {
        switch value {
        case nil, .null?: return nil
        case .number(let number)?: return number.decimal
        case .string(let text)?:
            guard let number = Decimal(exactly: text) else {
                throw MappingFunctionFault(found: "\"\(text)\"", expected: "a number")
            }
            return number
        default: throw MappingFunctionFault(found: "no number", expected: "a number")
        }
    }

    static var shipped: [String: [UInt8]] {
        [
            "quote-header.yaml": PackageResources.quote_header_yaml,
            "quote-line.yaml": PackageResources.quote_line_yaml,
        ]
    }
}

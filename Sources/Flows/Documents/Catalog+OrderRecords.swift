import Mapping

/// What the records of `OrderRecords` hold. Commerce's own may hold more: extensions add fields of theirs.
extension OrderCatalog {
    static let order = SourceRecord(
        "order", isOpen: true,
        kinds(
            text: """
                increment_id ext_order_id original_increment_id relation_parent_real_id state status store_name
                customer_email customer_firstname customer_middlename customer_lastname customer_prefix
                customer_suffix customer_taxvat customer_note order_currency_code base_currency_code
                store_currency_code global_currency_code coupon_code discount_description applied_rule_ids
                shipping_method shipping_description remote_ip
                """,
            number: """
                entity_id store_id customer_id customer_is_guest customer_group_id quote_id base_to_order_rate
                base_to_global_rate subtotal base_subtotal subtotal_incl_tax base_subtotal_incl_tax discount_amount
                base_discount_amount shipping_amount base_shipping_amount shipping_incl_tax base_shipping_incl_tax
                shipping_tax_amount tax_amount base_tax_amount grand_total base_grand_total total_due base_total_due
                total_qty_ordered total_item_count weight
                """,
            date: "created_at updated_at", open: "extension_attributes custom_attributes",
            [
                "billing_address": .object(addressFields), "shipping_address": .object(addressFields),
                "payment": .object(
                    kinds(
                        text: "method po_number account_status", number: "amount_ordered base_amount_ordered",
                        open: "additional_information extension_attributes")),
                "items": .list(.object(nil)), "status_histories": .list(.object(nil)),
            ]))

    static let sale = SourceRecord(
        "sale",
        kinds(
            text: "currency email", number: "sum sum_incl_tax",
            [
                "skip_charges": .flag, "override_tax": .flag, "prices_include_tax": .flag,
            ]))

    static let entity = SourceRecord(
        "entity",
        kinds(text: "dataAreaId customerGroup paymentTerms language site warehouse origin prices tax", number: ""))

    static let workedOutLine = SourceRecord(
        "line",
        kinds(
            text: "kind sku name tax_class",
            number: """
                number qty row_total discount_amount net tax_amount tax_percent amount sales_price sales_discount
                """))

    static let item = SourceRecord(
        "item", isOpen: true,
        kinds(
            text: "sku name product_type description additional_data applied_rule_ids ext_order_item_id",
            number: """
                item_id parent_item_id product_id quote_item_id qty_ordered qty_invoiced qty_shipped qty_refunded
                qty_canceled price base_price original_price price_incl_tax row_total base_row_total
                row_total_incl_tax discount_amount discount_percent tax_percent tax_amount weight row_weight
                """,
            open: "extension_attributes custom_attributes product_option parent_item"))

    static let accountAddress = SourceRecord("address", addressFields)

    private static let addressFields = kinds(
        text: """
            address_type prefix firstname middlename lastname suffix company city postcode region region_code
            country_id country_iso3 country_region telephone fax email vat_id
            """,
        number: "entity_id parent_id region_id customer_id customer_address_id",
        open: "extension_attributes custom_attributes", ["street": .list(.text)])

    private static func kinds(
        text: String, number: String, date: String = "", open: String = "", _ more: [String: SourceRecord.Kind] = [:]
    ) -> [String: SourceRecord.Kind] {
        var kinds = more
        for (names, kind) in [
            (text, SourceRecord.Kind.text), (number, .number), (date, .date), (open, .object(nil)),
        ] {
            for name in names.split(whereSeparator: \.isWhitespace) { kinds[String(name)] = kind }
        }
        return kinds
    }
}

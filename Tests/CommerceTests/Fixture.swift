import Foundation

@testable import Commerce

/// Orders in the shapes that the platform really sends; names and addresses are invented.
enum Fixture {
    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// A decimal literal goes through `Double`; a text does not.
    static func decimal(_ text: String) -> Decimal {
        Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) ?? .nan
    }

    /// A saved order as `GET /V1/orders/42` gives it: another currency than the base, a configurable product, a
    /// discount, tax on shipping.
    static let restConfigurable = """
        {
          "entity_id": 42, "increment_id": "000000042", "ext_order_id": null, "quote_id": 77,
          "state": "new", "status": "pending", "store_id": 1, "store_name": "Main Website\\nStore\\nDefault",
          "created_at": "2026-01-01 00:00:00", "updated_at": "2026-01-02 00:00:00",
          "customer_id": 5, "customer_is_guest": 0, "customer_group_id": 1, "customer_email": "buyer@example.com",
          "customer_firstname": "Ren\\u00e9e", "customer_lastname": "Muster", "customer_taxvat": "ATU00000000",
          "customer_note": "ring twice",
          "base_currency_code": "EUR", "order_currency_code": "CHF", "store_currency_code": "CHF",
          "global_currency_code": "EUR", "base_to_order_rate": 0.95, "base_to_global_rate": 1,
          "subtotal": 95.0, "base_subtotal": 100.0, "subtotal_incl_tax": 114.0,
          "discount_amount": -9.5, "base_discount_amount": -10.0, "coupon_code": "TEN", "discount_description": "TEN",
          "shipping_amount": 9.5, "base_shipping_amount": 10.0, "shipping_incl_tax": 11.4, "shipping_tax_amount": 1.9,
          "shipping_description": "Flat Rate - Fixed", "tax_amount": 19.0, "base_tax_amount": 20.0,
          "grand_total": 114.0, "base_grand_total": 120.0, "total_qty_ordered": 2,
          "items": [
            { "item_id": 101, "parent_item_id": null, "product_type": "configurable", "product_id": 67,
              "sku": "TEE-M-RED", "name": "Tee", "qty_ordered": 2, "price": 47.5, "base_price": 50,
              "price_incl_tax": 57, "row_total": 95, "base_row_total": 100, "tax_percent": 20, "tax_amount": 17.1,
              "discount_amount": 9.5,
                "product_option": { "extension_attributes": { "configurable_item_options": [] } } },
            { "item_id": 102, "parent_item_id": 101, "product_type": "simple", "product_id": 56,
              "sku": "TEE-M-RED", "name": "Tee-M-Red", "qty_ordered": 2, "price": 0, "base_price": 0, "row_total": 0 }
          ],
          "billing_address": { "address_type": "billing", "firstname": "Renée", "lastname": "Muster",
            "company": "Muster AG", "street": ["Weg 1", "Top 3"], "city": "Zürich", "postcode": "8001",
            "region": "Zürich", "region_code": "ZH", "region_id": 128, "country_id": "CH", "telephone": "+41 44 000",
            "email": "buyer@example.com", "vat_id": "CHE-000" },
          "payment": { "method": "purchaseorder", "po_number": "PO-77",
            "additional_information": ["Purchase Order"] },
          "status_histories": [],
          "extension_attributes": {
            "shipping_assignments": [ { "shipping": { "address": { "address_type": "shipping", "firstname": "Renée",
                "lastname": "Muster", "street": ["Lager 2"], "city": "Zürich", "postcode": "8002",
                  "country_id": "CH" },
              "method": "flatrate_flatrate", "total": { "shipping_amount": 9.5 } }, "items": [], "stock_id": 2 } ],
            "gift_cards": [ { "id": 1, "code": "G1", "amount": 0 } ], "gift_cards_amount": 5.5,
            "base_gift_cards_amount": "5.7895", "customer_balance_amount": 1, "reward_currency_amount": 2,
            "gw_price": "3.0000", "gw_items_price": "1.5000", "gw_card_price": null
          }
        }
        """

    /// `observer.sales_order_place_after`: not yet saved, a guest, numbers as text, empty objects as lists.
    static let webhookGuest = """
        {
          "subject": [], "eventName": "sales_order_place_after",
          "data": { "order": {
            "increment_id": "000000043", "store_id": "1", "state": "new", "status": "pending",
            "base_currency_code": "EUR", "order_currency_code": "EUR", "base_to_order_rate": "1.0000",
            "base_subtotal": "100.000000", "subtotal": "100.000000", "base_grand_total": 110.0, "grand_total": 110.0,
            "base_shipping_amount": 10.0, "shipping_amount": 10.0, "shipping_description": "Pauschale – fix",
            "customer_email": "gast@example.com", "customer_is_guest": 1, "customer_id": null,
              "customer_group_id": "0",
            "coupon_code": "", "discount_amount": "0.0000",
            "items": [ { "sku": "AB-1", "name": "Widget", "qty_ordered": 2,
              "base_price": "50.000000", "price": "50.000000",
              "base_row_total": 100, "row_total": 100, "product_type": "simple", "quote_item_id": "900",
              "product_options": [], "extension_attributes": [], "parent_item": [] } ],
            "addresses": [
              { "address_type": "shipping", "firstname": "Zoë", "lastname": "Øre", "street": "Gasse 1\\nStiege 2\\n",
                "postcode": "1010", "city": "Wien", "country_id": "AT", "region_id": "57" },
              { "address_type": "billing", "firstname": "Zoë", "lastname": "Øre", "street": "Gasse 1",
                "postcode": "1010", "city": "Wien", "country_id": "AT", "region": [], "company": "" } ],
            "shipping_method": "flatrate_flatrate",
            "payment": { "method": "checkmo", "additional_data": null },
            "status_histories": [], "extension_attributes": [], "gift_cards": "[]"
          } }
        }
        """

    /// What a merchant may leave of an order: `sales_order_place_after` with few fields.
    static let webhookSample = """
        {
          "subject": [], "eventName": "sales_order_place_after",
          "data": { "order": {
            "increment_id": "000000042", "store_id": "1", "state": "new", "status": "pending",
            "base_currency_code": "EUR", "order_currency_code": "EUR",
            "base_grand_total": 110.0, "grand_total": 110.0, "base_shipping_amount": 10.0,
            "customer_email": "buyer@example.com", "customer_is_guest": 1,
            "items": [ { "sku": "AB-1", "name": "Widget", "qty_ordered": 2, "base_price": 50,
              "product_type": "simple" } ],
            "addresses": [ { "address_type": "shipping", "postcode": "1010", "country_id": "AT" },
                           { "address_type": "billing",  "postcode": "1010", "country_id": "AT" } ],
            "shipping_method": "flatrate_flatrate",
            "payment": { "method": "checkmo", "additional_data": null },
            "status_histories": [], "extension_attributes": [], "gift_cards": "[]"
          } }
        }
        """

    /// An order with the members that any order has, and these items.
    static func order(subtotal: String, items: String, more: String = "") -> [UInt8] {
        bytes(
            """
            {"increment_id":"7","order_currency_code":"EUR","base_currency_code":"EUR","subtotal":\(subtotal),
             "grand_total":\(subtotal)\(more),"items":\(items)}
            """)
    }
}

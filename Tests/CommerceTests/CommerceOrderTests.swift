import Foundation
import Relay
import Testing

@testable import Commerce

@Suite("Reading orders")
struct CommerceOrderTests {
    @Test("an order from REST is read with all that an ERP needs")
    func readsREST() throws {
        let order = try CommerceOrder.read(Fixture.bytes(Fixture.restConfigurable))
        #expect(order.entityID == 42)
        #expect(order.incrementID == "000000042")
        #expect(order.extOrderID == nil)
        #expect(order.state == "new")
        #expect(order.status == "pending")
        #expect(order.storeID == 1)
        #expect(order.createdAt == "2026-01-01 00:00:00")
        #expect(
            order.customer
                == CommerceCustomer(
                    id: 5, isGuest: false, groupID: 1, email: "buyer@example.com", firstname: "Renée",
                    lastname: "Muster", taxvat: "ATU00000000"))
        #expect(order.customerNote == "ring twice")
        #expect(
            order.currencies
                == CommerceCurrencies(
                    order: "CHF", base: "EUR", store: "CHF", global: "EUR",
                    baseToOrderRate: Fixture.decimal("0.95"), baseToGlobalRate: 1))
        #expect(order.couponCode == "TEN")
        #expect(order.shipping == CommerceShipping(method: "flatrate_flatrate", description: "Flat Rate - Fixed"))
        #expect(order.payment == CommercePayment(method: "purchaseorder", poNumber: "PO-77"))
        #expect(order.items.map(\.sku) == ["TEE-M-RED", "TEE-M-RED"])
        #expect(order.items[1].parentItemID == 101)
    }

    @Test("amounts are read in both currencies, those of Commerce's paid modules included")
    func readsTotals() throws {
        let order = try CommerceOrder.read(Fixture.bytes(Fixture.restConfigurable))
        #expect(
            order.totals
                == CommerceTotals(
                    subtotal: 95, subtotalInclTax: 114, discountAmount: Fixture.decimal("-9.5"),
                    shippingAmount: Fixture.decimal("9.5"), shippingInclTax: Fixture.decimal("11.4"),
                    shippingTaxAmount: Fixture.decimal("1.9"), taxAmount: 19, grandTotal: 114,
                    giftCardsAmount: Fixture.decimal("5.5"), customerBalanceAmount: 1, rewardCurrencyAmount: 2,
                    giftWrappingAmount: Fixture.decimal("4.5")))
        #expect(order.baseTotals.grandTotal == 120)
        #expect(order.baseTotals.discountAmount == -10)
        #expect(order.baseTotals.giftCardsAmount == Fixture.decimal("5.7895"))
    }

    @Test("billing and shipping addresses are read from where REST puts them")
    func readsRESTAddresses() throws {
        let order = try CommerceOrder.read(Fixture.bytes(Fixture.restConfigurable))
        #expect(
            order.billingAddress
                == CommerceAddress(
                    firstname: "Renée", lastname: "Muster", company: "Muster AG", street: ["Weg 1", "Top 3"],
                    city: "Zürich", postcode: "8001", region: "Zürich", regionCode: "ZH", countryID: "CH",
                    telephone: "+41 44 000", email: "buyer@example.com", vatID: "CHE-000"))
        #expect(order.shippingAddress?.postcode == "8002")
    }

    @Test("a guest's webhook before the order is saved is read, its numbers being text and its objects lists")
    func readsWebhook() throws {
        let order = try CommerceOrder.read(Fixture.bytes(Fixture.webhookGuest))
        #expect(order.entityID == nil)
        #expect(order.storeID == 1)
        #expect(order.customer == CommerceCustomer(isGuest: true, groupID: 0, email: "gast@example.com"))
        #expect(order.couponCode == nil)
        #expect(order.totals.subtotal == 100)
        #expect(order.baseTotals == order.totals)
        #expect(order.shipping.method == "flatrate_flatrate")
        #expect(order.billingAddress?.street == ["Gasse 1"])
        #expect(order.billingAddress?.company == nil)
        #expect(order.shippingAddress?.street == ["Gasse 1", "Stiege 2"])
        #expect(order.shippingAddress?.firstname == "Zoë")
        #expect(order.items[0].quoteItemID == 900)
        #expect(order.items[0].price == 50)
    }

    @Test("a plugin's webhook holds the same order as its REST form")
    func readsPlugin() throws {
        let plain = try CommerceOrder.read(Fixture.bytes(Fixture.restConfigurable))
        #expect(try CommerceOrder.read(Fixture.bytes(#"{"order":\#(Fixture.restConfigurable)}"#)) == plain)
        #expect(try CommerceOrder.read(Fixture.bytes(#"{"entity":\#(Fixture.restConfigurable)}"#)) == plain)
    }

    @Test("an order with nothing to ship has no shipping address")
    func readsVirtual() throws {
        let items = #"[{"sku":"E-BOOK","qty_ordered":1,"price":9.99,"row_total":9.99,"product_type":"virtual"}]"#
        for extensions in [#""extension_attributes":{"shipping_assignments":[]}"#, #""extension_attributes":[]"#] {
            let order = try CommerceOrder.read(Fixture.order(subtotal: "9.99", items: items, more: "," + extensions))
            #expect(order.shippingAddress == nil)
            #expect(order.shipping.method == nil)
        }
    }

    static let amounts: [(String, String)] = [
        ("110.0", "110"), ("0.1", "0.1"), (#""123.000000""#, "123"), ("1e2", "100"),
        ("12345678901234567.89", "12345678901234567.89"), ("9007199254740993", "9007199254740993"),
        ("29.949999999999999", "29.949999999999999"), (#""0.0000""#, "0"),
    ]

    @Test("money is exactly what the text says", arguments: amounts)
    func readsMoney(_ text: String, _ expected: String) throws {
        let order = try CommerceOrder.read(
            Fixture.order(subtotal: text, items: #"[{"sku":"A","qty_ordered":"1.0000","price":1,"row_total":1}]"#))
        #expect(order.totals.subtotal == Fixture.decimal(expected))
    }

    @Test("base amounts stand in where a payload holds no others and both currencies are one")
    func fallsBack() throws {
        let order = try CommerceOrder.read(
            Fixture.bytes(
                """
                {"increment_id":"7","order_currency_code":"EUR","base_currency_code":"EUR","base_subtotal":"100.0",
                 "base_grand_total":110,"items":[{"sku":"A","qty_ordered":2,"base_price":"50.0000"}]}
                """))
        #expect(order.totals.subtotal == 100)
        #expect(order.items[0].rowTotal == 100)
    }

    @Test(
        "the tax within shipping's discount is read by its name in either currency",
        arguments: [
            (#""shipping_discount_tax_compensation_amount":"0.5""#, "0.5", "0.4"),
            (#""shipping_discount_tax_compensation_amount":null"#, "0", "0.4"), (#""store_id":1"#, "0", "0.4"),
        ])
    func readsShippingCompensation(_ member: String, _ amount: String, _ base: String) throws {
        let order = try CommerceOrder.read(
            Fixture.bytes(
                """
                {"increment_id":"7","order_currency_code":"CHF","base_currency_code":"EUR","subtotal":1,
                 "grand_total":1,"base_subtotal":1,"base_grand_total":1,
                 "base_shipping_discount_tax_compensation_amnt":0.4,\(member),
                 "items":[{"sku":"A","qty_ordered":1,"price":1}]}
                """))
        #expect(order.totals.shippingDiscountTaxCompensationAmount == Fixture.decimal(amount))
        #expect(order.baseTotals.shippingDiscountTaxCompensationAmount == Fixture.decimal(base))
    }

    @Test("an order cut down to a few fields has the subtotal that the other amounts leave")
    func readsSample() throws {
        let order = try CommerceOrder.read(Fixture.bytes(Fixture.webhookSample))
        #expect(order.totals == CommerceTotals(subtotal: 100, shippingAmount: 10, grandTotal: 110))
        var line = OrderLine(
            number: 1, itemID: nil, sku: "AB-1", name: "Widget", quantity: 2, unitPrice: 50, rowTotal: 100)
        line.position = 0
        #expect(try exportLines(of: order) == [line])
    }

    static let members =
        #""increment_id":"1","order_currency_code":"EUR","base_currency_code":"EUR","subtotal":1,"grand_total":1"#
    static let refused: [(String, String)] = [
        ("", "The body is not JSON (RFC 8259): the text ends too early at byte 0."),
        ("[]", "the body: found a list, expected an object with an order in it."),
        ("{}", "order_currency_code: found nothing, expected a currency's ISO 4217 code."),
        (
            #"{"data":{"order":{"order_currency_code":"EUR"}}}"#,
            "data.order.grand_total: found nothing, expected an amount."
        ),
        (
            #"{"order":{"order_currency_code":"EUR","subtotal":"12,50","grand_total":1}}"#,
            "order.subtotal: found the text \"12,50\", expected a number."
        ),
        (
            #"{"order_currency_code":"CHF","base_currency_code":"EUR","subtotal":1,"grand_total":1}"#,
            "increment_id: found nothing, expected the order's number as text."
        ),
        (
            #"{\#(members),"items":[]}"#,
            "items: found a list, expected a list of at least one item."
        ),
        (
            #"{\#(members),"items":[{"sku":"A","qty_ordered":1,"price":1},{"sku":"B","price":1}]}"#,
            "items[1].qty_ordered: found nothing, expected a quantity."
        ),
        (
            #"{\#(members),"items":[{"sku":"A","qty_ordered":1}]}"#,
            "items[0].price: found nothing, expected an amount."
        ),
        (
            #"{\#(members),"items":[null]}"#,
            "items[0]: found nothing, expected an order item."
        ),
        (
            #"{\#(members),"entity_id":"4x"}"#,
            "entity_id: found the text \"4x\", expected a whole number."
        ),
        (
            #"{\#(members),"entity_id":4.5}"#,
            "entity_id: found the number 4.5, expected a whole number."
        ),
        (
            #"{\#(members),"customer_is_guest":"perhaps"}"#,
            "customer_is_guest: found the text \"perhaps\", expected 0 or 1."
        ),
        (
            #"{\#(members),"billing_address":"Wien"}"#,
            "billing_address: found the text \"Wien\", expected an object."
        ),
    ]

    @Test("what can't be read is refused with path, find and expectation, and parked", arguments: refused)
    func refuses(_ body: String, _ message: String) {
        #expect {
            try CommerceOrder.read(Fixture.bytes(body))
        } throws: { error in
            guard let error = error as? OrderReadingError else { return false }
            #expect(error.description == message)
            return error.failureKind == .validation && error.reason.code == "unreadable-order"
        }
    }
}

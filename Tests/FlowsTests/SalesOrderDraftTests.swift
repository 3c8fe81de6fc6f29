import Commerce
import Foundation
import JSON
import Mapping
import Relay
import Testing

@testable import Flows

@Suite("What F&O is asked to create for an order")
struct SalesOrderDraftTests {
    @Test("the header names order, customer, currency, site and warehouse, and an address of the order alone")
    func header() throws {
        let header = try SalesOrderDraft(sampleOrder(), policy: samplePolicy()).header(account: "C-7")
        #expect(
            header.json == [
                "dataAreaId": "usmf", "OrderingCustomerAccountNumber": "C-7", "InvoiceCustomerAccountNumber": "C-7",
                "CustomersOrderReference": "000000042", "CustomerRequisitionNumber": "000000042",
                "CurrencyCode": "EUR", "Email": "renee@example.com", "DefaultShippingSiteId": "1",
                "DefaultShippingWarehouseId": "11", "SkipCreateAutoCharges": "Yes",
                "IsDeliveryAddressOrderSpecific": "Yes", "DeliveryAddressName": "Renée Muster",
                "DeliveryAddressDescription": "Renée Muster", "DeliveryAddressStreet": "Lindenweg 4/2\nTop 3",
                "DeliveryAddressZipCode": "1010", "DeliveryAddressCity": "Wien", "DeliveryAddressStateId": "WI",
                "DeliveryAddressCountryRegionId": "AUT",
            ])
    }

    @Test("an order with nothing to ship has no delivery address and no shipping line")
    func virtualOrder() throws {
        var order = sampleOrder()
        order.shippingAddress = nil
        order.totals.shippingAmount = 0
        let draft = try SalesOrderDraft(order.settled(), policy: samplePolicy())
        let header = draft.header(account: "C-7")
        #expect(!header.fields.contains { $0.name.contains("DeliveryAddress") })
        #expect(draft.lines(salesOrderNumber: "SO-1").map { $0.text("ItemNumber") } == ["MUG-01", "LAMP-02"])
    }

    @Test("the purchase order number becomes the customer's requisition")
    func requisition() throws {
        var order = sampleOrder()
        order.payment?.poNumber = "PO-77"
        let header = try SalesOrderDraft(order, policy: samplePolicy()).header(account: "C-7")
        #expect(header.text("CustomerRequisitionNumber") == "PO-77")
    }

    @Test("lines are numbered in sequence, and shipping is the last one where an item is configured for it")
    func lines() throws {
        let lines = try SalesOrderDraft(sampleOrder(), policy: samplePolicy()).lines(salesOrderNumber: "SO-1")
        #expect(lines.map { $0["LineNumber"] } == [1, 2, 3])
        #expect(lines.map { $0["ItemNumber"] } == ["MUG-01", "LAMP-02", "FREIGHT"])
        #expect(lines.map { $0["SalesPrice"]?.numberValue } == [money("12.5"), money("49.9"), money("9.5")])
        #expect(lines.map { $0["OrderedSalesQuantity"] } == [2, 1, 1])
        #expect(lines.allSatisfy { $0.text("SalesOrderNumber") == "SO-1" && $0.text("dataAreaId") == "usmf" })
        #expect(lines.allSatisfy { $0.text("ShippingSiteId") == "1" && $0.text("ShippingWarehouseId") == "11" })
    }

    @Test("shipping is left out where F&O adds its own charges")
    func shippingLeftToDynamics() throws {
        let draft = try SalesOrderDraft(sampleOrder(), policy: samplePolicy(shipping: .leftToDynamics))
        #expect(draft.lines(salesOrderNumber: "SO-1").count == 2)
        #expect(draft.sale.sum == money("74.90"))
        #expect(draft.header(account: "C-7")["SkipCreateAutoCharges"] == nil)
    }

    @Test("a row's discount becomes the discount of one unit, without losing a cent over the row")
    func discount() throws {
        var order = sampleOrder()
        order.items = [
            CommerceOrderItem(
                itemID: 101, sku: "MUG-01", qtyOrdered: 3, price: 50, rowTotal: 150, discountAmount: 10)
        ]
        order.totals.subtotal = 150
        order.totals.discountAmount = -10
        let draft = try SalesOrderDraft(order.settled(), policy: samplePolicy(shipping: .leftToDynamics))
        let line = try #require(draft.lines(salesOrderNumber: "SO-1").first)
        #expect(line["LineDiscountAmount"]?.numberValue == money("3.333333"))
        #expect(draft.sale.sum == 140)
    }

    /// A row of 3 × 50 with shipping of 10, in net amounts; both discounts include 20 % tax where they say so.
    struct Discounts: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var row: (discount: String, compensation: String)
        var shipping: (discount: String, compensation: String) = ("0", "0")
        /// `LineDiscountAmount` of the two lines.
        let lineDiscounts: [String?]
        let net: String
    }

    @Test(
        "a discount that includes tax is booked without it, on lines and on shipping",
        arguments: [
            Discounts(testDescription: "none", row: ("0", "0"), lineDiscounts: [nil, nil], net: "160"),
            Discounts(testDescription: "without tax", row: ("15", "0"), lineDiscounts: ["5", nil], net: "145"),
            Discounts(testDescription: "with tax", row: ("18", "3"), lineDiscounts: ["5", nil], net: "145"),
            Discounts(testDescription: "uneven", row: ("12", "2"), lineDiscounts: ["3.333333", nil], net: "150"),
            Discounts(
                testDescription: "on shipping too", row: ("18", "3"), shipping: ("1.2", "0.2"),
                lineDiscounts: ["5", "1"], net: "144"),
            Discounts(
                testDescription: "the whole order", row: ("180", "30"), shipping: ("12", "2"),
                lineDiscounts: ["50", "10"], net: "0"),
        ])
    func taxInDiscount(_ given: Discounts) throws {
        var order = sampleOrder()
        order.items = [
            CommerceOrderItem(
                itemID: 101, sku: "MUG-01", qtyOrdered: 3, price: 50, rowTotal: 150,
                discountAmount: money(given.row.discount),
                discountTaxCompensationAmount: money(given.row.compensation))
        ]
        order.totals.subtotal = 150
        order.totals.shippingAmount = 10
        order.totals.shippingDiscountAmount = money(given.shipping.discount)
        order.totals.shippingDiscountTaxCompensationAmount = money(given.shipping.compensation)
        order.totals.discountAmount = -money(given.row.discount) - money(given.shipping.discount)
        order.totals.discountTaxCompensationAmount = money(given.row.compensation)
        let draft = try SalesOrderDraft(order.settled(), policy: samplePolicy())
        let lines = draft.lines(salesOrderNumber: "SO-1")
        #expect(lines.map { $0["LineDiscountAmount"]?.numberValue } == given.lineDiscounts.map { $0.map(money) })
        #expect(draft.sale.sum == money(given.net))
    }

    @Test("a webhook cut down to a few fields becomes a line for its article and one for shipping, in its currency")
    func cutDownWebhook() throws {
        let body = """
            {"subject":[],"eventName":"sales_order_place_after","data":{"order":{"increment_id":"000000042",
             "store_id":"1","state":"new","status":"pending","base_currency_code":"EUR","order_currency_code":"EUR",
             "base_grand_total":110.0,"grand_total":110.0,"base_shipping_amount":10.0,
             "customer_email":"buyer@example.com","customer_is_guest":1,
             "items":[{"sku":"AB-1","name":"Widget","qty_ordered":2,"base_price":50,"product_type":"simple"}],
             "addresses":[{"address_type":"shipping","postcode":"1010","country_id":"AT"},
                          {"address_type":"billing","postcode":"1010","country_id":"AT"}],
             "shipping_method":"flatrate_flatrate","payment":{"method":"checkmo","additional_data":null},
             "status_histories":[],"extension_attributes":[],"gift_cards":"[]"}}}
            """
        let draft = try SalesOrderDraft(CommerceOrder.read(Array(body.utf8)), policy: samplePolicy())
        let lines = draft.lines(salesOrderNumber: "SO-1")
        #expect(draft.header(account: "C-7").text("CurrencyCode") == "EUR")
        #expect(lines.map { $0["ItemNumber"] } == ["AB-1", "FREIGHT"])
        #expect(lines.map { $0["OrderedSalesQuantity"] } == [2, 1])
        #expect(lines.map { $0["SalesPrice"] } == [50, 10])
        #expect(draft.sale.sum == 110)
    }

    @Test("a store that is named belongs to its own legal entity, any other one to the default")
    func legalEntity() throws {
        var order = sampleOrder()
        order.storeID = 2
        #expect(try SalesOrderDraft(order, policy: samplePolicy()).dataAreaID == "dat")
        order.storeID = 9
        #expect(try SalesOrderDraft(order, policy: samplePolicy()).dataAreaID == "usmf")
        order.storeID = nil
        #expect(try SalesOrderDraft(order, policy: samplePolicy()).dataAreaID == "usmf")
    }

    @Test("the customer is a person, or an organization where the billing address names a company")
    func customer() throws {
        let person = try SalesOrderDraft(sampleOrder(), policy: samplePolicy()).customer
        #expect(person.text("PartyType") == "Person")
        #expect(person.text("PersonLastName") == "Muster")
        #expect(person.text("PrimaryContactEmail") == "renee@example.com")
        #expect(person.text("CustomerGroupId") == "30")
        var order = sampleOrder()
        order.billingAddress?.company = "Muster AG"
        let company = try SalesOrderDraft(order, policy: samplePolicy()).customer
        #expect(company.text("PartyType") == "Organization")
        #expect(company.text("OrganizationName") == "Muster AG")
        #expect(company["PersonLastName"] == nil)
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: String
        let outcome: DeliveryState
        let change: @Sendable (inout CommerceOrder) -> Void
    }

    @Test(
        "an order that does not fit is refused with a reason, before anything is created",
        arguments: [
            Refusal(testDescription: "canceled", code: "order-state", outcome: .skipped) { $0.state = "canceled" },
            Refusal(testDescription: "not paid yet", code: "order-state", outcome: .skipped) {
                $0.state = "pending_payment"
            },
            Refusal(testDescription: "no e-mail", code: "order-without-email", outcome: .parked) {
                $0.customer.email = nil
            },
            Refusal(testDescription: "no e-mail but text", code: "order-without-email", outcome: .parked) {
                $0.customer.email = "none"
            },
            Refusal(testDescription: "unknown country", code: "unknown-country", outcome: .parked) {
                $0.shippingAddress?.countryID = "XX"
            },
            Refusal(testDescription: "missing country", code: "unknown-country", outcome: .parked) {
                $0.billingAddress?.countryID = nil
            },
            Refusal(testDescription: "gift wrapping", code: "unmapped-amount", outcome: .parked) {
                ($0.totals.giftWrappingAmount, $0.totals.grandTotal) = (3, money("87.40"))
            },
            Refusal(testDescription: "lines don't add up", code: "lines-differ-from-subtotal", outcome: .parked) {
                $0.totals.subtotal = 80
            },
            Refusal(testDescription: "nothing ordered", code: "line-without-quantity", outcome: .parked) {
                $0.items[0].qtyOrdered = 0
            },
        ])
    func refuses(_ row: Refusal) throws {
        var order = sampleOrder()
        row.change(&order)
        let fault = #expect(throws: (any Error).self) { try SalesOrderDraft(order, policy: samplePolicy()) }
        let verdict = try #require(fault as? any DeliveryFault)
        #expect(verdict.reason.code == row.code)
        let outcome = RetryRules().outcome(
            of: verdict, failures: 0, hold: nil, now: Timestamp(millisecondsSince1970: 0), jitter: 0)
        #expect(outcome.state == row.outcome)
        #expect(verdict.reason.message.contains("000000042"))
    }
}

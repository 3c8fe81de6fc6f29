import Commerce
import Foundation
import JSON
import Mapping
import Relay
import Testing

@testable import Flows

@Suite("Orders, value tables and a company's own mapping documents")
struct OrderMappingTests {
    private func draft(
        _ rows: ValueRows, own: [String: String] = [:], change: (inout CommerceOrder) -> Void = { _ in }
    ) throws -> SalesOrderDraft {
        var order = sampleOrder()
        change(&order)
        let mappings = try FlowCatalog.catalog.load(shipped: FlowCatalog.shipped, own: own)
        return try SalesOrderDraft(order, policy: samplePolicy(), mappings: mappings, values: rows)
    }

    @Test("rows say what a SKU, a shipping method, a payment method, a country, a region and a group are in F&O")
    func tables() throws {
        let draft = try draft([
            "items MUG-01": ["ItemNumber": "M0001", "ProductColorId": "Blue"],
            "shipping-methods flatrate_flatrate": ["DeliveryModeCode": "DHL", "DeliveryTermsCode": "DAP"],
            "payment-methods checkmo": ["CustomerPaymentMethodName": "CHECK", "PaymentTermsName": "Net10"],
            "countries AT": ["CountryRegionId": "OST"], "regions AT-WI": ["AddressState": "W"],
            "customer-groups 3": ["CustomerGroupId": "VIP"],
        ]) { $0.customer.groupID = 3 }
        let lines = draft.lines(salesOrderNumber: "SO-1")
        #expect(lines.map { $0.text("ItemNumber") } == ["M0001", "LAMP-02", "FREIGHT"])
        #expect(lines.map { $0.text("ProductColorId") } == ["Blue", nil, nil])
        let header = draft.header(account: "C-7")
        #expect(header.text("DeliveryModeCode") == "DHL" && header.text("DeliveryTermsCode") == "DAP")
        #expect(header.text("CustomerPaymentMethodName") == "CHECK" && header.text("PaymentTermsName") == "Net10")
        #expect(header.text("DeliveryAddressCountryRegionId") == "OST")
        #expect(header.text("DeliveryAddressStateId") == "W")
        #expect(draft.customer.text("CustomerGroupId") == "VIP")
        #expect(draft.customer.text("AddressCountryRegionId") == "OST")
    }

    @Test("a row of the table stores goes before the configuration")
    func stores() throws {
        #expect(try draft(["stores 1": ["dataAreaId": "DAT"]]).dataAreaID == "dat")
        #expect(try draft([:]).dataAreaID == "usmf")
    }

    @Test("a country that ISO does not know is taken if the table knows it")
    func ownCountry() throws {
        let draft = try draft(["countries XK": ["CountryRegionId": "KOS"]]) { $0.shippingAddress?.countryID = "XK" }
        #expect(draft.header(account: "C-7").text("DeliveryAddressCountryRegionId") == "KOS")
    }

    @Test("a company's document reads what the shipped one leaves: custom attributes, notes, house numbers")
    func ownDocument() throws {
        let headers = """
            mapping: order-header
            from: commerce.order
            to: dynamics.SalesOrderHeader
            fields:
              SalesOrderName: order.customer_note
              SalesOrderPoolId: order.custom_attributes.cost_center
              DeliveryAddressStreet: { call: streetWithoutHouseNumber, with: order.shipping_address.street }
              DeliveryAddressStreetNumber: { call: houseNumber, with: order.shipping_address.street }
            """
        let lines = """
            mapping: order-line
            from: commerce.orderLine
            to: dynamics.SalesOrderLine
            fields:
              CustomerRequisitionNumber: item.custom_attributes.engraving
            """
        let draft = try draft([:], own: ["order-header.yaml": headers, "order-line.yaml": lines]) { order in
            order.customerNote = "Ring twice"
            order.document = [
                "custom_attributes": [["attribute_code": "cost_center", "value": "4711"]],
                "items": [["custom_attributes": [["attribute_code": "engraving", "value": "Für Oma"]]], [:]],
            ]
            for index in order.items.indices { order.items[index].itemID = index + 1 }
        }
        let header = draft.header(account: "C-7")
        #expect(header.text("SalesOrderName") == "Ring twice")
        #expect(header.text("SalesOrderPoolId") == "4711")
        #expect(header.text("DeliveryAddressStreet") == "Lindenweg\nTop 3")
        #expect(header.text("DeliveryAddressStreetNumber") == "4/2")
        let told = draft.lines(salesOrderNumber: "SO-1").map { $0.text("CustomerRequisitionNumber") }
        #expect(told == ["Für Oma", nil, nil])
    }

    @Test("keys by which records are found again are the flow's, whatever a document says")
    func keys() throws {
        let own = """
            mapping: order-header
            from: commerce.order
            to: dynamics.SalesOrderHeader
            fields: { InvoiceCustomerAccountNumber: { constant: HEAD-OFFICE } }
            """
        let header = try draft([:], own: ["order-header.yaml": own]).header(account: "C-7")
        #expect(header.text("OrderingCustomerAccountNumber") == "C-7")
        #expect(header.text("InvoiceCustomerAccountNumber") == "HEAD-OFFICE")
        #expect(header.text("CustomersOrderReference") == "000000042")
    }

    @Test("where Commerce owns the tax, groups come from the tables, and a missing row is named")
    func taxGroups() throws {
        var policy = samplePolicy()
        policy.money.tax = .commerce
        let groups: ValueRows = [
            "tax-groups AT": ["SalesTaxGroupCode": "DOM"], "tax-groups 0": ["SalesTaxItemGroupCode": "NONE"],
        ]
        let draft = try SalesOrderDraft(sampleOrder(), policy: policy, rows: groups)
        let header = draft.header(account: "C-7")
        #expect(header.text("OverrideSalesTax") == "Yes" && header.text("SalesTaxGroupCode") == "DOM")
        let lines = draft.lines(salesOrderNumber: "SO-1")
        #expect(lines.allSatisfy { $0.text("SalesTaxItemGroupCode") == "NONE" })
        let verdict = #expect(throws: Verdict.self) {
            try SalesOrderDraft(
                sampleOrder(), policy: policy, rows: ["tax-groups AT": ["SalesTaxGroupCode": "DOM"]])
        }
        #expect(verdict?.reason.code == "missing-value")
        #expect(verdict?.reason.message.contains(#"tax-groups has no SalesTaxItemGroupCode for "0""#) == true)
    }
}

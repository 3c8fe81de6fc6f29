import Commerce
import Foundation
import JSON
import Relay
import Testing

/// A call of each public method of the client, with everything filled in that its body can carry.
struct ClientCall: Sendable, CustomTestStringConvertible {
    /// `ship(orderID:items:tracks:sourceCode:notify:comment:)`
    let method: String
    let editions: Set<CommerceEndpoint.Edition>
    let make: @Sendable (CommerceClient) async throws -> Void

    var testDescription: String { method }

    init(
        _ method: String, on editions: Set<CommerceEndpoint.Edition> = [.paas, .saas],
        _ make: @escaping @Sendable (CommerceClient) async throws -> Void
    ) {
        self.method = method
        self.editions = editions
        self.make = make
    }

    static let all =
        orders + documents + returns + customers + companies + lists + catalog + prices + stock
        + others

    static let moment = "2026-01-01 10:00:00"
    static let noon = Timestamp(millisecondsSince1970: 1_767_268_800_000)
    static let items = [InvoicedItem(orderItemID: 101, qty: 2)]
    static let track = ShipmentTrack(number: "1Z999", title: "UPS", carrierCode: "ups")

    static let orders: [ClientCall] = [
        ClientCall("order(incrementID:)") { _ = try await $0.order(incrementID: "000000042") },
        ClientCall("order(entityID:)") { _ = try await $0.order(entityID: 42) },
        ClientCall("setExternalOrderID(entityID:incrementID:extOrderID:)") {
            try await $0.setExternalOrderID(entityID: 42, incrementID: "000000042", extOrderID: "SO-1")
        },
        ClientCall("comments(orderID:)") { _ = try await $0.comments(orderID: 42) },
        ClientCall("addComment(orderID:text:status:)") { try await $0.addComment(orderID: 42, text: "x") },
        ClientCall("addComment(orderID:history:)") {
            try await $0.addComment(
                orderID: 42,
                history: [
                    "comment": "x", "is_customer_notified": 0, "is_visible_on_front": 0, "parent_id": 42,
                    "status": "processing",
                ])
        },
        ClientCall("status(orderID:)") { _ = try await $0.status(orderID: 42) },
        ClientCall("orderStatuses()", on: [.saas]) { _ = try await $0.orderStatuses() },
        ClientCall("cancelOrder(orderID:)") { try await $0.cancelOrder(orderID: 42) },
        ClientCall("holdOrder(orderID:)") { try await $0.holdOrder(orderID: 42) },
        ClientCall("unholdOrder(orderID:)") { try await $0.unholdOrder(orderID: 42) },
        ClientCall("orderRecords(placedFrom:until:after:)") {
            _ = try await $0.orderRecords(
                placedFrom: noon, until: noon + .seconds(60), after: ChangeCursor(updatedAt: noon, entityID: 7))
        },
        ClientCall("orderRecords(incrementIDs:)") { _ = try await $0.orderRecords(incrementIDs: ["000000042"]) },
        ClientCall("knownOrders(incrementIDs:)") { _ = try await $0.knownOrders(incrementIDs: ["000000042"]) },
        ClientCall("invoiceIDs(orderIDs:)") { _ = try await $0.invoiceIDs(orderIDs: [42]) },
        ClientCall("orderRecords(email:placedFrom:)") {
            _ = try await $0.orderRecords(email: "a@example.com", placedFrom: noon)
        },
        ClientCall("createOrder(_:)") {
            _ = try await $0.createOrder(
                NewCommerceOrder(
                    storeID: 1, email: "a@example.com", sku: "A", name: "A", unitPrice: 1, currency: "EUR",
                    countryID: "AT", note: "x"))
        },
        ClientCall("changes(in:after:)") { client in
            for list in ChangeList.allCases where list != .orders {
                _ = try await client.changes(
                    in: list, after: ChangeCursor(updatedAt: Timestamp(millisecondsSince1970: 0)))
            }
        },
    ]

    static let lists: [ClientCall] = [
        ClientCall("changed(_:after:pageSize:)") { client in
            for kind in CommerceRecordKind.allCases where kind.isStamped && kind != .order {
                _ = try await client.changed(
                    kind, after: ChangeCursor(updatedAt: Timestamp(millisecondsSince1970: 0)), pageSize: 10)
            }
        },
        ClientCall("listed(_:afterID:pageSize:)") { client in
            for kind in CommerceRecordKind.allCases where kind.isListed && kind != .order {
                _ = try await client.listed(kind, afterID: 0, pageSize: 10)
            }
        },
    ]

    static let documents: [ClientCall] = [
        ClientCall("invoices(orderID:)") { _ = try await $0.invoices(orderID: 42) },
        ClientCall("invoice(id:)") { _ = try await $0.invoice(id: 1) },
        ClientCall("createInvoice(orderID:items:capture:notify:comment:)") {
            _ = try await $0.createInvoice(orderID: 42, items: items, capture: true, notify: false, comment: "INV-1")
        },
        ClientCall("createInvoice(orderID:body:)") {
            _ = try await $0.createInvoice(
                orderID: 42,
                body: [
                    "items": [["order_item_id": 101, "qty": 1]], "capture": true, "notify": false,
                    "appendComment": true, "comment": ["comment": "INV-1", "is_visible_on_front": 0],
                ])
        },
        ClientCall("captureInvoice(invoiceID:orderID:)") { try await $0.captureInvoice(invoiceID: 1, orderID: 42) },
        ClientCall("shipments(orderID:)") { _ = try await $0.shipments(orderID: 42) },
        ClientCall("ship(orderID:items:tracks:sourceCode:notify:comment:)") {
            _ = try await $0.ship(
                orderID: 42, items: items, tracks: [track], sourceCode: "central", notify: true, comment: "PS-1")
        },
        ClientCall("ship(orderID:body:)") {
            _ = try await $0.ship(
                orderID: 42,
                body: [
                    "items": [["order_item_id": 101, "qty": 1]], "notify": false, "appendComment": true,
                    "comment": ["comment": "PS-1", "is_visible_on_front": 0],
                    "tracks": [["track_number": "1Z1", "title": "UPS", "carrier_code": "ups"]],
                    "arguments": ["extension_attributes": ["source_code": "central"]],
                ])
        },
        ClientCall("addTrack(orderID:track:)") {
            try await $0.addTrack(
                orderID: 42,
                track: [
                    "order_id": 42, "parent_id": 1, "track_number": "1Z1", "title": "UPS", "carrier_code": "ups",
                    "weight": 0, "qty": 1, "description": "-",
                ])
        },
        ClientCall("addTrack(_:shipmentID:orderID:weight:qty:description:)") {
            try await $0.addTrack(track, shipmentID: 1, orderID: 42, weight: 1.5)
        },
        ClientCall("creditMemos(orderID:)") { _ = try await $0.creditMemos(orderID: 42) },
        ClientCall("creditMemo(id:)") { _ = try await $0.creditMemo(id: 1) },
        ClientCall("refundOrder(orderID:_:)") {
            _ = try await $0.refundOrder(
                orderID: 42,
                CommerceRefund(
                    items: items, shippingAmount: 1, adjustmentPositive: 2, adjustmentNegative: 3,
                    returnToStockItems: [101], notify: true, comment: "CN-1"))
        },
        ClientCall("refundInvoice(invoiceID:orderID:_:isOnline:)") {
            _ = try await $0.refundInvoice(invoiceID: 1, orderID: 42, CommerceRefund(), isOnline: true)
        },
    ]

    static let returns: [ClientCall] = [
        ClientCall("returns(orderID:)") { _ = try await $0.returns(orderID: 42) },
        ClientCall("return(id:)") { _ = try await $0.return(id: 7) },
        ClientCall("createReturn(_:)") {
            _ = try await $0.createReturn(
                ReturnDraft(
                    orderID: 42, orderIncrementID: "000000042", storeID: 1, dateRequested: moment,
                    items: [.init(orderItemID: 101, qtyRequested: 1, reason: "5", condition: "6", resolution: "7")]))
        },
        ClientCall("updateReturn(id:orderID:_:)") {
            _ = try await $0.updateReturn(id: 7, orderID: 42) { record in
                record.status = "authorized"
                record.items[0].qtyAuthorized = 1
            }
        },
        ClientCall("comments(returnID:)") { _ = try await $0.comments(returnID: 7) },
        ClientCall("addReturnComment(returnID:orderID:text:status:)") {
            try await $0.addReturnComment(returnID: 7, orderID: 42, text: "x", status: "pending")
        },
        ClientCall("addReturnTrack(_:returnID:orderID:)") {
            try await $0.addReturnTrack(track, returnID: 7, orderID: 42)
        },
    ]

    static let address = CustomerAddress(
        firstname: "A", lastname: "B", company: "C", street: ["Weg 1"], city: "Wien", postcode: "1010",
        countryID: "AT", regionID: 95, telephone: "1", vatID: "ATU1", isDefaultBilling: true)
    static let customer = CustomerDraft(
        email: "a@example.com", firstname: "A", lastname: "B", groupID: 1, storeID: 1, taxvat: "ATU1",
        addresses: [address], customAttributes: ["erp": "C-1"])

    static let customers: [ClientCall] = [
        ClientCall("customers(email:websiteID:)") {
            _ = try await $0.customers(email: "a@example.com", websiteID: 1)
        },
        ClientCall("customer(id:)") { _ = try await $0.customer(id: 5) },
        ClientCall("createCustomer(_:)") { _ = try await $0.createCustomer(customer) },
        ClientCall("updateCustomer(id:_:)") {
            _ = try await $0.updateCustomer(id: 5) { account in
                account.taxvat = "ATU1"
                account.addresses.append(address)
                account.setCustomAttribute("erp", "C-2")
            }
        },
        ClientCall("customerGroups()") { _ = try await $0.customerGroups() },
        ClientCall("createCustomerGroup(code:taxClassID:)") {
            _ = try await $0.createCustomerGroup(code: "ERP", taxClassID: 3)
        },
    ]

    static let companies: [ClientCall] = [
        ClientCall("companies(where:)") { _ = try await $0.companies(where: .init("reseller_id", .eq, "C-1")) },
        ClientCall("company(id:)") { _ = try await $0.company(id: 3) },
        ClientCall("createCompany(_:)") {
            _ = try await $0.createCompany(
                CompanyDraft(
                    name: "Muster AG", email: "ap@muster.example", street: ["Weg 1"], city: "Wien", countryID: "AT",
                    region: "Wien", regionID: 95, postcode: "1010", telephone: "1", customerGroupID: 1,
                    superUserID: 5, legalName: "Muster", vatTaxID: "ATU1", resellerID: "C-1"))
        },
        ClientCall("updateCompany(id:_:)") { _ = try await $0.updateCompany(id: 3) { $0.status = .blocked } },
        ClientCall("assign(customerID:toCompany:)") { try await $0.assign(customerID: 5, toCompany: 3) },
        ClientCall("companyCredit(companyID:)") { _ = try await $0.companyCredit(companyID: 3) },
        ClientCall("updateCompanyCredit(companyID:_:)") {
            _ = try await $0.updateCompanyCredit(companyID: 3) { credit in
                credit.creditLimit = 2000
                credit.comment = "ERP"
            }
        },
        ClientCall("increaseBalance(creditID:by:currency:_:comment:)") {
            try await $0.increaseBalance(creditID: 2, by: 10, currency: "EUR", .reimbursed, comment: "P-1")
        },
        ClientCall("decreaseBalance(creditID:by:currency:_:comment:)") {
            try await $0.decreaseBalance(creditID: 2, by: 10, currency: "EUR", .updated, comment: "P-1")
        },
        ClientCall("creditHistory(creditID:)") { _ = try await $0.creditHistory(creditID: 2) },
        ClientCall("hasMoved(creditID:comment:)") { _ = try await $0.hasMoved(creditID: 2, comment: "P-1") },
        ClientCall("moveBalance(companyID:to:comment:)") {
            _ = try await $0.moveBalance(companyID: 3, to: -10, comment: "P-1")
        },
        ClientCall("quote(id:)") { _ = try await $0.quote(id: 4) },
    ]
}

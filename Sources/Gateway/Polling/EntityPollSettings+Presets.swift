import Dynamics

extension EntityPollSettings {
    /// The entities that can be polled, as standard F&O has them. Each name can be replaced, since versions differ.
    ///
    /// None has a time of change: invoices have their date, of all others a difference tells. Events that F&O does not
    /// raise itself have names of our own, under which `dynamics.businessEvents.routes` finds their flow.
    static func presets(_ names: EntitySetNames) -> [EntityPollSettings] {
        [invoices(names), salesOrders(names), shipments, returnOrders(names), customers(names)]
    }

    /// Dated back as far as bookkeepers date back.
    private static func invoices(_ names: EntitySetNames) -> EntityPollSettings {
        EntityPollSettings(
            name: "dynamics/invoices",
            poll: PollSettings(every: .seconds(300), overlap: .seconds(7 * 86_400), pageSize: 500),
            entitySet: names.salesInvoiceHeaders, key: ["InvoiceNumber", "LedgerVoucher"],
            cursor: .date(property: "InvoiceDate"), event: SalesInvoicePosted.businessEventId,
            fields: [
                "InvoiceId": "InvoiceNumber", "SalesOrderId": "SalesOrderNumber", "InvoiceDate": "InvoiceDate",
                "InvoiceAccount": "InvoiceCustomerAccountNumber",
                // Of the invoice's own currency; flows read the invoice anyway.
                "InvoiceAmountInAccountingCurrency": "TotalInvoiceAmount", "InvoiceTaxAmount": "TotalTaxAmount",
            ])
    }

    /// Those that came from a shop, for as long as something may happen to them.
    private static func salesOrders(_ names: EntitySetNames) -> EntityPollSettings {
        EntityPollSettings(
            name: "dynamics/salesOrders", poll: PollSettings(every: .seconds(300), overlap: .zero, pageSize: 500),
            entitySet: names.salesOrderHeaders, key: ["SalesOrderNumber"],
            cursor: .digest(window: Window(property: "OrderCreationDateTime", length: .seconds(60 * 86_400))),
            event: "SalesOrderChanged",
            fields: [
                "SalesOrderId": "SalesOrderNumber", "CustomersOrderReference": "CustomersOrderReference",
                "SalesOrderStatus": "SalesOrderStatus", "SalesOrderProcessingStatus": "SalesOrderProcessingStatus",
            ], required: "CustomersOrderReference")
    }

    private static let shipments = EntityPollSettings(
        name: "dynamics/shipments",
        poll: PollSettings(every: .seconds(300), overlap: .seconds(3 * 86_400), pageSize: 500), entitySet: "",
        key: [], cursor: .date(property: ""), event: "", fields: [:])

    private static func returnOrders(_ names: EntitySetNames) -> EntityPollSettings {
        EntityPollSettings(
            name: "dynamics/returnOrders", poll: PollSettings(every: .seconds(900), overlap: .zero, pageSize: 500),
            entitySet: names.returnOrderHeaders, key: ["ReturnOrderNumber"], cursor: .digest(window: nil),
            event: "ReturnOrderChanged",
            fields: [
                "ReturnOrderNumber": "ReturnOrderNumber", "CustomersOrderReference": "CustomersOrderReference",
                "ReturnOrderStatus": "ReturnOrderStatus",
            ])
    }

    private static func customers(_ names: EntitySetNames) -> EntityPollSettings {
        EntityPollSettings(
            name: "dynamics/customers", poll: PollSettings(every: .seconds(21_600), overlap: .zero, pageSize: 1000),
            entitySet: names.customers, key: ["CustomerAccount"], cursor: .digest(window: nil),
            event: "CustomerChanged",
            fields: [
                "CustomerAccount": "CustomerAccount", "PaymentTerms": "PaymentTerms",
                "CustomerGroupId": "CustomerGroupId", "OnHoldStatus": "OnHoldStatus", "CreditLimit": "CreditLimit",
                "DiscountPriceGroupId": "DiscountPriceGroupId", "TaxExemptNumber": "TaxExemptNumber",
            ])
    }
}

import JSON

extension CommerceOrder {
    /// Reads a webhook's body (observer or plugin) or an order as REST gives it.
    ///
    /// The two differ in where addresses and shipping stand, and both write the same field now as number, now as
    /// text. Members that no ERP needs, nested JSON texts among them, are not looked at.
    public static func read(_ body: [UInt8]) throws(OrderReadingError) -> CommerceOrder {
        let root: JSONValue
        do {
            root = try JSONValue.parse(body)
        } catch {
            throw .malformedJSON(error.description)
        }
        return try CommerceOrder(order(in: JSONNode(value: root)))
    }

    /// The same choice as `WebhookReader` makes at the door.
    static func order(in root: JSONNode) throws(OrderReadingError) -> JSONNode {
        guard case .object = root.value else { throw root.mismatch("an object with an order in it") }
        for candidate in [root["data"]["order"], root["order"], root["entity"]] {
            if case .object = candidate.value { return candidate }
        }
        return root
    }

    init(_ order: JSONNode) throws(OrderReadingError) {
        let addresses = try OrderAddresses(order)
        let currencies = try CommerceCurrencies(order)
        let hasOneCurrency = currencies.base == currencies.order
        let totals = try CommerceTotals(order, prefix: "", fallback: hasOneCurrency ? "base_" : nil)
        self.init(
            entityID: try order["entity_id"].integer(),
            incrementID: try order["increment_id"].required(
                order["increment_id"].text(), "the order's number as text"),
            extOrderID: try order["ext_order_id"].text(),
            originalIncrementID: try order["original_increment_id"].text(),
            state: try order["state"].text(),
            status: try order["status"].text(),
            storeID: try order["store_id"].integer(),
            createdAt: try order["created_at"].text(),
            updatedAt: try order["updated_at"].text(),
            customer: try CommerceCustomer(order),
            customerNote: try order["customer_note"].text(),
            currencies: currencies,
            totals: totals,
            baseTotals: try CommerceTotals.base(of: order, orElse: totals, hasOneCurrency: hasOneCurrency),
            couponCode: try order["coupon_code"].text(),
            discountDescription: try order["discount_description"].text(),
            shipping: CommerceShipping(
                method: addresses.shippingMethod, description: try order["shipping_description"].text()),
            billingAddress: addresses.billing,
            shippingAddress: addresses.shipping,
            payment: try order["payment"].object().map(CommercePayment.init),
            items: try CommerceOrderItem.read(order["items"], hasOneCurrency: hasOneCurrency),
            document: order.value ?? .null)
    }
}

extension CommerceCustomer {
    fileprivate init(_ order: JSONNode) throws(OrderReadingError) {
        let id = try order["customer_id"].integer()
        self.init(
            id: id == 0 ? nil : id,
            isGuest: try order["customer_is_guest"].flag() ?? (id ?? 0 == 0),
            groupID: try order["customer_group_id"].integer(),
            email: try order["customer_email"].text(),
            firstname: try order["customer_firstname"].text(),
            lastname: try order["customer_lastname"].text(),
            taxvat: try order["customer_taxvat"].text())
    }
}

extension CommerceCurrencies {
    fileprivate init(_ order: JSONNode) throws(OrderReadingError) {
        self.init(
            order: try order["order_currency_code"].required(
                order["order_currency_code"].text(), "a currency's ISO 4217 code"),
            base: try order["base_currency_code"].text(),
            store: try order["store_currency_code"].text(),
            global: try order["global_currency_code"].text(),
            baseToOrderRate: try order["base_to_order_rate"].decimal(),
            baseToGlobalRate: try order["base_to_global_rate"].decimal())
    }
}

extension CommercePayment {
    fileprivate init(_ payment: JSONNode) throws(OrderReadingError) {
        self.init(method: try payment["method"].text(), poNumber: try payment["po_number"].text())
    }
}

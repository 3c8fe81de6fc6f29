import HTTPClient
import HTTPTypes

/// An operation of Commerce's REST API that Causeway uses: method and path as Adobe's schema writes them.
///
/// Everything that is sent to Commerce names one of these, so that this list is what a shop's administrator has to
/// grant (`permission`), what `scripts/contracts` takes from Adobe's schema, and what `docs/commerce.md` shows.
/// github.com/AdobeDocs/commerce-webapi, `src/openapi`.
public enum CommerceOperation: String, Sendable, CaseIterable {
    case searchOrders = "GET /V1/orders"
    case order = "GET /V1/orders/{id}"
    case saveOrder = "POST /V1/orders"
    case createOrder = "PUT /V1/orders/create"
    case orderStatus = "GET /V1/orders/{id}/statuses"
    case orderStatuses = "GET /V1/order-statuses"
    case orderComments = "GET /V1/orders/{id}/comments"
    case commentOrder = "POST /V1/orders/{id}/comments"
    case cancelOrder = "POST /V1/orders/{id}/cancel"
    case holdOrder = "POST /V1/orders/{id}/hold"
    case unholdOrder = "POST /V1/orders/{id}/unhold"

    case invoiceOrder = "POST /V1/order/{orderId}/invoice"
    case searchInvoices = "GET /V1/invoices"
    case invoice = "GET /V1/invoices/{id}"
    case invoiceComments = "GET /V1/invoices/{id}/comments"
    case captureInvoice = "POST /V1/invoices/{id}/capture"

    case shipOrder = "POST /V1/order/{orderId}/ship"
    case searchShipments = "GET /V1/shipments"
    case shipmentComments = "GET /V1/shipment/{id}/comments"
    case addTrack = "POST /V1/shipment/track"

    case refundOrder = "POST /V1/order/{orderId}/refund"
    case refundInvoice = "POST /V1/invoice/{invoiceId}/refund"
    case searchCreditMemos = "GET /V1/creditmemos"
    case creditMemo = "GET /V1/creditmemo/{id}"
    case creditMemoComments = "GET /V1/creditmemo/{id}/comments"

    case searchReturns = "GET /V1/returns"
    case `return` = "GET /V1/returns/{id}"
    case createReturn = "POST /V1/returns"
    case updateReturn = "PUT /V1/returns/{id}"
    case returnComments = "GET /V1/returns/{id}/comments"
    case commentReturn = "POST /V1/returns/{id}/comments"
    case addReturnTrack = "POST /V1/returns/{id}/tracking-numbers"

    case searchCustomers = "GET /V1/customers/search"
    case customer = "GET /V1/customers/{customerId}"
    case createCustomer = "POST /V1/customers"
    case updateCustomer = "PUT /V1/customers/{customerId}"
    case searchCustomerGroups = "GET /V1/customerGroups/search"
    case createCustomerGroup = "POST /V1/customerGroups"

    case searchCompanies = "GET /V1/company/"
    case company = "GET /V1/company/{companyId}"
    case createCompany = "POST /V1/company/"
    case updateCompany = "PUT /V1/company/{companyId}"
    case assignCompany = "PUT /V1/customers/{customerId}/companies/{companyId}"
    case companyCredit = "GET /V1/companyCredits/company/{companyId}"
    case updateCompanyCredit = "PUT /V1/companyCredits/{id}"
    case increaseCompanyBalance = "POST /V1/companyCredits/{creditId}/increaseBalance"
    case decreaseCompanyBalance = "POST /V1/companyCredits/{creditId}/decreaseBalance"
    case companyCreditHistory = "GET /V1/companyCredits/history"
    case cart = "GET /V1/carts/{cartId}"

    case searchProducts = "GET /V1/products"
    case product = "GET /V1/products/{sku}"
    case createProduct = "POST /V1/products"
    case updateProduct = "PUT /V1/products/{sku}"
    case deleteProduct = "DELETE /V1/products/{sku}"
    case attributeOptions = "GET /V1/products/attributes/{attributeCode}/options"
    case createAttributeOption = "POST /V1/products/attributes/{attributeCode}/options"

    case categories = "GET /V1/categories"
    case category = "GET /V1/categories/{categoryId}"
    case createCategory = "POST /V1/categories"
    case updateCategory = "PUT /V1/categories/{id}"
    case moveCategory = "PUT /V1/categories/{categoryId}/move"
    case categoryProducts = "GET /V1/categories/{categoryId}/products"
    case assignCategoryProduct = "PUT /V1/categories/{categoryId}/products"
    case removeCategoryProduct = "DELETE /V1/categories/{categoryId}/products/{sku}"

    case basePrices = "POST /V1/products/base-prices-information"
    case updateBasePrices = "POST /V1/products/base-prices"
    case specialPrices = "POST /V1/products/special-price-information"
    case updateSpecialPrices = "POST /V1/products/special-price"
    case deleteSpecialPrices = "POST /V1/products/special-price-delete"
    case tierPrices = "POST /V1/products/tier-prices-information"
    case updateTierPrices = "POST /V1/products/tier-prices"
    case replaceTierPrices = "PUT /V1/products/tier-prices"
    case deleteTierPrices = "POST /V1/products/tier-prices-delete"
    case updateCosts = "POST /V1/products/cost"

    case searchSourceItems = "GET /V1/inventory/source-items"
    case saveSourceItems = "POST /V1/inventory/source-items"
    case deleteSourceItems = "POST /V1/inventory/source-items-delete"
    case searchSources = "GET /V1/inventory/sources"
    case salableQuantity = "GET /V1/inventory/get-product-salable-quantity/{sku}/{stockId}"

    case bulkStatus = "GET /V1/bulk/{bulkUuid}/status"
    case storeViews = "GET /V1/store/storeViews"
}

extension CommerceOperation {
    var method: HTTPRequest.Method {
        switch rawValue.prefix(while: { $0 != " " }) {
        case "POST": .post
        case "PUT": .put
        case "DELETE": .delete
        default: .get
        }
    }

    /// From `/V1` on, placeholders in braces.
    public var path: String { String(rawValue[(rawValue.firstIndex(of: "/") ?? rawValue.startIndex)...]) }

    /// Where it exists; everywhere but for what only one edition has.
    public var editions: Set<CommerceEndpoint.Edition> {
        switch self {
        case .orderStatuses: [.saas]
        default: [.paas, .saas]
        }
    }

    /// Behind `/V1`, with the values in the places of the placeholders.
    /// - Parameter values: In the placeholders' sequence. A SKU may hold slashes, blanks and plus signs, which all
    ///   have to be encoded (magento2#23043).
    func target(_ values: [String]) -> String {
        var values = values.map { PercentEncoding.encode($0) }[...]
        let segments = path.dropFirst("/V1".count).split(separator: "/", omittingEmptySubsequences: false)
        return segments.map { segment in
            segment.hasPrefix("{") ? values.popFirst() ?? String(segment) : String(segment)
        }.joined(separator: "/")
    }

    /// Behind `/V1` as asynchronous routes write it: `{sku}` becomes `bySku`, and the value comes from the body.
    var bulkTarget: String {
        path.dropFirst("/V1".count).split(separator: "/", omittingEmptySubsequences: false).map { segment in
            guard segment.hasPrefix("{") else { return String(segment) }
            let name = segment.dropFirst().dropLast()
            return "by" + name.prefix(1).uppercased() + name.dropFirst()
        }.joined(separator: "/")
    }
}

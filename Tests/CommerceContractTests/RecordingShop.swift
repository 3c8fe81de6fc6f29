import Commerce
import Foundation
import HTTPClient
import HTTPTypes
import Sandbox
import Synchronization

/// Answers each operation with the least that the client can read, and keeps the requests.
final class RecordingShop: HTTPTransport {
    let edition: CommerceEndpoint.Edition
    let contract: CommerceContract
    private let kept = Mutex<[OutboundRequest]>([])

    init(_ edition: CommerceEndpoint.Edition) throws {
        self.edition = edition
        contract = try CommerceContract.of(edition == .paas ? .paas : .saas)
    }

    var requests: [OutboundRequest] { kept.withLock { $0 } }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        kept.withLock { $0.append(request) }
        let body = operation(of: request).flatMap { Self.answers[$0] } ?? #"{"items":[],"total_count":0}"#
        return OutboundResponse(status: 200, body: Array(body.utf8))
    }

    /// A request's path from `/V1` on, whether it is a bulk request, and its query.
    func place(of request: OutboundRequest) -> (path: String, isBulk: Bool, query: String?) {
        let parts = request.url.split(separator: "?", maxSplits: 1).map(String.init)
        let isBulk = parts[0].contains("/async/bulk/")
        var path = parts[0]
        if let start = path.range(of: "/V1") { path = String(path[start.lowerBound...]) }
        if isBulk { path = path.replacing("/V1/async/bulk", with: "/V1") }
        return (path, isBulk, parts.count > 1 ? parts[1] : nil)
    }

    func operation(of request: OutboundRequest) -> String? {
        let place = place(of: request)
        return place.isBulk
            ? contract.bulkOperationName(request.method, path: place.path).map { "bulk " + $0 }
            : contract.operationName(request.method, path: place.path)
    }

    func violations(of request: OutboundRequest) -> [ContractViolation] {
        let place = place(of: request)
        return place.isBulk
            ? contract.bulkViolations(request.method, path: place.path, body: request.body)
            : contract.violations(request.method, path: place.path, query: place.query, body: request.body)
    }

    private static let customer = """
        {"id":5,"group_id":3,"email":"a@example.com","firstname":"A","lastname":"B","website_id":1,"store_id":1,
         "default_billing":"9","taxvat":null,"addresses":[{"id":9,"customer_id":5,
         "region":{"region_code":"WI","region":"Wien","region_id":95},"region_id":95,"country_id":"AT",
         "street":["Weg 1"],"postcode":"1010","city":"Wien","telephone":"1","firstname":"A","lastname":"B",
         "default_billing":true}],"disable_auto_group_change":0,
         "extension_attributes":{"is_subscribed":false},
         "custom_attributes":[{"attribute_code":"erp","value":"C-1"}]}
        """
    private static let company = """
        {"id":3,"status":1,"company_name":"Muster AG","company_email":"ap@muster.example","street":["Weg 1"],
         "city":"Wien","country_id":"AT","region":"Wien","region_id":"95","postcode":"1010","telephone":"1",
         "customer_group_id":1,"sales_representative_id":1,"reject_reason":null,"super_user_id":5,
         "extension_attributes":{"quote_config":{"company_id":"3","is_quote_enabled":true}}}
        """
    private static let credit = """
        {"id":2,"company_id":3,"credit_limit":1000.5,"balance":-10,"currency_code":"EUR","exceed_limit":false,
         "available_limit":990.5}
        """
    private static let rma = """
        {"increment_id":"000000001","entity_id":7,"order_id":42,"order_increment_id":"000000042","store_id":1,
         "customer_id":5,"date_requested":"2026-01-01 10:00:00","customer_custom_email":null,
         "items":[{"entity_id":1,"rma_entity_id":7,"order_item_id":101,"qty_requested":2,"qty_authorized":0,
         "qty_approved":0,"qty_returned":0,"reason":"5","condition":"6","resolution":"7","status":"pending"}],
         "status":"pending","comments":[],"tracks":[]}
        """
    private static let order = """
        {"entity_id":42,"increment_id":"000000042","order_currency_code":"EUR","base_currency_code":"EUR",
         "subtotal":1,"grand_total":1,"items":[{"item_id":1,"sku":"A","product_type":"simple","qty_ordered":1,"price":1,
         "row_total":1}]}
        """
    private static let cart = """
        {"id":9,"store_id":1,"customer":{"id":5,"email":"a@example.com"},
         "items":[{"item_id":1,"sku":"A","qty":1,"price":1}],
         "extension_attributes":{"negotiable_quote":{"status":"submitted_by_customer"}}}
        """
    private static let product = #"{"id":1,"sku":"A/1","name":"A","price":1,"status":1,"type_id":"simple"}"#
    private static let bulk = #"{"bulk_uuid":"b-1","request_items":[{"id":0,"status":"accepted"}],"errors":false}"#

    private static let time = #""updated_at":"2026-01-01 10:00:00""#

    private static let answers = [
        "GET /V1/orders": #"{"items":[\#(order)],"total_count":1}"#,
        "GET /V1/orders/{id}": order, "POST /V1/orders": order, "PUT /V1/orders/create": order,
        "GET /V1/orders/{id}/statuses": #""pending""#,
        "GET /V1/order-statuses": "[]", "POST /V1/orders/{id}/comments": "true",
        "POST /V1/orders/{id}/cancel": "true",
        "POST /V1/orders/{id}/hold": "true", "POST /V1/orders/{id}/unhold": "true",
        "POST /V1/order/{orderId}/invoice": "1", "POST /V1/invoices/{id}/capture": #""true""#,
        "GET /V1/invoices": #"{"items":[{"entity_id":1,"order_id":42,\#(time),"items":[]}],"total_count":1}"#,
        "GET /V1/invoices/{id}": #"{"entity_id":1,"order_id":42,\#(time),"items":[]}"#,
        "GET /V1/creditmemo/{id}": #"{"entity_id":1,"order_id":42,\#(time),"items":[]}"#,
        "GET /V1/carts/{cartId}": cart,
        "GET /V1/shipments": #"{"items":[{"entity_id":1,"order_id":42,\#(time),"items":[]}],"total_count":1}"#,
        "GET /V1/creditmemos": #"{"items":[{"entity_id":1,"order_id":42,\#(time),"items":[]}],"total_count":1}"#,
        "POST /V1/order/{orderId}/ship": "1", "POST /V1/shipment/track": "{}",
        "POST /V1/order/{orderId}/refund": "1", "POST /V1/invoice/{invoiceId}/refund": "1",
        "GET /V1/returns/{id}": rma, "POST /V1/returns": rma, "PUT /V1/returns/{id}": rma,
        "POST /V1/returns/{id}/comments": "true", "POST /V1/returns/{id}/tracking-numbers": "true",
        "GET /V1/customers/{customerId}": customer, "POST /V1/customers": customer,
        "PUT /V1/customers/{customerId}": customer, "POST /V1/customerGroups": #"{"id":4,"code":"ERP"}"#,
        "GET /V1/company/{companyId}": company, "POST /V1/company/": company, "PUT /V1/company/{companyId}": company,
        "GET /V1/companyCredits/company/{companyId}": credit, "PUT /V1/companyCredits/{id}": credit,
        "POST /V1/companyCredits/{creditId}/increaseBalance": "true",
        "POST /V1/companyCredits/{creditId}/decreaseBalance": "true",
        "GET /V1/products/{sku}": product, "POST /V1/products": product, "PUT /V1/products/{sku}": product,
        "DELETE /V1/products/{sku}": "true", "GET /V1/products/attributes/{attributeCode}/options": "[]",
        "POST /V1/products/attributes/{attributeCode}/options": #""id_5""#,
        "GET /V1/categories": #"{"id":2,"name":"Root"}"#, "GET /V1/categories/{categoryId}": #"{"id":2}"#,
        "POST /V1/categories": #"{"id":9}"#, "PUT /V1/categories/{id}": #"{"id":9}"#,
        "PUT /V1/categories/{categoryId}/move": "true", "GET /V1/categories/{categoryId}/products": "[]",
        "PUT /V1/categories/{categoryId}/products": "true",
        "DELETE /V1/categories/{categoryId}/products/{sku}": "true",
        "POST /V1/products/base-prices-information": "[]", "POST /V1/products/base-prices": "[]",
        "POST /V1/products/special-price-information": "[]", "POST /V1/products/special-price": "[]",
        "POST /V1/products/special-price-delete": "[]", "POST /V1/products/tier-prices-information": "[]",
        "POST /V1/products/tier-prices": "[]", "PUT /V1/products/tier-prices": "[]",
        "POST /V1/products/tier-prices-delete": "[]", "POST /V1/products/cost": "[]",
        "POST /V1/inventory/source-items": "", "POST /V1/inventory/source-items-delete": "",
        "GET /V1/inventory/get-product-salable-quantity/{sku}/{stockId}": "4",
        "PUT /V1/customers/{customerId}/companies/{companyId}": "",
        "GET /V1/bulk/{bulkUuid}/status": #"{"operations_list":[{"id":0,"status":1}]}"#,
        "GET /V1/store/storeViews": "[]", "bulk POST /V1/products": bulk, "bulk PUT /V1/products/{sku}": bulk,
        "bulk POST /V1/customers": bulk,
    ]
}

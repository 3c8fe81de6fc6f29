public import Foundation
public import JSON

extension SandboxCommerce {
    /// What goes wrong inside answers; can be changed while the shop serves.
    public var shopFaults: ShopFaultPlan {
        get { desk.faults.plan }
        set { desk.faults.plan = newValue }
    }

    /// The records on a shelf, as the REST interface gives them.
    public func records(_ shelf: ShopShelf) -> [JSONObject] { desk.shelves[shelf] }

    /// Puts a product into the catalogue; prices and source items are taken for products that exist. Orders need none.
    /// - Parameter price: In the website's currency.
    public func addProduct(sku: String, name: String = "Product", price: Decimal = 10) {
        _ = desk.shelves.add(
            .products,
            [
                "sku": .string(sku), "name": .string(name), "attribute_set_id": 4, "price": .number(price),
                "status": 1,
                "visibility": 4, "type_id": "simple", "updated_at": .string(desk.date), "custom_attributes": [],
            ])
    }

    /// Opens a customer account, as a shopper does.
    /// - Returns: The customer's id.
    public func addCustomer(email: String, firstName: String, lastName: String) throws(SandboxError) -> Int {
        let customer: JSONObject = [
            "email": .string(email), "firstname": .string(firstName), "lastname": .string(lastName),
        ]
        guard let made = try? desk.createCustomer(customer), let id = made["id"]?.intValue else {
            throw .duplicateCustomer(email: email)
        }
        return id
    }
}

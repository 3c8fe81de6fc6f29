import Mapping

/// What the flows of customers and companies go by.
public struct PartyPolicies: Sendable, Equatable {
    public var customers: CustomerPolicy
    public var companies: CompanyPolicy
    /// Legal entities, and the defaults of new accounts: customer group, terms, language.
    public var orders: OrderPolicy

    public init(
        customers: CustomerPolicy = CustomerPolicy(), companies: CompanyPolicy = CompanyPolicy(),
        orders: OrderPolicy
    ) {
        self.customers = customers
        self.companies = companies
        self.orders = orders
    }

    /// The legal entities that a customer belongs to, the first one theirs.
    func dataAreaIDs(websiteID: Int?, storeID: Int?, _ values: any ValueLookup) -> [String] {
        if let named = websiteID.flatMap({ customers.websites[String($0)] }), !named.isEmpty { return named }
        return [dataAreaID(storeID: storeID, values)]
    }

    /// Rows of the table `stores` go before `legalEntities` of the configuration.
    func dataAreaID(storeID: Int?, _ values: any ValueLookup) -> String {
        let row = storeID.flatMap { values.row(ValueKey(table: "stores", key: String($0))) }
        return row?["dataAreaId"]?.lowercased() ?? orders.legalEntities.dataAreaID(storeID: storeID)
    }

    /// Every legal entity that Causeway works for.
    var allDataAreaIDs: [String] {
        let others = Set(customers.websites.values.joined()).subtracting(orders.legalEntities.all)
        return orders.legalEntities.all + others.sorted()
    }
}

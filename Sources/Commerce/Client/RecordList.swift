import Relay

/// How Commerce lists the records of a kind.
struct RecordList: Sendable {
    let operation: CommerceOperation
    /// The id's name in the answer; filters take `entity_id` for all.
    let idName: String
    /// Whether records say when they changed: returns and companies don't.
    let hasStamp: Bool
    /// What is asked for: enough to tell which record it is, and where there is no time of change, all that may change.
    let fields: String
}

extension CommerceRecordKind {
    /// `nil` for quotes: `GET /V1/carts/search` lists every cart of the shop, and no filter finds the negotiable ones.
    var list: RecordList? {
        switch self {
        case .order:
            RecordList(
                operation: .searchOrders, idName: "entity_id", hasStamp: true,
                fields: "entity_id,increment_id,store_id,customer_id,customer_email,state,status,updated_at")
        case .invoice:
            RecordList(
                operation: .searchInvoices, idName: "entity_id", hasStamp: true,
                fields: "entity_id,increment_id,order_id,state,updated_at")
        case .creditmemo:
            RecordList(
                operation: .searchCreditMemos, idName: "entity_id", hasStamp: true,
                fields: "entity_id,increment_id,order_id,state,updated_at")
        case .return:
            RecordList(
                operation: .searchReturns, idName: "entity_id", hasStamp: false,
                fields: "entity_id,increment_id,order_id,order_increment_id,customer_id,customer_custom_email,status,"
                    + "items[entity_id,qty_requested,qty_authorized,qty_approved,qty_returned,status,resolution]")
        case .customer:
            RecordList(
                operation: .searchCustomers, idName: "id", hasStamp: true, fields: "id,email,group_id,updated_at")
        case .company:
            RecordList(
                operation: .searchCompanies, idName: "id", hasStamp: false,
                fields: "id,status,company_name,legal_name,company_email,vat_tax_id,reseller_id,comment,street,city,"
                    + "country_id,region,region_id,postcode,telephone,customer_group_id,super_user_id")
        case .quote: nil
        }
    }

    /// Whether the shop can be asked for such records.
    public var isListed: Bool { list != nil }

    /// Whether the list says when its records changed.
    public var isStamped: Bool { list?.hasStamp ?? false }

    /// `GET /V1/orders`; for people.
    public var listPath: String { list?.operation.rawValue ?? "" }
}

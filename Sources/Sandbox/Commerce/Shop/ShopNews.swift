import JSON

/// A record that was written, by its entity id: what a shop's hooks tell of.
enum ShopNews: Sendable {
    case order(Int)
    case invoice(Int)
    case creditMemo(Int)
    case `return`(Int)
    case record(SandboxCommerce.RecordKind, Int)

    /// - Parameters:
    ///   - operation: `POST /V1/returns`
    ///   - answer: What it gave.
    /// - Returns: `nil` for an operation that nothing is hooked to.
    init?(_ operation: String, _ answer: JSONValue) {
        switch operation {
        case "POST /V1/order/{orderId}/refund", "POST /V1/invoice/{invoiceId}/refund":
            guard let id = answer.intValue else { return nil }
            self = .creditMemo(id)
        case "POST /V1/returns", "PUT /V1/returns/{id}":
            guard let id = answer.objectValue?["entity_id"]?.intValue else { return nil }
            self = .return(id)
        case "POST /V1/customers", "PUT /V1/customers/{customerId}":
            guard let id = answer.objectValue?["id"]?.intValue else { return nil }
            self = .record(.customer, id)
        case "POST /V1/company/", "PUT /V1/company/{companyId}":
            guard let id = answer.objectValue?["id"]?.intValue else { return nil }
            self = .record(.company, id)
        default: return nil
        }
    }
}

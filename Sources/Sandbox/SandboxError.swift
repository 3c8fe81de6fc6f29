/// What a caller of the sandbox's own interface did wrong. What the platforms refuse is an HTTP answer instead.
public enum SandboxError: Error, Equatable, CustomStringConvertible {
    case duplicateOrder(incrementID: String)
    case unknownOrder(incrementID: String)
    case refusedByShop(incrementID: String, reason: String)
    case emptyOrder(incrementID: String)
    case duplicateCustomer(email: String)
    /// The shop does not do what was asked; in its own words.
    case refused(String)
    case unknownRecord(kind: String, id: Int)
    case noWebhookURL
    case noEventURL
    case unknownLegalEntity(String)
    case unknownSalesOrder(number: String, dataAreaId: String)
    case nothingToInvoice(salesOrder: String)
    case nothingToShip(salesOrder: String)
    case unknownPackingSlip(number: String, dataAreaId: String)
    case unknownLine(salesOrder: String, lineNumber: String)
    case quantityTooLarge(salesOrder: String, lineNumber: String, left: String)
    case unknownJournal(String, dataAreaId: String)
    case journalNotBalanced(String, lineNumber: String)
    case unknownReturnOrder(number: String, dataAreaId: String)
    case unknownCustomer(account: String, dataAreaId: String)
    case webhookNotSigned(reason: String)
    case alreadyStarted

    public var description: String {
        switch self {
        case .duplicateOrder(let id): "order \(id) exists already; choose another increment id"
        case .unknownOrder(let id): "there is no order \(id); place or register it first"
        case .refusedByShop(let id, let reason): "the shop does not do that with order \(id): \(reason)"
        case .emptyOrder(let id): "order \(id) has no items; an order needs at least one"
        case .duplicateCustomer(let email): "there is a customer with the address \(email) already; take another one"
        case .refused(let message): "the shop refused it: \(message)"
        case .unknownRecord(let kind, let id): "there is no \(kind) with the id \(id)"
        case .noWebhookURL: "no webhook URL is set; call setGateway(webhookURL:eventURL:) first"
        case .noEventURL: "no event URL is set; call setGateway(webhookURL:eventURL:) first"
        case .unknownLegalEntity(let id): "there is no legal entity \(id) in the configuration"
        case .unknownSalesOrder(let number, let area): "there is no sales order \(number) in legal entity \(area)"
        case .nothingToInvoice(let number): "sales order \(number) has nothing left to invoice"
        case .nothingToShip(let number): "sales order \(number) has nothing left to ship"
        case .unknownPackingSlip(let number, let area): "there is no packing slip \(number) in legal entity \(area)"
        case .unknownLine(let number, let line): "sales order \(number) has no line \(line)"
        case .quantityTooLarge(let number, let line, let left):
            "line \(line) of sales order \(number) has only \(left) left; invoice a quantity above 0 and up to that"
        case .unknownJournal(let number, let area): "there is no open journal \(number) in legal entity \(area)"
        case .journalNotBalanced(let number, let line):
            "line \(line) of journal \(number) has no offset account; it does not balance"
        case .unknownReturnOrder(let number, let area): "there is no return order \(number) in legal entity \(area)"
        case .unknownCustomer(let account, let area): "there is no customer \(account) in legal entity \(area)"
        case .webhookNotSigned(let reason): "the webhook could not be signed: \(reason)"
        case .alreadyStarted: "the sandbox is started already"
        }
    }
}

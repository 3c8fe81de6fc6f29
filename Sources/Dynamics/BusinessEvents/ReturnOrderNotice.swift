/// An event that says that something has happened to a return order: the fields that every event of F&O has, and the
/// number. Which `BusinessEventId` it has is the environment's.
public struct ReturnOrderNotice: Sendable, Equatable {
    public var ReturnOrderNumber: String
    /// In lower case.
    public var LegalEntity: String

    /// - Parameter body: The flat business event, as received.
    public init(_ body: [UInt8]) throws(BusinessEventError) {
        let fields = try BusinessEventReader.fields(of: body)
        ReturnOrderNumber = try fields.requiredText("ReturnOrderNumber", "the return order's number")
        guard let company = try fields.text(firstOf: "LegalEntity", "BusinessEventLegalEntity") else {
            throw .missing(field: "LegalEntity", expected: "a company id")
        }
        LegalEntity = company.lowercased()
    }
}

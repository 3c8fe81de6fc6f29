/// A place where the schema asks for more than Commerce does. The schema's `required` follows from the return types
/// of PHP getters; the web API itself enforces only the parameters of a service method (Magento 2's
/// `Framework/Webapi/ServiceInputProcessor.php`). What the server numbers or dates by itself can't be sent with a
/// record that is new. Everything else that the schema requires is required here too.
public struct CommerceDeviation: Sendable {
    public let operation: String
    /// JSON pointers of members that may be missing; `*` stands for any index.
    public let optional: [String]
    public let reason: String

    public static let all = [
        CommerceDeviation(
            operation: "POST /V1/orders",
            optional: ["/entity/base_grand_total", "/entity/customer_email", "/entity/grand_total", "/entity/items"],
            reason: "A partial order is saved; items that are sent overwrite those of the order (magento2#22431)."),
        CommerceDeviation(
            operation: "POST /V1/company/",
            optional: ["/company/reject_reason", "/company/rejected_at", "/company/sales_representative_id"],
            reason: "A new company was never rejected and has no representative yet; Adobe's list of required fields "
                + "(developer.adobe.com/commerce/webapi/rest/b2b/company-object) leaves them out."),
        CommerceDeviation(
            operation: "PUT /V1/company/{companyId}",
            optional: ["/company/reject_reason", "/company/rejected_at", "/company/sales_representative_id"],
            reason: "Sent as they were read, and not set for a company that was never rejected."),
        CommerceDeviation(
            operation: "POST /V1/returns",
            optional: [
                "/rmaDataObject/entity_id", "/rmaDataObject/increment_id", "/rmaDataObject/comments",
                "/rmaDataObject/tracks", "/rmaDataObject/customer_custom_email", "/rmaDataObject/customer_id",
                "/rmaDataObject/items/*/entity_id", "/rmaDataObject/items/*/rma_entity_id",
                "/rmaDataObject/items/*/qty_authorized", "/rmaDataObject/items/*/qty_approved",
                "/rmaDataObject/items/*/qty_returned",
            ],
            reason: "The server numbers a new return; nothing of it is authorized, approved or back yet; a guest has "
                + "no customer id."),
        CommerceDeviation(
            operation: "PUT /V1/returns/{id}",
            optional: ["/rmaDataObject/customer_custom_email", "/rmaDataObject/customer_id"],
            reason: "Sent as it was read: null attributes are left out of answers."),
        CommerceDeviation(
            operation: "POST /V1/returns/{id}/comments", optional: ["/data/entity_id", "/data/created_at"],
            reason: "The server numbers and dates a new comment."),
        CommerceDeviation(
            operation: "POST /V1/returns/{id}/tracking-numbers", optional: ["/track/entity_id"],
            reason: "The server numbers a new track."),
        CommerceDeviation(
            operation: "POST /V1/products/attributes/{attributeCode}/options", optional: ["/option/value"],
            reason: "The value is the id that the server gives the option."),
    ]
}

import JSON

/// Reads at the door what routing needs, and no more. Runs on the server's event loop for every webhook.
///
/// The whole text is checked all the same: what is stored is JSON, so that malformed bodies are answered with 400
/// instead of being parked hours later. One pass over the bytes; strings are made for the values that are kept.
public enum WebhookReader {
    /// Increment ids have up to 50 characters in Commerce's own tables (`sales_order.increment_id`).
    public static let longestIncrementID = 50
    /// Of an address that people can look for (RFC 3696, erratum 1690).
    static let longestEmail = 254

    /// - Parameter body: An observer webhook (`data.order`), a plugin webhook (`order`, or `entity` for the
    ///   repository's `save`), or an order as REST gives it.
    public static func readOrder(_ body: [UInt8]) throws(WebhookError) -> OrderNotice {
        let sighting: OrderSighting?
        do {
            sighting = try OrderSighting.find(in: body)
        } catch {
            throw .malformedJSON(error.description)
        }
        guard let sighting else { throw .noOrder }
        return try sighting.notice()
    }
}

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
        guard let sighting: OrderSighting = try find(in: body, RecordPlace.order) else { throw .noOrder }
        return try sighting.notice()
    }

    /// - Parameters:
    ///   - body: An observer webhook (`data.invoice`), a plugin webhook (`entity`, `customer`, …), the fields of an
    ///     event of Adobe I/O Events, or a record as REST gives it.
    ///   - kind: Any but orders, which `readOrder` reads.
    public static func readRecord(
        _ body: [UInt8], kind: CommerceRecordKind
    ) throws(WebhookError) -> RecordNotice {
        guard let sighting: RecordSighting = try find(in: body, RecordPlace.places(of: kind)) else {
            throw .noRecord(kind)
        }
        return try sighting.notice(of: kind)
    }

    private static func find<Sighting: WebhookSighting>(
        in body: [UInt8], _ places: [RecordPlace]
    ) throws(WebhookError) -> Sighting? {
        do {
            return try Sighting.find(in: body, at: places)
        } catch {
            throw .malformedJSON(error.description)
        }
    }
}

import HTTPClient
import HTTPTypes
import JSON

/// A message that is ours until its lock ends
/// (learn.microsoft.com/rest/api/servicebus/peek-lock-message-non-destructive-read).
public struct LockedMessage: Sendable, Equatable {
    /// As the sender wrote it.
    public let body: [UInt8]
    /// `nil` if the broker did not say.
    public let messageID: String?
    public let sequenceNumber: Int64
    /// How often it was handed out, this time included; 1 if the broker did not say.
    public let deliveryCount: Int
    /// Where it is completed, abandoned and its lock renewed.
    let lock: String

    /// - Parameter response: A 201.
    /// - Throws: `ServiceBusFault.unexpected`.
    init(_ response: OutboundResponse, from place: ServiceBusPlace) throws(ServiceBusFault) {
        guard let properties = Self.properties(of: response), let token = properties["LockToken"]?.stringValue,
            case .number(let number)? = properties["SequenceNumber"], let sequence = number.integer(Int64.self)
        else { throw .unexpected(detail: "a message without BrokerProperties, LockToken or SequenceNumber") }
        body = response.body
        sequenceNumber = sequence
        messageID = properties["MessageId"]?.stringValue
        deliveryCount = properties["DeliveryCount"]?.intValue ?? 1
        let location = response.headers[.location].flatMap { place.owns($0) ? $0 : nil }
        lock = location ?? place.lock(sequenceNumber: sequence, token: token)
    }

    private static func properties(of response: OutboundResponse) -> JSONObject? {
        guard let name = HTTPField.Name("BrokerProperties"), let text = response.headers[name] else { return nil }
        return try? JSONValue.parse(Array(text.utf8)).objectValue
    }
}

import Cryptography
import HTTPClient
public import Relay

/// A shared access signature of Service Bus
/// (learn.microsoft.com/azure/service-bus-messaging/service-bus-sas, "Generate a Shared Access Signature token").
public struct ServiceBusSignature: Sendable {
    /// The name of the policy; it needs the right *Listen*.
    public let policy: String
    private let key: String

    /// How long a signature is taken.
    static let life = Duration.seconds(3600)

    /// - Parameter key: As the portal shows it. It looks like base64 and is used as the text that it is.
    public init(policy: String, key: String) {
        self.policy = policy
        self.key = key
    }

    /// The value of the header `Authorization`.
    /// - Parameters:
    ///   - url: The scope: this and everything below it.
    ///   - expiry: Cut to whole seconds.
    public func authorization(for url: String, until expiry: Timestamp) -> String {
        let resource = PercentEncoding.encode(url)
        let seconds = String(expiry.millisecondsSince1970 / 1000)
        let code = HMACSHA256.code(key: Array(key.utf8), message: Array("\(resource)\n\(seconds)".utf8))
        let signature = PercentEncoding.encode(Base64.encode(code))
        return "SharedAccessSignature sr=\(resource)&sig=\(signature)&se=\(seconds)"
            + "&skn=\(PercentEncoding.encode(policy))"
    }
}

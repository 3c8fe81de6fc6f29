public import Dynamics

/// Where Business Events are fetched from, besides the HTTPS endpoint.
public struct ServiceBusSettings: Sendable, Equatable {
    public enum Auth: Sendable, Equatable {
        /// A shared access policy with the right *Listen*.
        case sas(policy: String, key: Secret)
        /// As `dynamics.auth` signs in, for Service Bus.
        case entra
    }

    public var place: ServiceBusPlace
    public var auth: Auth
    /// Messages that are worked on at the same time.
    public var receivers = 2
    /// How long one call waits for a message.
    public var longPoll = Duration.seconds(55)
    /// How often the lock of a message is renewed while it is stored; shorter than the queue's lock duration.
    public var renewEvery = Duration.seconds(20)
    /// A longer message is left to the dead-letter queue.
    public var maxMessageBytes = 4 << 20

    public init(place: ServiceBusPlace, auth: Auth) {
        self.place = place
        self.auth = auth
    }
}

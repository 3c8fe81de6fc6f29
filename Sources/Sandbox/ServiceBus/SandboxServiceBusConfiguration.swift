/// How the simulated Service Bus is set up.
public struct SandboxServiceBusConfiguration: Sendable {
    /// A queue, or `topic/subscriptions/name`.
    public var entity = "d365-events"
    /// Of the access policy; it has the right *Listen*.
    public var policy = "causeway"
    public var key = "c2FuZGJveC1zZXJ2aWNlLWJ1cy1rZXk="
    public var lockDuration = Duration.seconds(60)
    /// A message that was handed out more often goes to the dead-letter queue.
    public var maxDeliveryCount = 10
    /// Calls that ask for more wait no longer for a message.
    public var longestPoll = Duration.seconds(60)

    public init() {}
}

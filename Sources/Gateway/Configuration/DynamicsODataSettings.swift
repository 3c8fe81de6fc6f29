/// How F&O is read and written, `dynamics.odata`.
public struct DynamicsODataSettings: Sendable, Equatable {
    /// Whether the gateway looks at its start whether F&O has the entity sets. That also makes F&O build its metadata,
    /// so that the first order need not wait for it.
    public var probeAtStart = true
    /// Of a read.
    public var readTimeout = Duration.seconds(30)
    /// Of a write, a batch as well.
    public var writeTimeout = Duration.seconds(60)
    /// Of the first call after a restart of F&O, which the probe makes.
    public var firstCallTimeout = Duration.seconds(300)

    public init() {}
}

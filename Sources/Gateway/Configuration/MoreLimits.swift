import HTTPServer

/// Limits of `server.limits` that concern what peers cost together and for how long. `docs/limits.md` explains each.
public struct MoreLimits: Sendable, Equatable {
    /// Bytes of a request target; more is answered 414.
    public var target = 8 << 10
    /// Bytes of a body by route, where it differs from `body`.
    public var webhookBody: Int?
    public var eventBody: Int?
    public var operatorBody: Int?
    /// How long a new connection may be silent.
    public var firstByte = Duration.seconds(30)
    /// How long a body may take before its rate is looked at.
    public var bodyGrace = Duration.seconds(10)
    /// Bytes a second on average after the grace; 0 is no limit.
    public var bodyRate = 512
    /// How long the gateway itself may take to answer.
    public var handlerTimeout = Duration.seconds(30)
    public var requestsPerConnection = 100_000
    /// Connections of one source; 0 is no limit.
    public var connectionsPerSource = 0
    /// Connections beyond `connections` that health checks are answered on, and others are turned away on.
    public var reservedConnections = 64
    /// Bytes of all bodies that have arrived and are not answered yet.
    public var bufferedBodies = 256 << 20
    /// Requests of one source a second in the long run; 0 is no limit.
    public var requestsPerSecond = 0
    /// Requests of one source at once.
    public var requestBurst = 200
    /// Sources whose rates are known at the same time.
    public var sources = 16_384

    public init() {}

    var serverLimits: ServerLimits {
        var limits = ServerLimits()
        limits.maxTargetBytes = target
        limits.firstByteTimeout = firstByte
        limits.bodyGrace = bodyGrace
        limits.minBodyBytesPerSecond = bodyRate
        limits.handlerTimeout = handlerTimeout
        limits.maxRequestsPerConnection = requestsPerConnection
        limits.maxConnectionsPerSource = connectionsPerSource > 0 ? connectionsPerSource : nil
        limits.reservedConnections = reservedConnections
        limits.maxBufferedBodyBytes = bufferedBodies
        limits.requestRate =
            requestsPerSecond > 0 ? RequestRate(perSecond: requestsPerSecond, burst: requestBurst) : nil
        limits.maxSources = sources
        return limits
    }

    func largestBody(default body: Int) -> Int {
        [webhookBody, eventBody, operatorBody].reduce(body) { max($0, $1 ?? 0) }
    }
}

extension MoreLimits {
    /// - Parameter section: `server.limits`, which knows other keys as well.
    init(_ section: ConfigurationSection, body: Int) {
        self.init()
        let wait = Duration.seconds(1)...Duration.seconds(3600)
        let bodySize = 1024...(64 << 20)
        target = section.bytes("target", in: 256...(1 << 20), default: target)
        if section.child("webhookBody") != nil {
            webhookBody = section.bytes("webhookBody", in: bodySize, default: body)
        }
        if section.child("eventBody") != nil { eventBody = section.bytes("eventBody", in: bodySize, default: body) }
        if section.child("operatorBody") != nil {
            operatorBody = section.bytes("operatorBody", in: bodySize, default: body)
        }
        firstByte = section.duration("firstByte", in: wait, default: firstByte)
        bodyGrace = section.duration("bodyGrace", in: wait, default: bodyGrace)
        bodyRate = section.bytes("bodyRate", in: 0...(1 << 20), default: bodyRate)
        handlerTimeout = section.duration("handlerTimeout", in: wait, default: handlerTimeout)
        requestsPerConnection = section.integer(
            "requestsPerConnection", in: 1...1_000_000_000, default: requestsPerConnection)
        connectionsPerSource = section.integer(
            "connectionsPerSource", in: 0...100_000, default: connectionsPerSource)
        reservedConnections = section.integer("reservedConnections", in: 0...10_000, default: reservedConnections)
        bufferedBodies = section.bytes("bufferedBodies", in: (1 << 20)...(64 << 30), default: bufferedBodies)
        requestsPerSecond = section.integer("requestsPerSecond", in: 0...1_000_000, default: requestsPerSecond)
        requestBurst = section.integer("requestBurst", in: 1...1_000_000, default: requestBurst)
        sources = section.integer("sources", in: 64...(1 << 20), default: sources)
    }
}

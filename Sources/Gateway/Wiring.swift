import Cryptography
import Foundation
import HTTPServer
import Relay

extension GatewayConfiguration {
    /// Every flow has its lane, also when nothing is delivered: lanes show what waits.
    var dispatcherSettings: DispatcherSettings {
        let lanes = KnownFlow.allCases.map { flow in
            let lane = relay.lanes[flow] ?? LaneOptions()
            let destination = relay.destinations[flow.destination]
            let settings = LaneSettings(
                concurrency: relay.intakeOnly ? 0 : lane.concurrency,
                calendars: [lane.calendar] + (destination.map { [$0.calendar] } ?? []))
            return (flow.lane, settings)
        }
        let flows = relay.flows.map { ($0.key.rawValue, $0.value) }
        return DispatcherSettings(
            owner: Self.owner, lanes: Dictionary(uniqueKeysWithValues: lanes),
            rules: RetryRules(schedule: relay.retry),
            flowRules: Dictionary(uniqueKeysWithValues: flows))
    }

    /// The kinds of events that have a route, which metrics may show by name.
    var eventKinds: Set<String> { Set(CommerceWebhooks.kinds).union(dynamics.businessEvents.routes.keys) }

    /// Says to a person which process on which machine held a lease.
    private static let owner: String = {
        let process = ProcessInfo.processInfo
        return "\(process.hostName)-\(process.processIdentifier)-\(SecureRandom.hex(bytes: 4))"
    }()
}

extension ServerSettings {
    var serverConfiguration: ServerConfiguration {
        var server = ServerConfiguration(host: host, port: port)
        server.maxHeadBytes = limits.head
        server.maxHeaderCount = limits.headers
        server.maxBodyBytes = limits.body
        server.idleTimeout = limits.idle
        server.headTimeout = limits.headTimeout
        server.bodyTimeout = limits.bodyTimeout
        server.responseWriteTimeout = limits.responseTimeout
        server.handshakeTimeout = limits.handshakeTimeout
        server.maxConnections = limits.connections
        server.limits = limits.more.serverLimits
        server.access = access.rules(limits)
        // Where the routes allow different sizes, the server's own limit is the largest of them.
        server.maxBodyBytes = limits.more.largestBody(default: limits.body)
        return server
    }
}

extension OperatorSettings {
    var isOn: Bool { token != nil }
}

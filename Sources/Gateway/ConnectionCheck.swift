import Commerce
import Dynamics
public import HTTPClient
import Relay

/// Signs in to both platforms and reads one harmless thing of each.
public struct ConnectionCheck: Sendable {
    public struct Result: Sendable, Equatable, Codable {
        /// `commerce` or `dynamics`.
        public var destination: String
        public var isWorking: Bool
        /// What went wrong, and what to do about it.
        public var problem: String?
        public var milliseconds: Int64
    }

    private let platforms: Platforms

    public init(_ configuration: GatewayConfiguration, transport: (any HTTPTransport)? = nil) throws {
        platforms = try Platforms(configuration, transport: transport)
    }

    public func run() async -> [Result] {
        async let commerce = Self.result("commerce") { try await platforms.commerce.ping() }
        async let dynamics = Self.result("dynamics") {
            let problems = try await DynamicsProbe(dynamics: platforms.dynamics).problems()
            guard problems.isEmpty else { throw Problems(sentences: problems) }
        }
        return await [commerce, dynamics]
    }

    /// Several things that are wrong with a platform that answers.
    private struct Problems: Error, CustomStringConvertible {
        let sentences: [String]
        var description: String { sentences.joined(separator: " ") }
    }

    private static func result(
        _ destination: String, _ ping: @Sendable () async throws -> Void
    ) async -> Result {
        let start = ContinuousClock.now
        var problem: String?
        do {
            try await ping()
        } catch {
            problem = (error as? any DeliveryFault).map(DynamicsProbe.sentence) ?? "\(error)"
        }
        let took = ContinuousClock.now - start
        return Result(
            destination: destination, isWorking: problem == nil, problem: problem,
            milliseconds: took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000)
    }
}

import Commerce
import Dynamics
import Flows
public import HTTPClient
import Relay

/// Signs in to both platforms, reads what the flows read, and compares what is there with the configuration. Changes
/// nothing, so that what only a write shows, such as the right to create, is not known afterwards.
public struct ConnectionCheck: Sendable {
    public struct Result: Sendable, Equatable, Codable {
        /// `commerce` or `dynamics`.
        public var destination: String
        /// All that is wrong, a sentence or two each: what, and what to change.
        public var problems: [String]
        public var milliseconds: Int64

        public var isWorking: Bool { problems.isEmpty }

        private enum CodingKeys: String, CodingKey { case destination, isWorking, problems, milliseconds }

        public init(destination: String, problems: [String], milliseconds: Int64) {
            self.destination = destination
            self.problems = problems
            self.milliseconds = milliseconds
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            destination = try container.decode(String.self, forKey: .destination)
            problems = try container.decode([String].self, forKey: .problems)
            milliseconds = try container.decode(Int64.self, forKey: .milliseconds)
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(destination, forKey: .destination)
            try container.encode(isWorking, forKey: .isWorking)
            try container.encode(problems, forKey: .problems)
            try container.encode(milliseconds, forKey: .milliseconds)
        }
    }

    private let commerce: CommerceProbe
    private let dynamics: DynamicsProbe

    public init(_ configuration: GatewayConfiguration, transport: (any HTTPTransport)? = nil) throws {
        let platforms = try Platforms(configuration, transport: transport)
        commerce = CommerceProbe(
            commerce: platforms.commerce, store: configuration.commerce.store,
            stores: configuration.legalEntities.stores)
        dynamics = DynamicsProbe(dynamics: platforms.dynamics, more: configuration.moreEntitySets)
    }

    public func run() async -> [Result] {
        async let shop = Self.result("commerce") { try await commerce.problems() }
        async let erp = Self.result("dynamics") { try await dynamics.problems() }
        return await [shop, erp]
    }

    private static func result(
        _ destination: String, _ look: @Sendable () async throws -> [String]
    ) async -> Result {
        let start = ContinuousClock.now
        let problems: [String]
        do {
            problems = try await look()
        } catch {
            problems = [sentence(error)]
        }
        let took = ContinuousClock.now - start
        return Result(
            destination: destination, problems: problems,
            milliseconds: took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000)
    }

    /// What went wrong, and what to do about it.
    static func sentence(_ error: any Error) -> String {
        guard let fault = error as? any DeliveryFault else { return "\(error)" }
        return [fault.reason.message, fault.reason.advice].compactMap { $0 }.joined(separator: " ")
    }
}

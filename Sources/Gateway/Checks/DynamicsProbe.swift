import Dynamics
import Logging
import Relay

/// Looks whether D365 has what the configuration names. Changes nothing there.
struct DynamicsProbe: Sendable {
    let dynamics: DynamicsClient
    /// Entity sets that only some configurations need.
    var more: [String] = []

    private var needed: [String] { dynamics.names.all + more }

    /// Signs in, and reads one row of every entity set that is there.
    /// - Returns: All that is wrong with entity sets and privileges, a sentence each.
    /// - Throws: What keeps the rest from being looked at: no sign-in, no connection.
    func problems() async throws -> [String] {
        let present = try await listed()
        var problems = present.map { dynamics.names.missing(needed, among: $0) } ?? []
        for name in needed where present?.contains(name) ?? true {
            do {
                try await dynamics.ping(name)
            } catch let fault as ODataFault where fault.failureKind.bearing == .record {
                problems.append(ConnectionCheck.sentence(fault))
            }
        }
        return problems
    }

    /// The environment's entity sets; `nil` where it does not list them, and only reading tells.
    private func listed() async throws -> [String]? {
        do {
            return try await dynamics.entitySets()
        } catch let fault as ODataFault where fault.failureKind.bearing == .record {
            return nil
        }
    }

    /// One call at the gateway's start, whose result stands in the log. Whatever it finds, deliveries go on: they say
    /// more exactly what is wrong.
    func run(_ logger: Logger) async {
        let problem: String
        do {
            let missing = dynamics.names.missing(needed, among: try await dynamics.entitySets())
            guard !missing.isEmpty else {
                logger.info("D365 answers and has all entity sets that are configured")
                return
            }
            problem = missing.joined(separator: " ")
        } catch is CancellationError {
            return
        } catch {
            problem = ConnectionCheck.sentence(error)
        }
        logger.warning("D365 could not be looked at, or lacks something", metadata: ["problem": "\(problem)"])
    }
}

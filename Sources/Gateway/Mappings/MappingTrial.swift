import Flows
import HTTPServer
import JSON
import Mapping
import Relay

/// Runs a document on a record without sending anything.
struct MappingTrial: Sendable {
    /// Records that one trial maps, at most.
    static let mostSamples = 500

    private let samplers: [any MappingSampling]
    private let values: any ValueLookup
    private let bodies: any Inspection

    init(_ flows: [any Flow], values: any ValueLookup, bodies: any Inspection) {
        samplers = flows.compactMap { $0 as? any MappingSampling }
        self.values = values
        self.bodies = bodies
    }

    func outcome(_ name: String, _ sample: MappingSample, by set: MappingSet) -> MappingOutcome {
        set.outcome(name, sample.records, scope: sample.scope, values: values)
    }

    /// The records that the wish means.
    func samples(of name: String, _ wish: Wish) async throws -> [MappingSample] {
        switch wish {
        case .records(let records, let scope):
            return [MappingSample(title: "records", records: records, scope: scope)]
        case .record(let record): return try await samples(of: name, body: JSONWriter.bytes(record))
        case .event(let id):
            guard let body = try await bodies.body(of: id) else {
                guard try await bodies.event(id) == nil else { throw Problem.refused(.bodyGone(id)) }
                throw Problem.unknownEvent("\(id)")
            }
            return try await samples(of: name, body: body)
        }
    }

    private func samples(of name: String, body: [UInt8]) async throws -> [MappingSample] {
        guard let sampler = samplers.first(where: { $0.sampledDocuments.contains(name) }) else {
            let known = samplers.flatMap(\.sampledDocuments).sorted().joined(separator: ", ")
            throw Problem.unusableBody(
                "record, event: found one for \(name), of which no flow makes records; expected records, "
                    + "with what its paths begin with. Flows make those of \(known).")
        }
        let samples: [MappingSample]
        do {
            samples = try await sampler.samples(of: name, body: body)
        } catch {
            throw Problem.unusableBody("The record cannot be prepared for \(name): \(error)")
        }
        guard samples.count <= Self.mostSamples else {
            throw Problem.unusableBody(
                "record: found \(samples.count) parts, expected at most \(Self.mostSamples).")
        }
        return samples
    }

    /// What to try a document on.
    enum Wish {
        case records([String: JSONValue], scope: String)
        /// As its platform writes it.
        case record(JSONValue)
        case event(EventID)
    }
}

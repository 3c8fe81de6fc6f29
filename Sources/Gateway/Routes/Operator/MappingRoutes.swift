import HTTPServer
import HTTPTypes
import JSON
import Mapping
import Relay

/// `/operator/v1/mappings`: the documents in force, and changing them without a restart.
struct MappingRoutes: Sendable {
    let desk: MappingDesk
    let trial: MappingTrial
    let acts: any ActBook
    let clock: any WallClock

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/mappings") { _, _ in await list() }
        door.on(.post, "/mappings/reload") { request, _ in try await reload(request) }
        door.on(.get, "/mappings/{name}") { _, parameters in try await show(parameters["name"]) }
        door.on(.put, "/mappings/{name}") { try await put($0, $1["name"]) }
        door.on(.delete, "/mappings/{name}") { try await remove($0, $1["name"]) }
        door.on(.post, "/mappings/{name}/try") { try await tryOut($0, $1["name"]) }
    }

    private func list() async -> Response {
        let documents = desk.live.current.documents.values.sorted { $0.name < $1.name }
        var rows: [MappingRowJSON] = []
        for document in documents {
            rows.append(MappingRowJSON(document, file: await desk.ownDocument(document.name)?.file))
        }
        return OperatorJSON.response(MappingsJSON(mappings: rows, isChangeable: await desk.isChangeable))
    }

    private func show(_ name: String) async throws -> Response {
        let set = desk.live.current
        guard let document = set.documents[name], let table = set.table(of: name) else {
            throw Problem.unknownMapping(name, known: set.documents.keys.sorted())
        }
        let own = await desk.ownDocument(name)
        return OperatorJSON.response(
            MappingJSON(
                mapping: name, from: document.from, to: document.to, file: own?.file, ownYAML: own?.yaml,
                yaml: document.yaml, rows: table.rows))
    }

    private func put(_ request: Request, _ name: String) async throws -> Response {
        try Self.demandName(name)
        let query = try QueryParameters(request.query, known: ["by", "why", "dryRun"])
        let isDryRun =
            try query.value("dryRun", expected: "true or false") { ["true": true, "false": false][$0] } ?? false
        guard let yaml = String(validating: request.body, as: UTF8.self) else {
            throw Problem.unusableBody("The body: found bytes that are no UTF-8, expected a YAML document.")
        }
        return try await refusing {
            guard !isDryRun else {
                _ = try await desk.draft(name, yaml)
                return OperatorJSON.response(ChangedMappingsJSON(changed: [], isDryRun: true))
            }
            let act = try act(query, request)
            guard await desk.isChangeable else { throw MappingDeskFault.noFolder }
            // Checked before it is on record, and once more when it is put, since another change may come between.
            _ = try await desk.draft(name, yaml)
            try await acts.record(act, verb: "upload", target: "mapping \(name)")
            try await desk.put(name, yaml)
            return OperatorJSON.response(ChangedMappingsJSON(changed: [name]))
        }
    }

    private func remove(_ request: Request, _ name: String) async throws -> Response {
        try Self.demandName(name)
        let query = try QueryParameters(request.query, known: ["by", "why"])
        let act = try act(query, request)
        return try await refusing {
            try await desk.checkRemoval(of: name)
            try await acts.record(act, verb: "remove", target: "mapping \(name)")
            try await desk.remove(name)
            return OperatorJSON.response(ChangedMappingsJSON(changed: [name]))
        }
    }

    private func reload(_ request: Request) async throws -> Response {
        var order = try OperatorOrder(request)
        let act = try order.act(at: clock.now())
        try order.finish()
        return try await refusing {
            try await acts.record(act, verb: "reload", target: "mappings")
            return OperatorJSON.response(ChangedMappingsJSON(changed: try await desk.reload()))
        }
    }

    private func tryOut(_ request: Request, _ name: String) async throws -> Response {
        var order = try OperatorOrder(request)
        let yaml = try order.yaml()
        let wish = try order.wish()
        try order.finish()
        return try await refusing {
            let current = desk.live.current
            let draft = if let yaml { try await desk.draft(name, yaml) } else { MappingSet?.none }
            guard current.documents[name] != nil || draft != nil else {
                throw Problem.unknownMapping(name, known: current.documents.keys.sorted())
            }
            let samples = try await trial.samples(of: name, wish)
            let tried = samples.map { sample in
                TriedJSON.sample(
                    sample, inForce: current.documents[name].map { _ in trial.outcome(name, sample, by: current) },
                    draft: draft.map { trial.outcome(name, sample, by: $0) })
            }
            return .json(JSONWriter.bytes(["mapping": .string(name), "samples": .array(tried)]))
        }
    }

    /// The body is a document, so the query says who and why.
    private func act(_ query: QueryParameters, _ request: Request) throws(Problem) -> OperatorAct {
        var order = OperatorOrder(["by": query["by"], "why": query["why"]], headers: request.headers)
        return try order.act(at: clock.now())
    }

    /// Explains what keeps documents from being changed.
    private func refusing(_ body: () async throws -> Response) async throws -> Response {
        do {
            return try await body()
        } catch let refused as MappingRefused {
            return MappingProblemsJSON.response(refused)
        } catch let fault as MappingDeskFault {
            throw Problem.mapping(fault)
        } catch let failure as DurableFile.Failure {
            throw Problem.mappingNotKept(failure.detail)
        }
    }

    /// A name becomes a file's name.
    private static func demandName(_ name: String) throws(Problem) {
        let isUsable =
            (1...nameLimit).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
        guard isUsable else {
            throw .invalidParameter(
                "name", found: name, expected: "1 to \(nameLimit) lower-case letters, digits and dashes")
        }
    }

    private static let nameLimit = 60
}

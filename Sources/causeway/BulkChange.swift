import ArgumentParser
import Foundation

/// A change to many deliveries, from the terminal: shows how many there are, asks, has it done, and waits for it.
struct BulkChange {
    /// `replay` or `skip`.
    let verb: String
    var request: BulkRequest
    let server: OperatorOptions
    let options: BulkOptions

    private static let pollEvery = Duration.milliseconds(200)

    private struct Count: Decodable {
        var events: Int
        var total: Int
        var deliveries: [String: Int]

        var text: String {
            let states = deliveries.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
            return "\(total) \(total == 1 ? "delivery" : "deliveries") of \(events) "
                + "\(events == 1 ? "event" : "events") (\(states))"
        }
    }

    private struct Run: Decodable {
        var id: Int64
        var state: String
        var changed: Int
        var problem: String?
    }

    func perform() async throws {
        let client = try await server.client()
        var counting = request
        counting.dryRun = true
        let counted = try await client.post("/\(verb)s", counting)
        let count = try JSONDecoder().decode(Count.self, from: Data(counted))
        if options.dryRun {
            return print(server.json ? String(decoding: counted, as: UTF8.self) : "Would \(verb) \(count.text).")
        }
        guard count.total > 0 else {
            return print(server.json ? String(decoding: counted, as: UTF8.self) : "Nothing to \(verb).")
        }
        guard try isConfirmed(count) else { return complain("Nothing was changed.") }
        var asking = request
        asking.expect = count.total
        try await finish(try await client.post("/\(verb)s", asking), client)
    }

    private func isConfirmed(_ count: Count) throws -> Bool {
        if options.yes { return true }
        guard isatty(FileHandle.standardInput.fileDescriptor) == 1 else {
            complain("This would \(verb) \(count.text). Nobody can be asked here: give --yes, or --dry-run to look.")
            throw ExitCode.validationFailure
        }
        FileHandle.standardError.write(Data("\(verb.capitalized) \(count.text)? [y/N] ".utf8))
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    private func finish(_ begun: [UInt8], _ client: OperatorClient) async throws {
        var answer = begun
        var run = try JSONDecoder().decode(Run.self, from: Data(answer))
        while run.state == "running" {
            try await Task.sleep(for: Self.pollEvery)
            answer = try await client.get("/\(verb)s/\(run.id)")
            run = try JSONDecoder().decode(Run.self, from: Data(answer))
        }
        let done = verb == "skip" ? "skipped" : "put back"
        let summary = "\(done): \(run.changed) \(run.changed == 1 ? "delivery" : "deliveries")"
        print(server.json ? String(decoding: answer, as: UTF8.self) : summary)
        guard let problem = run.problem else { return }
        complain("It stopped before its end: \(problem). Count again to see what is left.")
        throw ExitStatus.temporary
    }
}

struct BulkOptions: ParsableArguments {
    @Flag(help: "Don't ask.")
    var yes = false
    @Flag(help: "Only say how many there are.")
    var dryRun = false
}

import Dynamics
import Foundation
import HTTPClient
import HTTPTypes
import Logging
import Relay
import Synchronization
import Testing

@testable import Gateway

/// An F&O that has some entity sets, and may refuse to show one of them.
private struct FewSets: HTTPTransport {
    var sets = EntitySetNames().all
    var serviceDocument = 200
    var refused: [String: Int] = [:]

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        if request.url.hasSuffix("/token") {
            let token = #"{"token_type":"Bearer","expires_in":3599,"access_token":"t"}"#
            return OutboundResponse(status: 200, headers: [.contentType: "application/json"], body: Array(token.utf8))
        }
        let resource = String(request.url.prefix { $0 != "?" }.split(separator: "/").last ?? "")
        if request.url.hasSuffix("/data/") {
            let names = sets.map { #"{"name":"\#($0)","kind":"EntitySet","url":"\#($0)"}"# }.joined(separator: ",")
            return OutboundResponse(status: serviceDocument, body: Array(#"{"value":[\#(names)]}"#.utf8))
        }
        let status = refused[resource] ?? (sets.contains(resource) ? 200 : 404)
        return OutboundResponse(status: status, body: Array(#"{"value":[]}"#.utf8))
    }
}

/// Takes calls and answers none of them, until the caller goes away.
private struct Silent: HTTPTransport {
    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        try? await Task.sleep(for: .seconds(3600))
        throw .cancelled
    }
}

private func probe(
    _ transport: any HTTPTransport, _ names: EntitySetNames = EntitySetNames()
) throws -> DynamicsProbe {
    var configuration = try ConfigurationFixture.read()
    configuration.dynamics.entities = names
    return DynamicsProbe(dynamics: try Platforms(configuration, transport: transport).dynamics)
}

@Suite("Looking whether D365 has what the configuration names", .timeLimit(.minutes(5)))
struct DynamicsProbeTests {
    @Test("Finds nothing wrong where all is there")
    func good() async throws {
        #expect(try await probe(FewSets()).problems().isEmpty)
    }

    @Test(
        "Names each entity set that is missing, the key that names it, and the one that was most likely meant",
        arguments: [
            ("SalesOrderLinesV2", "; it has SalesOrderLinesV3."),
            ("salesorderlinesv3", "; it has SalesOrderLinesV3."),
            ("Quotations", "names."),
        ])
    func missing(_ name: String, _ end: String) async throws {
        let problems = try await probe(FewSets(), EntitySetNames(salesOrderLines: name)).problems()
        #expect(problems.count == 1)
        #expect(
            problems.first?.hasPrefix("D365 has no entity set \(name), which dynamics.entities.salesOrderLines names")
                == true)
        #expect(problems.first?.hasSuffix(end) == true, "\(problems)")
    }

    @Test("Names the entity set that the user may not read, and the right that is missing, beside what is missing")
    func forbidden() async throws {
        let transport = FewSets(refused: ["SalesInvoiceV3Lines": 403])
        let problems = try await probe(transport, EntitySetNames(customers: "CustomersV9")).problems()
        #expect(problems.count == 2)
        #expect(problems.first?.contains("CustomersV9") == true)
        #expect(problems.last?.contains("may not GET SalesInvoiceV3Lines") == true)
        #expect(problems.last?.contains("security role for SalesInvoiceV3Lines, to read") == true)
    }

    @Test("Reads each set where the environment does not list them", arguments: [403, 404, 405])
    func noList(_ status: Int) async throws {
        let transport = FewSets(sets: ["CustomersV3"], serviceDocument: status)
        let problems = try await probe(transport).problems()
        #expect(problems.count == 4)
        #expect(problems.allSatisfy { $0.contains("status 404") && $0.contains("dynamics.entities") })
    }

    @Test("Says by itself that D365 is away", arguments: [429, 503])
    func away(_ status: Int) async throws {
        await #expect(throws: ODataFault.self) { try await probe(FewSets(serviceDocument: status)).problems() }
    }

    @Test("Delays neither start nor stop where D365 says nothing")
    func silence() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let configuration = try ConfigurationFixture.read(folder: folder.path)
        #expect(configuration.dynamics.odata.probeAtStart && !configuration.relay.intakeOnly)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let gateway = try Gateway(configuration: configuration, transport: Silent(), logger: logger)
        _ = try await gateway.start()
        await gateway.stop()
    }

    @Test(
        "Writes what it found at the start into the log, once, and never fails",
        arguments: [
            (FewSets(), "info", "has all entity sets"),
            (FewSets(sets: ["CustomersV3"]), "warning", "dynamics.entities.salesOrderHeaders"),
            (FewSets(serviceDocument: 503), "warning", "not available"),
            (FewSets(serviceDocument: 401), "warning", "Microsoft Entra ID applications"),
        ])
    fileprivate func log(_ transport: FewSets, _ level: String, _ text: String) async throws {
        let lines = LogLines()
        try await probe(transport).run(Logger(label: "test") { _ in LinesHandler(lines: lines) })
        let all = lines.all.withLock { $0 }
        #expect(all.count == 1)
        #expect(all.first?.hasPrefix(level) == true)
        #expect(all.first?.contains(text) == true, "\(all)")
    }
}

private final class LogLines: Sendable {
    let all = Mutex<[String]>([])
}

private struct LinesHandler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.all.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }
}

import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@testable import Dynamics

@Suite("Recurring integrations", .timeLimit(.minutes(5)))
struct RecurringTests {
    private let activity = UUID()

    private func client(_ stage: JobStage) throws -> RecurringIntegrationClient {
        try RecurringIntegrationClient(
            environment: stage.environment, tokens: stage.tokens, transport: stage.transport,
            management: stage.client)
    }

    @Test("take a file in, with entity, company and our own name for it")
    func enqueue() async throws {
        try await JobStage.run { stage in
            let client = try client(stage)
            let id = try await client.enqueue(
                Array("data".utf8), activity: activity, entity: "Customers V3", company: "usmf", externalID: "x-1")
            let upload = try #require(stage.sandbox.dynamics.connector.uploads.first)
            #expect(upload.messageID == id && upload.body == Array("data".utf8))
            #expect(upload.entity == "Customers V3" && upload.company == "usmf" && upload.externalID == "x-1")
            #expect(try await client.status(ofMessage: id) == "Processed")
            // All zeros: no job has taken it up yet.
            #expect(try await client.executionID(ofMessage: id) == nil)
        }
    }

    @Test("hand a file out, and are told only afterwards that it is safe with us")
    func receive() async throws {
        try await JobStage.run { stage in
            let (client, connector) = (try client(stage), stage.sandbox.dynamics.connector)
            connector.export(Array("file".utf8))
            var stored: [String: [UInt8]] = [:]
            let hadOne = try await client.receive(activity: activity) { file, content in
                #expect(connector.acknowledged.isEmpty)
                stored[file.correlationID] = content
            }
            #expect(hadOne && stored.values.map { $0 } == [Array("file".utf8)])
            #expect(connector.acknowledged == Array(stored.keys))
            #expect(try await !client.receive(activity: activity) { _, _ in })
        }
    }

    @Test("hand a file out again that was not acknowledged, under the same correlation id")
    func redelivery() async throws {
        try await JobStage.run { stage in
            let client = try client(stage)
            stage.sandbox.dynamics.connector.export(Array("file".utf8))
            let first = try #require(try await client.dequeue(activity: activity))
            #expect(try await client.dequeue(activity: activity) == nil)
            stage.sandbox.dynamics.connector.endHiding()
            let second = try #require(try await client.dequeue(activity: activity))
            #expect(second.correlationID == first.correlationID)
            // The receipt of the first time is no longer good.
            await #expect(throws: ODataFault.self) { try await client.acknowledge(first) }
            try await client.acknowledge(second)
        }
    }

    @Test(
        "give links as http, which are followed by the environment's own scheme and at its own host",
        arguments: [
            ("http://erp.example/api/f", "https://erp.example/api/f"),
            ("https://erp.example/api/f", "https://erp.example/api/f"),
            ("http://erp.example.evil/api/f", nil), ("http://erp.example@evil.example/f", nil),
            ("file:///etc/passwd", nil),
            ("/api/f", nil), ("http://evil.example/", nil),
        ])
    func links(_ location: String, _ address: String?) throws {
        let answer = #"{"CorrelationId":"c","PopReceipt":"p","DownloadLocation":"\#(location)"}"#
        let file = try DequeuedFile(Array(answer.utf8), activity: activity)
        #expect(file.address(on: ServiceRoot("https://erp.example/")) == address)
        #expect(file.answer == Array(answer.utf8))
    }

    @Test(
        "say why there is no file",
        arguments: [
            "{}", "no JSON", #"{"CorrelationId":"c"}"#,
            #"{"CorrelationId":"c","DownloadLocation":"x","IsDownLoadFileExist":false,"FileDownLoadErrorMessage":"gone"}"#,
        ])
    func unusable(_ answer: String) {
        #expect(throws: RecurringFault.self) { try DequeuedFile(Array(answer.utf8), activity: activity) }
    }

    @Test("are not there on-premises, and say so")
    func onPremises() async throws {
        try await JobStage.run { stage in
            #expect(throws: RecurringFault.onPremises) {
                try RecurringIntegrationClient(
                    environment: "https://ax.contoso.example/namespaces/AXSF", tokens: stage.tokens,
                    transport: stage.transport, management: stage.client)
            }
        }
    }
}

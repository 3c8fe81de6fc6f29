import Cryptography
import Foundation
import HTTPClient
import HTTPTypes

/// A real process that only takes events in, with a store at a place of the test's choice.
final class Intake: Sendable {
    let process: ServedProcess
    let store: String
    let port: Int
    let configuration: String
    static let operatorToken = "operator-token-of-tests"
    private let folder: TemporaryFolder
    private let transport: any HTTPTransport
    private static let secret = "a-webhook-secret-of-some-length"

    /// - Parameters:
    ///   - disk: The folder of the store; by default beside the configuration.
    ///   - server: More of the section `server`, each line with four spaces before it.
    ///   - store: More of the section `store`, in one line.
    ///   - waiting: Events that may wait for the writer.
    init(
        disk: String? = nil, server: String = "", store more: String = "", waiting: Int = 4096,
        launcher: [String] = [],
        transport: any HTTPTransport
    ) async throws {
        folder = try TemporaryFolder()
        port = try await FreePort.find()
        store = (disk ?? folder.url.path) + "/causeway.db"
        self.transport = transport
        let yaml = """
            server:
                host: 127.0.0.1
                port: \(port)
            \(server)
            store: { sqlite: \(store), waiting: \(waiting)\(more.isEmpty ? "" : ", " + more) }
            commerce:
              baseURL: http://127.0.0.1:1
              auth: { bearer: { token: integration-access-token } }
              webhooks: { signatures: [ { hmacSecret: \(Self.secret) } ] }
            dynamics:
              environment: http://127.0.0.1:1
              auth: { clientSecret: { tenant: t, clientID: c, clientSecret: s } }
              businessEvents: { tokens: [ event-token-of-tests ] }
            legalEntities: { default: usmf }
            relay: { intakeOnly: true }
            operator: { token: \(Self.operatorToken) }
            """
        configuration = folder.path("causeway.yaml")
        try folder.write(yaml, to: "causeway.yaml")
        process = ServedProcess(
            configuration: configuration, port: port, transport: transport, launcher: launcher)
    }

    /// Runs a command with this configuration.
    func command(_ arguments: String...) async throws -> Command {
        try await Command.run(arguments + ["--config", configuration])
    }

    /// Writes the configuration anew, for the next start.
    func configure(_ change: (String) -> String) throws {
        let yaml = try String(contentsOfFile: configuration, encoding: .utf8)
        try Data(change(yaml).utf8).write(to: URL(fileURLWithPath: configuration))
    }

    /// Posts a signed order.
    /// - Parameter padding: Bytes that the order has beside its number.
    func post(_ number: Int, padding: Int = 0, email: String = "") async throws -> OutboundResponse {
        let text = String(repeating: "x", count: padding)
        let body = Array(
            #"{"order":{"increment_id":"\#(number)","note":"\#(text)","customer_email":"\#(email)"}}"#.utf8)
        let signature = Hex.encode(HMACSHA256.code(key: Array(Self.secret.utf8), message: body))
        let headers: HTTPFields = HTTPField.Name("x-adobe-commerce-webhook-signature").map { [$0: signature] } ?? [:]
        return try await transport.send(
            OutboundRequest(
                method: .post, url: process.url + "/webhooks/commerce/order", headers: headers, body: body,
                timeout: .seconds(20)))
    }

    /// Sends the order until it is acknowledged, as a sender would.
    /// - Returns: The refusals before.
    @discardableResult
    func postUntilAcknowledged(_ number: Int) async throws -> [OutboundResponse] {
        let limit = ContinuousClock.now + .seconds(60)
        var refusals: [OutboundResponse] = []
        while true {
            let answer = try? await post(number)
            if answer?.status == 200 { return refusals }
            if let answer { refusals.append(answer) }
            guard ContinuousClock.now < limit else { throw Failure.neverAcknowledged(answer?.status) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Waits for a page to have this status and to contain this text.
    func wait(for status: Int, at path: String, saying text: String = "") async throws -> String {
        let limit = ContinuousClock.now + .seconds(60)
        while true {
            let answer = try? await process.get(path)
            if let answer, answer.status == status {
                let page = String(decoding: answer.body, as: UTF8.self)
                if text.isEmpty || page.contains(text) { return page }
            }
            guard ContinuousClock.now < limit else { throw Failure.neverAcknowledged(answer?.status) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    enum Failure: Error { case neverAcknowledged(Int?) }
}

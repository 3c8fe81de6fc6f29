public import Foundation
public import HTTPClient
import HTTPTypes
import JSON
public import Relay
public import SignIn

/// The recurring integrations of F&O: queues of files in front of recurring data jobs
/// (fin-ops-core/dev-itpro/data-entities/recurring-integrations). Cloud only.
public struct RecurringIntegrationClient: Sendable {
    private let root: ServiceRoot
    private let transport: SignedInTransport
    private let management: DataManagementClient
    private let timeout: Duration
    private let maxFileBytes: Int

    /// - Parameter management: Asked about messages.
    /// - Throws: `RecurringFault.onPremises` for an environment with a path, as installations on-premises have.
    public init(
        environment: String, tokens: any AccessTokenSource, transport: any HTTPTransport,
        management: DataManagementClient, timeout: Duration = .seconds(300), maxFileBytes: Int = 64 << 20,
        clock: any WallClock = SystemClock()
    ) throws(RecurringFault) {
        root = ServiceRoot(environment)
        guard root.url == root.origin else { throw .onPremises }
        self.transport = SignedInTransport(
            root: root, tokens: tokens, transport: transport, clock: clock, recordsBodies: false)
        self.management = management
        self.timeout = timeout
        self.maxFileBytes = maxFileBytes
    }

    /// Puts a file into the queue of an import job.
    /// - Parameters:
    ///   - activity: The recurring job's id, a GUID; our client id must be authorised on this very job.
    ///   - entity: `nil` for a package.
    ///   - externalID: Our name for the message; F&O keeps it, and does not recognise a repetition by it.
    /// - Returns: The message's id.
    public func enqueue(
        _ file: [UInt8], activity: UUID, entity: String? = nil, company: String? = nil, externalID: String? = nil
    ) async throws -> String {
        var query: [(String, String)] = []
        if let entity { query.append(("entity", entity)) }
        if let company { query.append(("company", company)) }
        var request = OutboundRequest(
            method: .post, url: url("enqueue", activity, query), headers: [.contentType: "application/octet-stream"],
            body: file, timeout: timeout, maxResponseBytes: Self.maxAnswerBytes)
        if let name = HTTPField.Name("x-ms-dyn-externalidentifier") { request.headers[name] = externalID }
        let answer = try await send("enqueue", request)
        guard answer.isGood else { throw answer.fault }
        guard let id = Self.messageID(answer.response.body) else {
            throw RecurringFault.unexpectedAnswer(call: "enqueue", detail: "no message id")
        }
        return id
    }

    /// Takes the next file of an export job.
    /// - Returns: `nil` if there is none. What is not acknowledged is handed out again after 30 minutes.
    public func dequeue(activity: UUID) async throws -> DequeuedFile? {
        let request = OutboundRequest(
            method: .get, url: url("dequeue", activity), timeout: timeout, maxResponseBytes: Self.maxAnswerBytes)
        let answer = try await send("dequeue", request)
        guard answer.isGood else { throw answer.fault }
        guard answer.response.status != 204, !answer.response.body.isEmpty else { return nil }
        return try DequeuedFile(answer.response.body, activity: activity)
    }

    /// The file itself. The link may name http; it is followed by https, and only to the environment itself.
    public func download(_ file: DequeuedFile) async throws -> [UInt8] {
        guard let url = file.address(on: root) else { throw RecurringFault.foreignLink }
        let request = OutboundRequest(method: .get, url: url, timeout: timeout, maxResponseBytes: maxFileBytes)
        let answer = try await send("download", request)
        guard answer.isGood else { throw answer.fault }
        return answer.response.body
    }

    /// The file is safe with us: it is not handed out again.
    public func acknowledge(_ file: DequeuedFile) async throws {
        let request = OutboundRequest(
            method: .post, url: url("ack", file.activity), headers: [.contentType: "application/json"],
            body: file.answer, timeout: timeout, maxResponseBytes: Self.maxAnswerBytes)
        let answer = try await send("ack", request)
        guard answer.isGood else { throw answer.fault }
    }

    /// Takes one file, hands it over, and acknowledges it when that returned.
    /// - Parameter store: Must recognise a file by `DequeuedFile.correlationID`: one whose acknowledgement was lost
    ///   comes again.
    /// - Returns: Whether there was one.
    public func receive(
        activity: UUID, store: (DequeuedFile, [UInt8]) async throws -> Void
    ) async throws -> Bool {
        guard let file = try await dequeue(activity: activity) else { return false }
        try await store(file, try await download(file))
        try await acknowledge(file)
        return true
    }

    /// `Enqueued`, `Processed`, `ProcessedWithErrors`, …
    public func status(ofMessage id: String) async throws -> String {
        try await management.call("GetMessageStatus", ["messageId": .string(id)]).text()
    }

    /// - Returns: `nil` while no job has taken the message up.
    public func executionID(ofMessage id: String) async throws -> String? {
        let answer = try await management.call("GetExecutionIdByMessageId", ["_messageId": .string(id)]).text()
        return answer.isEmpty || answer == DataJobRunner.zeroGUID ? nil : answer
    }

    private func send(_ name: String, _ request: OutboundRequest) async throws -> ODataAnswer {
        try await transport.send(
            ODataCall(method: request.method.rawValue, entitySet: "connector/\(name)"), request)
    }

    private func url(_ call: String, _ activity: UUID, _ query: [(String, String)] = []) -> String {
        let pairs = query.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return "\(root.url)/api/connector/\(call)/\(activity.uuidString.lowercased())"
            + (pairs.isEmpty ? "" : "?" + pairs)
    }

    /// A JSON string, `{"value":"…"}`, or the bare id.
    private static func messageID(_ body: [UInt8]) -> String? {
        let document = try? JSONValue.parse(body, ignoringByteOrderMark: true)
        let text =
            document?.stringValue ?? document?.objectValue?["value"]?.stringValue
            ?? (document == nil ? String(validating: body, as: UTF8.self) : nil)
        let id = text?.trimmingCharacters(in: .whitespacesAndNewlines)
        return id.flatMap { (1...100).contains($0.count) ? $0 : nil }
    }

    private static let maxAnswerBytes = 1 << 20
}

import Foundation
public import HTTPServer
import HTTPTypes
import JSON
import Synchronization

/// The simulated recurring integrations of F&O under `/api/connector`: queues of files that are handed out again
/// until they are acknowledged.
public final class SandboxConnector: Responder {
    static let prefix = "/api/connector/"

    public struct Upload: Sendable, Equatable {
        public var messageID: String
        public var activity: String
        public var entity: String?
        public var company: String?
        public var externalID: String?
        public var body: [UInt8]
    }

    private struct File {
        var correlationID: String
        var popReceipt: String
        var body: [UInt8]
        var hiddenUntil: Date?
    }

    private struct State {
        var uploads: [Upload] = []
        var files: [File] = []
        var acknowledged: [String] = []
    }

    /// How long a file that was handed out is not handed out again.
    static let redelivery: TimeInterval = 1800

    private let core: DynamicsCore
    private let state = Mutex(State())

    init(core: DynamicsCore) { self.core = core }

    /// What was enqueued.
    public var uploads: [Upload] { state.withLock { $0.uploads } }
    /// Correlation ids, in order.
    public var acknowledged: [String] { state.withLock { $0.acknowledged } }

    /// Puts a file into the queue that the gateway takes from.
    public func export(_ body: [UInt8]) {
        state.withLock {
            $0.files.append(
                File(correlationID: UUID().uuidString.lowercased(), popReceipt: UUID().uuidString, body: body))
        }
    }

    /// As if 30 minutes had passed: what was handed out and not acknowledged is handed out again.
    public func endHiding() {
        state.withLock { state in for index in state.files.indices { state.files[index].hiddenUntil = nil } }
    }

    public func respond(to request: Request) async -> Response {
        let parts = request.path.dropFirst(Self.prefix.count).split(separator: "/").map(String.init)
        core.counters.count("\(request.method.rawValue) \(Self.prefix)\(parts.first ?? "")/{activity}")
        guard core.isSignedIn(request) else {
            return ODataRefusal.unauthorized.response
        }
        guard parts.count == 2, let activity = QueryString.decode(parts[1][...], plusIsSpace: false),
            UUID(uuidString: activity.filter { !"{}".contains($0) }) != nil
        else { return Response(status: .notFound) }
        switch (request.method, parts[0]) {
        case (.post, "enqueue"): return enqueue(request, activity)
        case (.get, "dequeue"): return dequeue()
        case (.get, "download"): return download(parts[1])
        case (.post, "ack"): return acknowledge(request)
        default: return Response(status: .notFound)
        }
    }

    private func enqueue(_ request: Request, _ activity: String) -> Response {
        let query = QueryString.parse(request.query ?? "") ?? []
        func field(_ name: String) -> String? { query.first { $0.name == name }?.value }
        guard !request.body.isEmpty else { return Response(status: .badRequest) }
        let upload = Upload(
            messageID: UUID().uuidString.lowercased(), activity: activity, entity: field("entity"),
            company: field("company"), externalID: request.headers.value("x-ms-dyn-externalidentifier"),
            body: request.body)
        state.withLock { $0.uploads.append(upload) }
        return .json(JSONWriter.bytes(.string(upload.messageID)))
    }

    private func dequeue() -> Response {
        let now = core.now()
        let file = state.withLock { state -> File? in
            guard let index = state.files.firstIndex(where: { $0.hiddenUntil.map { $0 <= now } ?? true }) else {
                return nil
            }
            state.files[index].hiddenUntil = now.addingTimeInterval(Self.redelivery)
            // Each time it is handed out it has another receipt.
            state.files[index].popReceipt = UUID().uuidString
            return state.files[index]
        }
        guard let file else { return Response(status: .noContent) }
        return .json(
            JSONWriter.bytes([
                "CorrelationId": .string(file.correlationID), "PopReceipt": .string(file.popReceipt),
                // As http, whatever the environment is, as happens.
                "DownloadLocation": .string(
                    core.environmentURL.replacing("https://", with: "http://")
                        + "\(Self.prefix)download/\(file.correlationID)"),
                "IsDownLoadFileExist": true, "FileDownLoadErrorMessage": "",
                "LastDequeueDateTime": .string(TimeText(now).iso8601),
            ]))
    }

    private func download(_ correlationID: String) -> Response {
        let body = state.withLock { $0.files.first { $0.correlationID == correlationID }?.body }
        return body.map { Response(status: .ok, headers: [.contentType: "application/zip"], body: $0) }
            ?? Response(status: .notFound)
    }

    /// Takes the exact answer of the dequeue alone.
    private func acknowledge(_ request: Request) -> Response {
        guard let document = try? JSONValue.parse(request.body), let message = document.objectValue,
            let id = message["CorrelationId"]?.stringValue, message.count == 6
        else { return Response(status: .badRequest) }
        let isTaken = state.withLock { state -> Bool in
            guard
                let index = state.files.firstIndex(where: {
                    $0.correlationID == id && $0.popReceipt == message["PopReceipt"]?.stringValue
                })
            else { return false }
            state.files.remove(at: index)
            state.acknowledged.append(id)
            return true
        }
        return Response(status: isTaken ? .ok : .badRequest)
    }
}

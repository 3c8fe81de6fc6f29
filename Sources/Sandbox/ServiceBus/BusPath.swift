import HTTPServer
import HTTPTypes

/// What a call to Service Bus is about.
enum BusPath: Equatable {
    case head(timeout: Duration)
    case send
    case lock(sequence: Int, token: String)

    init(_ request: Request, entity: String) throws(BusRefusal) {
        let path =
            QueryString.decode(request.path.dropFirst(SandboxServiceBus.prefix.count), plusIsSpace: false) ?? ""
        guard path.hasPrefix("/\(entity)/messages") else {
            throw BusRefusal(status: .notFound, detail: "The messaging entity '\(path)' could not be found.")
        }
        let rest = path.dropFirst("/\(entity)/messages".count).split(separator: "/").map(String.init)
        switch (request.method, rest.count) {
        case (.post, 1) where rest[0] == "head":
            let timeout = QueryString.parse(request.query ?? "")?.first { $0.name == "timeout" }?.value
            guard let seconds = Int(timeout ?? "60"), seconds >= 0 else {
                throw BusRefusal(status: .badRequest, detail: "The specified timeout is invalid.")
            }
            guard request.headers[.contentLength] != nil || request.body.isEmpty else {
                throw BusRefusal(status: .lengthRequired, detail: "Length required.")
            }
            self = .head(timeout: .seconds(seconds))
        case (.post, 0): self = .send
        case (.delete, 2), (.put, 2), (.post, 2):
            guard let sequence = Int(rest[0]) else {
                throw BusRefusal(status: .badRequest, detail: "The message is not named by its sequence number.")
            }
            self = .lock(sequence: sequence, token: rest[1])
        default: throw BusRefusal(status: .methodNotAllowed, detail: "The method is not supported here.")
        }
    }

    /// For the request counters.
    var name: String {
        switch self {
        case .head: "/servicebus/{entity}/messages/head"
        case .send: "/servicebus/{entity}/messages"
        case .lock: "/servicebus/{entity}/messages/{sequence}/{lock}"
        }
    }
}

/// A refusal in the shape of Service Bus.
struct BusRefusal: Error {
    let status: HTTPResponse.Status
    let detail: String

    static func unauthorized(_ detail: String) -> BusRefusal { BusRefusal(status: .unauthorized, detail: detail) }

    var response: Response {
        Response(
            status: status, headers: [.contentType: "application/xml; charset=utf-8"],
            body: Array("<Error><Code>\(status.code)</Code><Detail>\(detail)</Detail></Error>".utf8))
    }
}

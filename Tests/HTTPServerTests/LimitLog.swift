import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

let helloRequest = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

/// Keeps what the server reports.
final class LimitLog: ServerObserver {
    private let limits = Mutex<[ServerLimit]>([])
    func answered(
        method: HTTPRequest.Method?, route: String?, status: HTTPResponse.Status, problemSlug: String?, took: Duration
    ) {}
    func opened() {}
    func closed() {}
    func reached(_ limit: ServerLimit) { limits.withLock { $0.append(limit) } }
    var all: [ServerLimit] { limits.withLock { $0 } }
}

func range(_ text: String) throws -> AddressRange { try #require(AddressRange(text)) }

func withLimits(
    _ router: Router = .echoing, _ change: (inout ServerConfiguration) throws -> Void,
    _ body: (Int, LimitLog) async throws -> Void
) async throws {
    var configuration = ServerConfiguration()
    try change(&configuration)
    let log = LimitLog()
    try await withServer(configuration, router, observer: log) { try await body($0, log) }
}

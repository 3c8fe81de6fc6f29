import Foundation
import HTTPServer
import Logging

/// A port that was free a moment ago, for a process that must come back to the same address after it was killed.
enum FreePort {
    static func find() async throws -> Int {
        let server = Server(
            configuration: ServerConfiguration(host: "127.0.0.1", port: 0), responder: Router(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let port = try server.start().port
        await server.stop(deadline: .zero)
        return port
    }
}

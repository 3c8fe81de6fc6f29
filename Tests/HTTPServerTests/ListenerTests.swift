import Foundation
import Glibc
import HTTPServer
import HTTPTypes
import Logging
import Testing

private final class SocketFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "cw-\(UUID().uuidString.prefix(8))")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }
    var path: String { url.appending(path: "http.sock").path }
    var mode: mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }
}

private func server(_ listeners: [ListenerConfiguration]) -> Server {
    Server(configuration: ServerConfiguration(), listeners: listeners, logger: .silent)
}

private func unix(_ folder: SocketFolder, _ responder: any Responder = Router.echoing) -> ListenerConfiguration {
    ListenerConfiguration(name: "local", address: SocketAddress(unixPath: folder.path), responder: responder)
}

@Suite("Listeners", .blocking)
struct ListenerTests {
    @Test("on Unix-domain sockets answer, with the mode they are given, and leave no file behind")
    func unixSocket() async throws {
        let folder = try SocketFolder()
        var listener = unix(folder)
        listener.socketMode = 0o604
        let server = server([listener])
        #expect(try server.start().description == "unix:\(folder.path)")
        #expect(folder.mode == 0o604)
        let client = try TestClient(unixPath: folder.path)
        try client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.reply().body == "hello")
        await server.stop(deadline: .zero)
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test("take the place of a socket file that a crashed process left behind")
    func staleSocket() async throws {
        let folder = try SocketFolder()
        let stale = server([unix(folder)])
        _ = try stale.start()
        // As after a crash: the file stays, nobody listens.
        let kept = folder.path + ".kept"
        #expect(link(folder.path, kept) == 0)
        await stale.stop(deadline: .zero)
        #expect(rename(kept, folder.path) == 0)

        let next = server([unix(folder)])
        _ = try next.start()
        let client = try TestClient(unixPath: folder.path)
        try client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.reply().status == 200)
        await next.stop(deadline: .zero)
    }

    @Test("refuse a socket that another process uses, and leave it alone")
    func socketInUse() async throws {
        let folder = try SocketFolder()
        let first = server([unix(folder)])
        _ = try first.start()
        #expect(throws: ServerError.addressInUse(address: SocketAddress(unixPath: folder.path))) {
            try server([unix(folder)]).start()
        }
        let client = try TestClient(unixPath: folder.path)
        try client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.reply().status == 200)
        await first.stop(deadline: .zero)
    }

    @Test("refuse a path where something else is, and leave it alone")
    func noSocket() throws {
        let folder = try SocketFolder()
        try Data("precious".utf8).write(to: URL(filePath: folder.path))
        #expect(throws: ServerError.self) { try server([unix(folder)]).start() }
        #expect(try String(contentsOfFile: folder.path, encoding: .utf8) == "precious")
    }

    @Test("refuse impossible paths", arguments: ["", "/no/such/folder/s", "/" + String(repeating: "x", count: 108)])
    func impossiblePath(path: String) {
        let listener = ListenerConfiguration(
            name: "local", address: SocketAddress(unixPath: path), responder: Router.echoing)
        #expect(throws: ServerError.self) { try server([listener]).start() }
    }

    @Test("each serve their own routes, with and without TLS")
    func severalListeners() async throws {
        let folder = try SocketFolder()
        let certificates = try CertificateFolder(try TestAuthority().issue("localhost"))
        var other = Router(logger: .silent)
        other.on(.get, "/other") { _, _ in .text("other") }
        let tcp = SocketAddress(host: "127.0.0.1", port: 0)
        let server = server([
            ListenerConfiguration(
                name: "public", address: tcp, tls: try TLSCredentials(certificates.configuration()),
                responder: Router.echoing),
            ListenerConfiguration(name: "operator", address: tcp, responder: other), unix(folder),
        ])
        let address = try server.start()
        #expect(server.address(of: "public") == address)
        let port = try #require(server.address(of: "operator")?.port)
        #expect(server.address(of: "health") == nil)

        #expect(try TLSClient(port: address.port).hello().status == 200)
        let plain = try TestClient(port: port)
        try plain.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /other HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try plain.reply().status == 404)
        #expect(try plain.reply().body == "other")
        let local = try TestClient(unixPath: folder.path)
        try local.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try local.reply().status == 200)
        await server.stop(deadline: .zero)
        #expect(throws: TestClient.Failure.self) { try TestClient(port: port) }
    }

    @Test("are all closed if one of them can't be opened")
    func allOrNone() async throws {
        let folder = try SocketFolder()
        let taken = server([unix(folder)])
        _ = try taken.start()
        let other = try SocketFolder()
        #expect(throws: ServerError.self) { try server([unix(other), unix(folder)]).start() }
        #expect(!FileManager.default.fileExists(atPath: other.path))
        await taken.stop(deadline: .zero)
    }

    @Test(
        "take no sockets from the service manager that are not meant for this process",
        arguments: [
            [:], ["LISTEN_FDS": "1"], ["LISTEN_FDS": "1", "LISTEN_PID": "1", "LISTEN_FDNAMES": "public"],
            ["LISTEN_FDS": "-1", "LISTEN_PID": "\(getpid())"], ["LISTEN_FDS": "x", "LISTEN_PID": "\(getpid())"],
        ])
    func notInherited(environment: [String: String]) {
        #expect(InheritedSockets.take(environment: environment).isEmpty)
    }
}

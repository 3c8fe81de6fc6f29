import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("A response's head")
struct ResponseTests {
    private func wire(
        _ response: Response, _ connection: ResponseEncoder.ConnectionOption = .none
    ) -> String? {
        var encoder = ResponseEncoder()
        guard encoder.encode(response, connection: connection, at: 784_111_777) else { return nil }
        return String(decoding: encoder.bytes, as: UTF8.self)
    }

    private let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT"

    @Test("has date, length and its own fields")
    func fields() {
        #expect(
            wire(Response(status: .ok, headers: [.contentType: "text/plain"], body: [1, 2, 3]))
                == "HTTP/1.1 200 OK\r\n\(date)\r\nContent-Length: 3\r\nContent-Type: text/plain\r\n\r\n")
    }

    @Test(
        "has no length where no body is possible (RFC 9110 §8.6)",
        arguments: [HTTPResponse.Status.noContent, .notModified])
    func noBody(_ status: HTTPResponse.Status) throws {
        let response = Response(status: status, body: [1])
        #expect(try #require(wire(response)).contains("Content-Length") == false)
        #expect(!response.allowsBody)
    }

    @Test("says whether the connection ends")
    func connection() throws {
        #expect(try #require(wire(Response(status: .ok), .close)).contains("\r\nConnection: close\r\n"))
        #expect(try #require(wire(Response(status: .ok), .keepAlive)).contains("\r\nConnection: keep-alive\r\n"))
    }

    @Test("leaves out fields that only the connection can know")
    func framingFields() throws {
        let fields: HTTPFields = [
            .contentLength: "99", .transferEncoding: "chunked", .connection: "upgrade", .date: "never",
        ]
        #expect(
            wire(Response(status: .ok, headers: fields))
                == "HTTP/1.1 200 OK\r\n\(date)\r\nContent-Length: 0\r\n\r\n")
    }

    @Test("never carries a line break from a value")
    func injection() throws {
        var fields = HTTPFields()
        fields[.location] = "/a\r\nSet-Cookie: evil"
        let head = wire(Response(status: .ok, headers: fields))
        #expect(head?.contains("\r\nSet-Cookie") != true)
    }

    @Test("is refused for a status that is not final", arguments: [0, 100, 101, 199, 600, 999])
    func status(_ code: Int) {
        #expect(wire(Response(status: .init(code: code))) == nil)
    }

    @Test(
        "has dates as RFC 9110 §5.6.7 wants them",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
            (1_735_689_599, "Tue, 31 Dec 2024 23:59:59 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        ])
    func date(_ time: Int, _ text: String) {
        #expect(String(decoding: HTTPDate.format(time), as: UTF8.self) == text)
    }
}

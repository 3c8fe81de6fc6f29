import HTTPTypes
import Testing

@testable import HTTPClient

@Suite struct ResponseHeadTests {
    private func head(_ lines: String...) -> ResponseHead {
        var head = ResponseHead()
        for line in lines {
            let isTaken = head.consume(Array("\(line)\r\n".utf8))
            #expect(isTaken)
        }
        return head
    }

    @Test(
        "reads status and fields, of HTTP/1.1 and HTTP/2",
        arguments: ["HTTP/1.1 201 Created", "HTTP/2 201 ", "HTTP/2 201"])
    func statusAndFields(_ statusLine: String) {
        let head = head(statusLine, "Content-Type:  text/plain ", "set-cookie: a", "Set-Cookie: b", "X-Empty:", "")
        #expect(head.isComplete)
        #expect(head.status == 201)
        #expect(head.headers[.contentType] == "text/plain")
        #expect(head.headers[fields: .setCookie].map(\.value) == ["a", "b"])
        #expect(head.headers.count == 4)
    }

    @Test("forgets informational responses before the final one")
    func informational() {
        let head = head("HTTP/1.1 103 Early Hints", "Link: <a>", "", "HTTP/1.1 200 OK", "Age: 1", "")
        #expect(head.status == 200)
        #expect(head.headers == [.age: "1"])
    }

    @Test("is not complete before its empty line, nor after an informational response alone")
    func incomplete() {
        #expect(!head("HTTP/1.1 200 OK", "Age: 1").isComplete)
        #expect(!head("HTTP/1.1 100 Continue", "").isComplete)
        #expect(!head("").isComplete)
    }

    @Test("ignores trailer fields, even one that looks like another head")
    func trailers() {
        let head = head("HTTP/1.1 200 OK", "Age: 1", "", "Age: 2", "HTTP/1.1 500 X", "")
        #expect(head.status == 200)
        #expect(head.headers == [.age: "1"])
    }

    @Test("skips lines that are no fields", arguments: [" folded", "no colon", ": no name", "a b: c", "ü: x"])
    func noFields(_ line: String) {
        #expect(head("HTTP/1.1 200 OK", line, "Age: 1", "").headers == [.age: "1"])
    }

    @Test("has a limit for all lines together, those of informational responses included")
    func limit() {
        var head = ResponseHead()
        let block = Array("HTTP/1.1 103 Early Hints\r\n".utf8)
        let allowed = ResponseHead.maxBytes / block.count
        let taken = (0..<allowed).map { _ in head.consume(block) }
        let isTakenBeyond = head.consume(block)
        #expect(taken.allSatisfy { $0 })
        #expect(!isTakenBeyond)
    }
}

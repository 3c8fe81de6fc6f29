import JSON
import Testing

@Suite("Envelopes, whose contents are kept as they are written")
struct JSONMembersTests {
    @Test(
        "a member is kept byte for byte",
        arguments: [
            "{\"a\":1,\"b\" : 2}", "[ 1 , {\"x\":[]} ]", "\"text \\u00e9 \\/\"", "110.0", "-1.50e+3", "true", "false",
            "null", "\"\"", "{}", "[]",
        ])
    func source(value: String) throws {
        let members = try #require(try JSONMembers(Array(" { \"before\" : [0], \"data\" : \(value) , \"c\":1}".utf8)))
        #expect(members.source("data").map { String(decoding: $0, as: UTF8.self) } == value)
        #expect(members.source("nothing") == nil)
    }

    @Test("texts are read with their escapes, and only texts")
    func texts() throws {
        let members = try #require(
            try JSONMembers(Array(#"{"a":"x\u0041\/","b":1,"c":"","d":null,"\u0065":"e"}"#.utf8)))
        #expect(members.text("a") == "xA/")
        #expect(members.text("e") == "e")
        for name in ["b", "c", "d", "f"] { #expect(members.text(name) == nil) }
    }

    @Test("what is JSON but no object has no members", arguments: ["[]", "1", "\"{}\"", "null", "[{\"a\":1}]"])
    func others(text: String) throws {
        #expect(try JSONMembers(Array(text.utf8)) == nil)
    }

    @Test(
        "what is no JSON is refused, and so is a name that stands twice, however it is written",
        arguments: [
            "", "{", "{\"a\":1,}", "{\"a\":1} x", "{\"a\":tru}", "{\"a\":1,\"a\":1}", #"{"a":1,"\u0061":2}"#, "[1",
        ])
    func malformed(text: String) {
        #expect(throws: JSONSyntaxError.self) { _ = try JSONMembers(Array(text.utf8)) }
    }

    @Test("a list is cut into its elements, anything else is one record")
    func cut() throws {
        func cut(_ text: String) throws -> [String] {
            try JSONRecords.cut(Array(text.utf8), atMost: 3).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(try cut(#" [ {"a":1.0} ,2, "x" ] "#) == [#"{"a":1.0}"#, "2", #""x""#])
        #expect(try cut("[]") == [])
        #expect(try cut(#" {"a":[1,2]} "#) == [#"{"a":[1,2]}"#])
        #expect(try cut("[[],[]]") == ["[]", "[]"])
    }

    @Test(
        "a list that is too long or broken is refused as a whole",
        arguments: ["[1,2,3,4]", "[1,2", "[1,]", "[1] 2", ""])
    func refused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONRecords.cut(Array(text.utf8), atMost: 3) }
    }
}

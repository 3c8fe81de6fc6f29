import JSON
import Testing

struct PatchRow: CustomTestStringConvertible, Sendable {
    let document: String
    let patch: String
    let result: String

    var testDescription: String { "\(document) and \(patch)" }

    init(_ document: String, _ patch: String, _ result: String) {
        self.document = document
        self.patch = patch
        self.result = result
    }

    /// RFC 7396, Appendix A.
    static let ofTheRFC = [
        PatchRow(#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
        PatchRow(#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
        PatchRow(#"{"a":"b"}"#, #"{"a":null}"#, #"{}"#),
        PatchRow(#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
        PatchRow(#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
        PatchRow(#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
        PatchRow(#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
        PatchRow(#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
        PatchRow(#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
        PatchRow(#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#),
        PatchRow(#"{"a":"foo"}"#, #"null"#, #"null"#),
        PatchRow(#"{"a":"foo"}"#, #""bar""#, #""bar""#),
        PatchRow(#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
        PatchRow(#"[1,2]"#, #"{"a":"b","c":null}"#, #"{"a":"b"}"#),
        PatchRow(#"{}"#, #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
    ]
    static let ofMoney = [
        PatchRow(
            #"{"SalesPrice":110.10,"LineNumber":1}"#, #"{"SalesPrice":0.1000000000000000055}"#,
            #"{"SalesPrice":0.1000000000000000055,"LineNumber":1}"#),
        PatchRow(
            #"{"id":9007199254740993,"n":1.10}"#, #"{"m":1e2}"#, #"{"id":9007199254740993,"n":1.10,"m":1e2}"#),
    ]
}

@Test("A merge patch does what RFC 7396 says", arguments: PatchRow.ofTheRFC)
func mergePatch(_ row: PatchRow) throws {
    let result = try MergePatch.apply(Array(row.patch.utf8), to: Array(row.document.utf8))
    #expect(String(decoding: result, as: UTF8.self) == row.result)
}

@Test("A merge patch leaves every digit as it was written", arguments: PatchRow.ofMoney)
func exactMergePatch(_ row: PatchRow) throws {
    let result = try MergePatch.apply(Array(row.patch.utf8), to: Array(row.document.utf8))
    #expect(String(decoding: result, as: UTF8.self) == row.result)
}

@Test("A merge patch that is no JSON, or to what is no JSON, is refused", arguments: [("{", "{}"), ("{}", "{")])
func malformedMergePatch(_ patch: String, _ document: String) {
    #expect(throws: JSONSyntaxError.self) {
        try MergePatch.apply(Array(patch.utf8), to: Array(document.utf8))
    }
}

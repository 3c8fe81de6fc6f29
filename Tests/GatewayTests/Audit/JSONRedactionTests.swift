import JSON
import Testing

@testable import Gateway

@Suite("JSON in the audit trail")
struct JSONRedactionTests {
    private static let hidden = HiddenNames(
        ["email", "*firstname", "street*", "telephone", "address"] + HiddenNames.secret)

    private func redacted(_ json: String, limit: Int = 10_000) -> (text: String, problem: JSONSyntaxError?) {
        let (text, problem) = JSONRedaction.run(
            Array(json.utf8), hidden: Self.hidden, masksMail: true, limit: limit)
        return (String(decoding: text, as: UTF8.self), problem)
    }

    @Test(
        "hides values by the name of their member, and keeps their type",
        arguments: [
            (#"{"email":"a@b.example"}"#, #"{"email":"•••"}"#),
            (#"{"EMAIL":"x","eMail":"y"}"#, #"{"EMAIL":"•••","eMail":"•••"}"#),
            (#"{"telephone":4315550100,"email":true}"#, #"{"telephone":0,"email":false}"#),
            (#"{"telephone":-1.5e3}"#, #"{"telephone":0}"#),
            // That nothing was sent, and what of it, is worth knowing.
            (#"{"email":null,"telephone":"","street":[]}"#, #"{"email":null,"telephone":"","street":[]}"#),
            (
                #"{"increment_id":"000000042","grand_total":1.10}"#,
                #"{"increment_id":"000000042","grand_total":1.10}"#
            ),
            (#"{"street":["Lindenweg 4/2","Top 3"],"n":1}"#, #"{"street":["•••","•••"],"n":1}"#),
            (
                #"{"address":{"zip":1010,"lines":[{"a":"x"},null]},"n":"y"}"#,
                #"{"address":{"zip":0,"lines":[{"a":"•••"},null]},"n":"y"}"#
            ),
            (#"{"a":[{"b":[{"firstname":"Renée"}]}]}"#, #"{"a":[{"b":[{"firstname":"•••"}]}]}"#),
            (#"[{"email":"x"},["email","y"]]"#, #"[{"email":"•••"},["email","y"]]"#),
            // A name that comes twice is hidden twice.
            (#"{"email":"a","email":"b"}"#, #"{"email":"•••","email":"•••"}"#),
            // A name may be written with escapes.
            (#"{"\u0065mail":"x","stra\u00dfe":"y"}"#, #"{"\u0065mail":"•••","stra\u00dfe":"y"}"#),
            (
                #"{"client_secret":"x","access_token":"y","Password2":"z"}"#,
                #"{"client_secret":"•••","access_token":"•••","Password2":"•••"}"#
            ),
            (#"{"email":"😀 \" \\ \u2028"}"#, #"{"email":"•••"}"#), ("\"text\"", "\"text\""), ("[]", "[]"),
            (#"{ "a" : [ 1 , { } , [ ] , "b" ] , "c" : null }"#, #"{"a":[1,{},[],"b"],"c":null}"#),
            (#"{"a":"\u00e9\n\/"}"#, #"{"a":"\u00e9\n\/"}"#),
        ])
    func values(json: String, kept: String) {
        let (text, problem) = redacted(json)
        #expect(text == kept)
        #expect(problem == nil)
    }

    @Test(
        "hides the value beside a member that names what it is",
        arguments: [
            (#"{"attribute_code":"telephone","value":"1"}"#, #"{"attribute_code":"telephone","value":"•••"}"#),
            (#"{"field":"sku","value":"1"}"#, #"{"field":"sku","value":"1"}"#),
            (
                #"{"message":"m","parameters":{"fieldName":"email","fieldValue":"x"}}"#,
                #"{"message":"m","parameters":{"fieldName":"email","fieldValue":"•••"}}"#
            ),
            (
                #"[{"key":"email","value":["x"]},{"key":"sku","value":"y"}]"#,
                #"[{"key":"email","value":["•••"]},{"key":"sku","value":"y"}]"#
            ),
            (
                #"{"key":"email","inner":{"value":"x"},"value":"y"}"#,
                #"{"key":"email","inner":{"value":"x"},"value":"•••"}"#
            ),
        ])
    func told(json: String, kept: String) { #expect(redacted(json).text == kept) }

    @Test(
        "hides addresses wherever they stand",
        arguments: [
            (#"{"message":"Customer renee.muster@shop.example exists."}"#, #"{"message":"Customer ••• exists."}"#),
            (#"["<o'neil+x@b.example>, c@d.example"]"#, #"["<•••>, •••"]"#),
            (
                #"{"@odata.context":"x","a":"@b","c":"d@","e":"f @ g"}"#,
                #"{"@odata.context":"x","a":"@b","c":"d@","e":"f @ g"}"#
            ),
            (#"{"a":"\"x\u0040b.example\"\n"}"#, #"{"a":"\"•••\"\n"}"#),
        ])
    func addresses(json: String, kept: String) { #expect(redacted(json).text == kept) }

    @Test("a text that breaks off is kept as far as it was JSON, and nothing hidden comes out", arguments: 0...65)
    func brokenOff(length: Int) {
        let whole = #"{"id":7,"email":"secret","address":{"a":["secret",1]},"telephone":9}"#
        let (text, problem) = redacted(String(whole.prefix(length)))
        #expect(!text.contains("secr") && !text.contains("9"))
        #expect(problem != nil || length == 0 || text == whole)
        if length > 7 { #expect(text.hasPrefix(#"{"id":7"#)) }
    }

    @Test(
        "what is no JSON is shown up to where it stops being some",
        arguments: [
            (#"{email:"secret"}"#, "{", 1), (#"{"a":1,'email':'secret'}"#, #"{"a":1"#, 7),
            (#"{"a":1} {"email":"secret"}"#, #"{"a":1}"#, 8), (#"{"email" "secret"}"#, "{", 9),
            (#"{"a":NaN,"email":"secret"}"#, #"{"a":"#, 5), ("{\"email\":\"a\u{1}secret\"}", #"{"email":"#, 11),
        ])
    func noJSON(json: String, kept: String, byte: Int) {
        let (text, problem) = redacted(json)
        #expect(text == kept && problem?.byte == byte)
    }

    @Test("nesting deeper than is read ends it")
    func deep() {
        let (text, problem) = redacted(String(repeating: #"{"a":["#, count: 1000))
        #expect(problem != nil && text.utf8.count < 1000)
    }

    @Test("goes no further than the limit, however long the text is")
    func huge() {
        let rows = String(repeating: #"{"sku":"AB-1","email":"secret"},"#, count: 200_000)
        let (text, problem) = redacted("[" + rows + "0]", limit: 100)
        #expect(problem == nil && text.utf8.count > 100 && text.utf8.count < 250)
        #expect(!text.contains("secret"))
        let (long, _) = redacted(#"{"sku":"\#(String(repeating: "x", count: 1_000_000))"}"#, limit: 100)
        #expect(long.utf8.count < 250)
    }
}

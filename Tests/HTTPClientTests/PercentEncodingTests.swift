import HTTPClient
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "All but unreserved characters are encoded, byte by byte, in capital digits",
        arguments: [
            ("", ""), ("aZ09-._~", "aZ09-._~"), ("a b", "a%20b"), ("1+1=2&x", "1%2B1%3D2%26x"),
            ("Söhne", "S%C3%B6hne"),
            ("/?#[]@!$'()*,;:%", "%2F%3F%23%5B%5D%40%21%24%27%28%29%2A%2C%3B%3A%25"), ("🚲", "%F0%9F%9A%B2"),
            ("\u{0}\n", "%00%0A"),
        ])
    func encodes(_ text: String, _ encoded: String) { #expect(PercentEncoding.encode(text) == encoded) }

    @Test("Characters that are to be kept stand as they are, no others")
    func keeps() {
        #expect(PercentEncoding.encode("(a='x y')&", keeping: "'()=") == "(a='x%20y')%26")
    }

    @Test("A form's names and values are encoded, its signs between them are not")
    func form() {
        #expect(PercentEncoding.form([("a[0]", "1&2"), ("b", "")]) == "a%5B0%5D=1%262&b=")
        #expect(PercentEncoding.form([]) == "")
    }
}

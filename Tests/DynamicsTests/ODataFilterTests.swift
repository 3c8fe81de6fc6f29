import Dynamics
import Relay
import Testing

@Suite("Filters and keys")
struct ODataFilterTests {
    @Test(
        "Quotes are doubled, so that no value can end its literal",
        arguments: [
            ("O'Neil", "Name eq 'O''Neil'"), ("''", "Name eq ''''''"),
            ("' or Name ne '", "Name eq ''' or Name ne '''"),
            ("a b", "Name eq 'a b'"), (#"a\'b"#, #"Name eq 'a\''b'"#), ("ünï", "Name eq 'ünï'"),
        ])
    func quotes(_ value: String, _ expression: String) throws {
        #expect(try ODataFilter.eq("Name", value).description == expression)
    }

    @Test("Conditions are joined")
    func and() throws {
        let filter = try ODataFilter.eq("A", "1").and(.eq("B", "2")).and(.eq("C", "3"))
        #expect(filter.description == "A eq '1' and B eq '2' and C eq '3'")
    }

    @Test("A value that would find rows it should not is refused", arguments: ["", " ", "\t\n", "*", "*@*", "A*"])
    func unusable(_ value: String) throws {
        let fault = #expect(throws: ODataFault.self) { try ODataFilter.eq("PrimaryContactEmail", value) }
        #expect(fault?.failureKind == .validation)
        #expect(fault?.reason.message.contains("PrimaryContactEmail") == true)
    }

    @Test("An empty key field is refused")
    func emptyKey() {
        #expect(throws: ODataFault.unusableValue(property: "B", why: "is empty")) {
            try ODataKey(["A": "1", "B": ""])
        }
    }
}

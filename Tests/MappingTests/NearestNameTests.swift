import Mapping
import Testing

@Suite("A misspelt name")
struct NearestNameTests {
    @Test(
        "finds the one that was most likely meant",
        arguments: [
            ("prot", "port"), ("Host", "host"), ("hosts", "host"), ("limit", "limits"), ("x", nil),
            ("certificate", nil),
        ] as [(String, String?)])
    func suggestions(name: String, nearest: String?) {
        #expect(NearestName.of(name, among: ["host", "limits", "port"]) == nearest)
    }
}

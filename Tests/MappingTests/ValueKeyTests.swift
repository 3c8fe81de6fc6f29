import Mapping
import Testing

@Suite("The name of a row in a value table")
struct ValueKeyTests {
    @Test("says table and key, and the legal entity where it is for one alone")
    func description() {
        #expect("\(ValueKey(table: "units", key: "kg"))" == "units \"kg\"")
        #expect("\(ValueKey(table: "units", scope: "usmf", key: "kg"))" == "units \"kg\" (usmf)")
    }

    @Test(
        "is one text that can be read back",
        arguments: [
            ("shipping-methods", "usmf", "flatrate_flatrate", "shipping-methods/flatrate_flatrate/usmf"),
            ("units", "", "kg", "units/kg/"),
            ("items", "dat", "A/B 100%", "items/A%2FB 100%25/dat"),
            ("items", "", "%2F", "items/%252F/"),
            ("items", "", "Käse 🧀", "items/Käse 🧀/"),
        ])
    func text(table: String, scope: String, key: String, text: String) {
        let row = ValueKey(table: table, scope: scope, key: key)
        #expect(row.text == text)
        #expect(ValueKey(text: text) == row)
    }

    @Test("is the same text however a letter with an accent is encoded")
    func normalised() {
        let composed = ValueKey(table: "units", key: "caf\u{E9}").text
        let decomposed = ValueKey(table: "units", key: "cafe\u{301}").text
        #expect(Array(composed.utf8) == Array(decomposed.utf8))
    }

    @Test("begins, for all legal entities, the texts for each of them, and no other row's")
    func prefix() {
        let all = ValueKey(table: "items", key: "A").text
        #expect(ValueKey(table: "items", scope: "usmf", key: "A").text.hasPrefix(all))
        #expect(!ValueKey(table: "items", scope: "usmf", key: "A/usmf").text.hasPrefix(all))
        #expect(!ValueKey(table: "items", scope: "usmf", key: "AB").text.hasPrefix(all))
    }

    @Test("is not read from other texts", arguments: ["", "items", "items/A", "items/A/usmf/", "a/b/c/d"])
    func otherTexts(text: String) { #expect(ValueKey(text: text) == nil) }
}

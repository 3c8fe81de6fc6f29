import Mapping
import Relay
import Testing

@testable import Flows

@Suite("A value that nobody has entered")
struct MissingValueTests {
    @Test("parks the record, names table, key, legal entity and record, and says the exact row to add")
    func verdict() {
        let key = ValueKey(table: "shipping-methods", scope: "usmf", key: "flatrate_flatrate")
        let verdict = Verdict.missingValue(key, columns: ["DeliveryModeCode"], record: "order 000000042")
        #expect(verdict.disposition == .park)
        #expect(verdict.reason.code == "missing-value")
        #expect(
            verdict.reason.message
                == "The value table shipping-methods has no DeliveryModeCode for \"flatrate_flatrate\" in legal entity "
                + "usmf, which order 000000042 needs.")
        #expect(
            verdict.reason.advice?.contains(
                "causeway values set shipping-methods flatrate_flatrate DeliveryModeCode=… --legal-entity usmf --why …"
            )
                == true)
        #expect(verdict.reason.waitsFor == key.text)
    }

    @Test(
        "is put into quotes where a shell would read it otherwise",
        arguments: [
            ("24-MB01", "24-MB01"), ("two words", "'two words'"), ("$(rm)", "'$(rm)'"), ("it's", #"'it'\''s'"#),
            ("", "''"), ("é", "'é'"),
        ])
    func quoted(key: String, word: String) {
        let verdict = Verdict.missingValue(ValueKey(table: "items", key: key), columns: ["ItemNumber"], record: "r")
        #expect(verdict.reason.advice?.contains("values set items \(word) ItemNumber=… --why") == true)
        #expect(verdict.reason.message.contains("all legal entities"))
    }
}

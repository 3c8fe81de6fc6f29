import Mapping
import Testing

@Suite("The name of a row in a value table")
struct ValueKeyTests {
    @Test("says table and key, and the legal entity where it is for one alone")
    func description() {
        #expect("\(ValueKey(table: "units", key: "kg"))" == "units \"kg\"")
        #expect("\(ValueKey(table: "units", scope: "usmf", key: "kg"))" == "units \"kg\" (usmf)")
    }
}

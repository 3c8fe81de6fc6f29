import JSON
import Testing

@Suite("Objects of JSON")
struct JSONObjectTests {
    @Test("members keep their sequence through changes and removals")
    func sequence() {
        var object: JSONObject = ["a": 1, "b": 2, "c": 3, "d": 4]
        object["b"] = nil
        object["c"] = "three"
        object.append("e", 5)
        object.append("a", 0)
        #expect(object.keys == ["a", "c", "d", "e"])
        #expect(object["b"] == nil)
        #expect(object["c"] == "three")
        #expect(object["d"] == 4)
        #expect(object["e"] == 5)
        #expect(object["a"] == 0)
    }

    @Test("objects are equal if their members are, in whatever sequence")
    func equality() {
        let object: JSONObject = ["a": 1, "b": [2]]
        #expect(object == ["b": [2], "a": 1])
        #expect(object != ["a": 1])
        #expect(object != ["a": 1, "b": [3]])
        #expect(object != ["a": 1, "c": [2]])
    }

    @Test("a removed member leaves the others where they are looked for")
    func removal() {
        var object = JSONObject((0..<20).map { JSONObject.Field(key: "k\($0)", value: .int($0)) })
        for index in stride(from: 0, to: 20, by: 3) { object["k\(index)"] = nil }
        object["none"] = nil
        #expect(object.count == 13)
        #expect(object.fields.allSatisfy { object[$0.key] == $0.value })
    }

    @Test("names are looked up without regard to case only where that is asked for")
    func ignoringCase() {
        let object: JSONObject = ["MessageName": "first", "messagename": "second"]
        #expect(object["MESSAGENAME"] == nil)
        #expect(object.value(ignoringCase: "MESSAGENAME") == "first")
        #expect(object.value(ignoringCase: "other") == nil)
    }
}

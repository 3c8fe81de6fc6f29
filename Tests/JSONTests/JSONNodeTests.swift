import JSON
import Testing

@Suite("Places in JSON")
struct JSONNodeTests {
    private let root = JSONNode(
        value: ["order": ["items": [["sku": "AB-1"], 5], "state": .null, "note": "", "flag": true, "name": "x"]])

    @Test("a place knows its path from the root, also where nothing is")
    func paths() throws {
        let items = try #require(root["order"]["items"].elements)
        #expect(items.map(\.path) == ["order.items[0]", "order.items[1]"])
        #expect(items[0]["sku"].path == "order.items[0].sku")
        #expect(items[0]["sku"].value == "AB-1")
        #expect(items[1]["sku"].path == "order.items[1].sku")
        #expect(items[1]["sku"].value == nil)
        #expect(root["order"]["missing"]["deeper"].path == "order.missing.deeper")
        #expect(root["order"].elements == nil)
    }

    @Test(
        "a message can say what stands there",
        arguments: [
            ("state", "nothing"), ("missing", "nothing"), ("note", "an empty text"), ("flag", "true"),
            ("items", "a list"), ("name", "the text \"x\""),
        ])
    func found(_ name: String, _ found: String) {
        #expect(root["order"][name].found == found)
        #expect(root["order"].found == "an object")
    }

    @Test("what a message shows of a long value is limited")
    func limit() {
        let long = JSONNode(value: .string(String(repeating: "x", count: 1000)))
        #expect(long.found.count < 60)
    }
}

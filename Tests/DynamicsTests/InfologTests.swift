import Testing

@testable import Dynamics

@Suite("Reading an infolog")
struct InfologTests {
    static let rows: [(String, [String])] = [
        ("Infolog: Error: Item X is stopped.", ["Item X is stopped."]),
        (
            "Write failed for table row of type 'A'. Infolog: Warning: Value '9' in field 'Group' is not found.; "
                + "Warning: validateField failed on data source 'CustTable (CustTable)'",
            ["Value '9' in field 'Group' is not found."]
        ),
        ("Infolog: Warning: One.; Error: Two.; Error: Two.", ["One.", "Two."]),
        ("Infolog: Info: Trace.; Error: Two.", ["Two."]),
        ("Infolog: Info: Only this.", ["Only this."]),
        ("Infolog: Error: Use A; B; or C.; Warning: Then D.", ["Use A; B; or C.", "Then D."]),
        ("Infolog: No prefix at all", ["No prefix at all"]),
        (
            "Infolog: Error: Update has been canceled.; Warning: validateWrite failed on data source 'X (X)'",
            ["Update has been canceled.", "validateWrite failed on data source 'X (X)'"]
        ),
        ("Infolog:Error:Tight.;Error:Packed.;;", ["Tight.", "Packed."]),
    ]

    @Test("Keeps the sentences that tell a person what is wrong", arguments: rows)
    func sentences(_ text: String, _ sentences: [String]) {
        #expect(Infolog(text)?.sentences == sentences)
    }

    @Test(
        "Text without an infolog, or with an empty one, is none",
        arguments: [
            "", "Object reference not set.", "Infolog:", "Infolog: ;;", "Infolog: Error:", "infolog",
        ])
    func none(_ text: String) {
        #expect(Infolog(text) == nil)
    }

    @Test("A flood of sentences is cut")
    func limit() {
        let text = "Infolog: " + (1...50).map { "Error: \($0)" }.joined(separator: "; ")
        #expect(Infolog(text)?.sentences.count == Infolog.sentenceLimit)
    }

    @Test("An infolog is found in the exception that caused the outer one")
    func nested() {
        let body = """
            {"error":{"message":"An error has occurred.","innererror":{"message":"Outer.","internalexception":
            {"message":"Inner. Infolog: Error: Here."}}}}
            """
        #expect(ODataErrorBody(Array(body.utf8)).infolog?.sentences == ["Here."])
    }
}

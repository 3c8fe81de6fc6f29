import JSON

/// The texts in the body of a refused call, the most telling first.
struct ODataErrorBody {
    let texts: [String]

    /// Characters of a text that an error shows.
    static let textLimit = 500

    init(_ body: [UInt8]) {
        guard let document = try? JSONValue.parse(body, ignoringByteOrderMark: true).objectValue else {
            texts = []
            return
        }
        var texts: [String] = []
        let error = document["error"]?.objectValue
        var inner = error?["innererror"]?.objectValue
        // Each exception wraps the one that caused it; the depth is bounded by the JSON reader.
        while let current = inner {
            texts += ODataErrorBody.text(current, "message")
            inner = current["internalexception"]?.objectValue
        }
        texts += error.map { ODataErrorBody.text($0, "message") } ?? []
        // What the web framework in front of OData writes.
        texts += ODataErrorBody.text(document, "Message")
        self.texts = texts
    }

    var infolog: Infolog? { texts.lazy.compactMap(Infolog.init).first }

    /// One line for an error without an infolog.
    var detail: String {
        let text = texts.first { $0 != "An error has occurred." } ?? texts.first ?? "no description"
        return String(text.prefix(ODataErrorBody.textLimit))
    }

    func mentions(_ phrase: String) -> Bool {
        texts.contains { $0.lowercased().contains(phrase) }
    }

    private static func text(_ members: JSONObject, _ key: String) -> [String] {
        guard case .string(let text)? = members[key], !text.isEmpty else { return [] }
        return [text]
    }
}

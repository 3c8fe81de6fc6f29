import HTTPTypes

/// Writes a batch (OData 4.0 Part 1, §11.7; learn.microsoft.com/…/data-entities/odata, "Batch support").
struct ODataBatchBody {
    let parts: [ODataBatchPart]
    /// What sets one batch's boundaries apart from all others.
    let mark: String

    var boundary: String { "batch_\(mark)" }

    var bytes: [UInt8] {
        var text = BatchText()
        var firstID = 1
        for (index, part) in parts.enumerated() {
            text.line("--\(boundary)")
            switch part {
            case .read(let read):
                text.operationHead(contentID: nil)
                text.line("GET \(read.target) HTTP/1.1")
                text.line("Accept: application/json")
                text.line("")
                text.line("")
            case .changeSet(let changes):
                changeSet(changes, boundary: "changeset_\(index + 1)_\(mark)", firstID: firstID, &text)
                firstID += changes.count
            }
        }
        text.line("--\(boundary)--")
        return text.bytes
    }

    /// - Parameter firstID: Content-IDs are unique in the whole batch.
    private func changeSet(_ changes: [ODataChange], boundary: String, firstID: Int, _ text: inout BatchText) {
        text.line("Content-Type: multipart/mixed; boundary=\(boundary)")
        text.line("")
        for (position, change) in changes.enumerated() {
            text.line("--\(boundary)")
            text.operationHead(contentID: firstID + position)
            text.line("\(change.method.rawValue) \(ODataClient.target(change.resource, query: [])) HTTP/1.1")
            if let ifMatch = change.ifMatch { text.line("If-Match: \(ifMatch)") }
            if change.body != nil { text.line("Content-Type: application/json") }
            text.line("")
            text.bytes += change.body ?? []
            text.line("")
        }
        text.line("--\(boundary)--")
    }
}

/// Lines that end as MIME ends them (RFC 2046 §4.1.1).
private struct BatchText {
    var bytes: [UInt8] = []

    mutating func line(_ text: String) {
        bytes += text.utf8
        bytes += [0x0D, 0x0A]
    }

    mutating func operationHead(contentID: Int?) {
        line("Content-Type: application/http")
        line("Content-Transfer-Encoding: binary")
        if let contentID { line("Content-ID: \(contentID)") }
        line("")
    }
}

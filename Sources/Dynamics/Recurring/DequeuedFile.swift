public import Foundation
import JSON

/// A file that a queue of recurring integrations has handed out.
public struct DequeuedFile: Sendable, Equatable {
    public let activity: UUID
    /// The same whenever this file is handed out.
    public let correlationID: String
    private let location: String
    /// What the acknowledgement must repeat, byte for byte.
    let answer: [UInt8]

    /// - Throws: `RecurringFault`.
    init(_ answer: [UInt8], activity: UUID) throws(RecurringFault) {
        guard let document = try? JSONValue.parse(answer, ignoringByteOrderMark: true).objectValue,
            let id = document.value(ignoringCase: "CorrelationId")?.stringValue, !id.isEmpty,
            let location = document.value(ignoringCase: "DownloadLocation")?.stringValue
        else { throw .unexpectedAnswer(call: "dequeue", detail: "no CorrelationId or DownloadLocation") }
        if document.value(ignoringCase: "IsDownLoadFileExist")?.boolValue == false {
            let words = document.value(ignoringCase: "FileDownLoadErrorMessage")?.stringValue ?? ""
            throw .noFile(correlationID: String(id.prefix(100)), words: String(words.prefix(300)))
        }
        self.activity = activity
        correlationID = id
        self.location = location
        self.answer = answer
    }

    /// The link with the environment's scheme and at the environment's host; `nil` if it leads anywhere else.
    func address(on root: ServiceRoot) -> String? {
        guard let scheme = location.firstRange(of: "://")?.upperBound,
            let own = root.origin.firstRange(of: "://"),
            ["http://", "https://"].contains(location[..<scheme].lowercased())
        else { return nil }
        let address = String(root.origin[..<own.upperBound] + location[scheme...])
        return root.isOrigin(of: address) ? address : nil
    }
}

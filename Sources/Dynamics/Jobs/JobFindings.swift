import Foundation
import Relay

/// What F&O says about the rows of a job that it did not take, for a person, in bounded length.
struct JobFindings: Equatable {
    let text: String
    /// For a headline.
    let first: String?

    var isEmpty: Bool { text.isEmpty }

    /// Rows whose errors are kept.
    static let maxErrors = 100
    /// Bytes of each error file that are kept.
    static let maxFileBytes = 4 << 10

    init(errors: [ExecutionError], stagingErrors: [UInt8]?, targetErrorKeys: [UInt8]?) {
        var lines = errors.prefix(Self.maxErrors).map(Self.line)
        if errors.count > Self.maxErrors { lines.append("… \(errors.count - Self.maxErrors) more") }
        if let stagingErrors { lines += ["Not in staging:", Self.excerpt(stagingErrors)] }
        if let targetErrorKeys { lines += ["Not in the entity:", Self.excerpt(targetErrorKeys)] }
        let text = lines.joined(separator: "\n")
        self.text = String(decoding: text.utf8.prefix(DataJob.findingsLimit), as: UTF8.self)
        first = errors.first.map(Self.line) ?? (lines.isEmpty ? nil : "see its findings.")
    }

    private static func line(_ error: ExecutionError) -> String {
        let place = [error.record, error.field].filter { !$0.isEmpty }.joined(separator: " ")
        return place.isEmpty ? error.message : "\(place): \(error.message)"
    }

    /// Error files are in the format of the data; zip and Excel files say nothing to a person here.
    private static func excerpt(_ file: [UInt8]) -> String {
        guard !file.starts(with: [0x50, 0x4B]) else { return "(a file of \(file.count) bytes)" }
        let text = String(decoding: file.prefix(maxFileBytes), as: UTF8.self)
        return file.count > maxFileBytes ? text + "…" : text
    }
}

import Foundation
import Glibc

/// Where this program is.
enum Here {
    static let folder =
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
}

enum TemporaryFolder {
    /// Makes a folder for the time of `body`.
    static func with<Value>(parent: String, _ body: (String) throws -> Value) throws -> Value {
        let folder = try make(in: parent)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    static func with<Value>(parent: String, _ body: (String) async throws -> Value) async throws -> Value {
        let folder = try make(in: parent)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    private static func make(in parent: String) throws -> String {
        var template = Array((parent + "/causeway-bench-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchError.last("mkdtemp in \(parent)") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

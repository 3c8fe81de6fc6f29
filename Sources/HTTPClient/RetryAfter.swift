import Foundation
public import HTTPTypes

/// How long a server asks us to wait (RFC 9110 §10.2.3): a number of seconds, or a date.
public enum RetryAfter {
    /// No answer makes us wait longer: a longer wait is more likely a mistake than a wish.
    public static let longest = Duration.seconds(24 * 3600)

    /// - Parameters:
    ///   - headers: Of the answer.
    ///   - now: Milliseconds since 1970 UTC, for an answer that names a date.
    /// - Returns: A duration in `.zero...longest`; `nil` if there is no such field, or if it cannot be read.
    public static func wait(_ headers: HTTPFields, millisecondsSince1970 now: Int64) -> Duration? {
        headers[.retryAfter].flatMap { wait($0.trimmingCharacters(in: .whitespaces), now) }
    }

    private static func wait(_ text: String, _ now: Int64) -> Duration? {
        if !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return Int32(text).map { min(.seconds($0), longest) } ?? longest
        }
        return HTTPDate.secondsSince1970(text).map { min(max(.milliseconds($0 * 1000 - now), .zero), longest) }
    }
}

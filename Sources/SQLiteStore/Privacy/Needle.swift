import Foundation
import Relay

/// A person's e-mail address in all the spellings that it has in bodies, queries and messages, whatever its case.
struct Needle: Sendable {
    /// What takes its place where the text around it stays.
    static let mark = "[erased]"

    /// In lower case, the longest first, so that no part of one is left standing.
    private let spellings: [[UInt8]]
    /// The bytes that one of them begins with, in either case.
    private let heads: [Bool]

    /// - Returns: `nil` for what could be part of any text, such as a customer's number.
    init?(_ subject: SearchKey) {
        guard subject.kind == .email, subject.value.contains("@") else { return nil }
        let plain = subject.value
        // A text in OData doubles its quotes.
        let texts = Set([plain, plain.replacing("'", with: "''")])
        let spelt = texts.flatMap { [$0, Self.json($0), Self.percent($0, ""), Self.percent($0, "@")] }
        spellings = Set(spelt.map { Array($0.utf8).map(Self.lowercased) }).sorted { $0.count > $1.count }
        let first = Set(spellings.compactMap(\.first))
        heads = (0...255).map { first.contains(Self.lowercased($0)) }
    }

    func isFound(in bytes: [UInt8]) -> Bool { first(in: bytes, from: 0) != nil }

    func isFound(in text: String) -> Bool { isFound(in: Array(text.utf8)) }

    /// - Returns: `nil` if it is not in the text.
    func taken(outOf text: String) -> String? {
        var bytes = Array(text.utf8)
        var place = 0
        var isChanged = false
        while let found = first(in: bytes, from: place) {
            bytes.replaceSubrange(found, with: Self.mark.utf8)
            place = found.lowerBound + Self.mark.utf8.count
            isChanged = true
        }
        return isChanged ? String(decoding: bytes, as: UTF8.self) : nil
    }

    /// One pass, whatever the number of spellings: nearly all of them begin alike.
    private func first(in bytes: [UInt8], from start: Int) -> Range<Int>? {
        bytes.withUnsafeBufferPointer { bytes in
            heads.withUnsafeBufferPointer { heads in
                for place in start..<max(start, bytes.count) where heads[Int(bytes[place])] {
                    for spelling in spellings where Self.stands(spelling, at: place, in: bytes) {
                        return place..<place + spelling.count
                    }
                }
                return nil
            }
        }
    }

    private static func stands(_ spelling: [UInt8], at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count - place >= spelling.count else { return false }
        for (offset, byte) in spelling.enumerated() where lowercased(bytes[place + offset]) != byte { return false }
        return true
    }

    /// As PHP's `json_encode` and Foundation write it: `/` escaped, everything beyond ASCII as UTF-16.
    private static func json(_ text: String) -> String {
        text.utf16.map { unit in
            switch unit {
            case UInt16(UInt8(ascii: "/")): "\\/"
            case 0x80...: "\\u" + String(0x1_0000 + Int(unit), radix: 16).dropFirst()
            default: String(decoding: [unit], as: UTF16.self)
            }
        }.joined()
    }

    /// In a URL (RFC 3986 §2.1).
    private static func percent(_ text: String, _ more: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + more)
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A") <= byte && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}

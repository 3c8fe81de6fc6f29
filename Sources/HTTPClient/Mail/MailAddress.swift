/// A mailbox: `ops@example.com`, or `Causeway <causeway@example.com>` (RFC 5322 §3.4).
///
/// Only plain ones: a dot-atom before the `@`, a name in ASCII behind it. So no address can end a header line or an
/// SMTP command, or begin another one.
public struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    /// `ops@example.com`
    public let address: String
    /// The name to show; `nil` if there is none.
    public let name: String?

    /// RFC 5321 §4.5.3.1.
    private static let maxLocalBytes = 64
    private static let maxAddressBytes = 254
    private static let maxNameCharacters = 100

    /// - Returns: `nil` for what is not one mailbox, for quoted local parts, address literals and characters beyond
    ///   ASCII in the address.
    public init?(_ text: String) {
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
            self.init(address: text, name: nil)
            return
        }
        let name = MailAddress.trimmed(text[..<open])
        guard name.count <= MailAddress.maxNameCharacters, name.unicodeScalars.allSatisfy({ !$0.isControl }) else {
            return nil
        }
        self.init(
            address: String(text[text.index(after: open)...].dropLast()),
            name: name.isEmpty ? nil : MailAddress.unquoted(name))
    }

    private init?(address: String, name: String?) {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, address.utf8.count <= MailAddress.maxAddressBytes,
            MailAddress.isLocalPart(parts[0]), MailAddress.isDomain(parts[1])
        else { return nil }
        self.address = address
        self.name = name
    }

    /// Behind the `@`.
    public var domain: String { address.split(separator: "@").last.map(String.init) ?? "" }

    public var description: String { address }

    private static func isLocalPart(_ text: Substring) -> Bool {
        text.utf8.count <= maxLocalBytes
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty && atom.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || atext.contains($0)) }
            }
    }

    private static func isDomain(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
    }

    /// The marks of an atom (RFC 5322 §3.2.3).
    private static let atext: Set<Character> = Set("!#$%&'*+-/=?^_`{|}~")

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    private static func unquoted(_ name: String) -> String {
        guard name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") else { return name }
        return String(name.dropFirst().dropLast())
    }
}

extension Unicode.Scalar {
    /// What could steer a terminal or end a line.
    var isControl: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

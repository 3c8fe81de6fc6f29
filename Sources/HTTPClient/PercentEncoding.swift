/// Percent-encoding (RFC 3986 §2.1), in capital digits as OAuth 1.0a asks for (RFC 5849 §3.6).
public enum PercentEncoding {
    /// - Parameter kept: ASCII characters that may stand as they are, besides the unreserved ones (RFC 3986 §2.3).
    ///   With none the result is safe anywhere, in a form too.
    public static func encode(_ text: String, keeping kept: StaticString = "") -> String {
        let kept = kept.withUTF8Buffer(Array.init)
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// `application/x-www-form-urlencoded`, which also serves as a query: `name=value&…`.
    public static func form(_ fields: [(name: String, value: String)]) -> String {
        fields.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
    }

    private static let digits = [UInt8]("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

/// Writes JSON text in the manner of one of the two platforms: members in their sequence, numbers as their text says.
public struct JSONWriter {
    public enum Style: Sendable {
        /// Slashes and letters beyond ASCII as they are, like .NET and most others.
        case plain
        /// `\/` and `\u00e9`: what PHP's `json_encode` writes unless told otherwise. A receiver that writes the
        /// text anew before it verifies a signature fails on just these.
        case php
    }

    private let style: Style
    private var output: [UInt8] = []

    private init(style: Style) { self.style = style }

    public static func bytes(_ value: JSONValue, style: Style = .plain) -> [UInt8] {
        var writer = JSONWriter(style: style)
        writer.output.reserveCapacity(1024)
        writer.write(value)
        return writer.output
    }

    private mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .number(let number): append(number.text)
        case .string(let text): write(text)
        case .array(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                write(value)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for (index, field) in object.fields.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                write(field.key)
                output.append(UInt8(ascii: ":"))
                write(field.value)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private mutating func write(_ text: String) {
        output.append(UInt8(ascii: "\""))
        switch style {
        case .plain: for byte in text.utf8 { writePlain(byte) }
        case .php: for unit in text.utf16 { writePHP(unit) }
        }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func writePlain(_ byte: UInt8) {
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            output.append(byte)
        } else {
            writeEscaped(UInt16(byte))
        }
    }

    private mutating func writePHP(_ unit: UInt16) {
        switch unit {
        case 0x2F: append("\\/")
        case 0x22, 0x5C, 0x00..<0x20, 0x80...: writeEscaped(unit)
        default: output.append(UInt8(truncatingIfNeeded: unit))
        }
    }

    /// The short escape where there is one (RFC 8259 §7), otherwise `\uXXXX`.
    private mutating func writeEscaped(_ unit: UInt16) {
        switch unit {
        case 0x22: append("\\\"")
        case 0x5C: append("\\\\")
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0C: append("\\f")
        case 0x0D: append("\\r")
        default:
            let digits = String(unit, radix: 16)
            append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        }
    }

    private mutating func append(_ text: String) {
        output.append(contentsOf: text.utf8)
    }
}

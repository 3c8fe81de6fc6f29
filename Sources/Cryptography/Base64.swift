import COpenSSL

/// Base 64 with the standard alphabet and padding (RFC 4648 §4), without line breaks.
public enum Base64 {
    public static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: encodeBytes(bytes), as: UTF8.self)
    }

    /// The text as ASCII bytes, for signatures that are made over base64 text.
    public static func encodeBytes(_ bytes: [UInt8]) -> [UInt8] {
        let length = (bytes.count + 2) / 3 * 4
        // One byte more than the text needs: OpenSSL ends what it writes with a NUL.
        return [UInt8](unsafeUninitializedCapacity: length + 1) { text, written in
            bytes.withUnsafeBufferPointer { bytes in
                for start in stride(from: 0, to: bytes.count, by: blockBytes) {
                    let count = min(blockBytes, bytes.count - start)
                    let target = text.baseAddress.map { $0 + start / 3 * 4 }
                    EVP_EncodeBlock(target, bytes.baseAddress.map { $0 + start }, Int32(count))
                }
            }
            written = length
        }
    }

    /// Strict: each value has exactly one text that is accepted, so that a signature can't be varied unnoticed.
    ///
    /// - Returns: `nil` for characters outside the alphabet (URL-safe ones and white space included), missing or
    ///   surplus padding, and a last character whose unused bits are not zero.
    public static func decode(_ text: String) -> [UInt8]? {
        let ascii = Array(text.utf8)
        guard ascii.count.isMultiple(of: 4), let length = Int32(exactly: ascii.count) else { return nil }
        guard length > 0 else { return [] }
        let padding = ascii.suffix(2).count { $0 == UInt8(ascii: "=") }
        var accepted = false
        let bytes = [UInt8](unsafeUninitializedCapacity: ascii.count / 4 * 3) { bytes, written in
            let decoded = EVP_DecodeBlock(bytes.baseAddress, ascii, length)
            accepted = decoded == length / 4 * 3
            written = accepted ? Int(decoded) - padding : 0
        }
        // OpenSSL's decoder is lenient. Whatever it forgave does not come back from the encoder.
        guard accepted, encodeBytes(bytes) == ascii else { return nil }
        return bytes
    }

    /// OpenSSL counts in 32 bits, so longer input is encoded in blocks. A multiple of 3, so that only the last is
    /// padded.
    private static let blockBytes = 3 << 20
}

/// What one request may cost before it is refused. Taken from `ServerConfiguration`, which documents each.
struct RequestLimits: Sendable {
    var maxHeadBytes: Int
    var maxHeaderCount: Int
    var maxBodyBytes: Int
    var maxTargetBytes = 8192

    /// A chunk's size line: up to 16 hexadecimal digits and its extensions, which nobody uses and anybody could
    /// abuse (RFC 9112 §7.1.1 asks for a limit).
    static let maxChunkLineBytes = 256
    /// Extensions of all chunks of a request together. Without it, chunks of one byte would make this side read
    /// hundreds of bytes for each byte of the body.
    static let maxChunkExtensionBytes = 4096
    /// Methods longer than this are not implemented (RFC 9112 §3); the longest registered one has 17.
    static let maxMethodBytes = 32
}

import COpenSSL

/// OpenSSL reports what went wrong through a queue that each thread has for itself.
enum TLSFailure {
    /// Takes the calling thread's errors off its queue. Only the library's fixed texts, never data of a peer or a key.
    static func drain() -> String {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            if reasons.last != reason { reasons.append(reason) }
        }
        return reasons.isEmpty ? "no reason given" : reasons.joined(separator: "; ")
    }

    /// The reason code of the oldest error, which stays in the queue; 0 if there is none.
    static var firstReason: Int32 { Int32(truncatingIfNeeded: ERR_peek_error() & 0x7FFFFF) }
}

import COpenSSL
import Glibc

/// OpenSSL reports what went wrong through a queue that each thread has for itself.
enum OpenSSLFailure {
    /// Takes the calling thread's errors off its queue, so that a later call does not find them.
    ///
    /// Only the library's fixed reason texts are used, never the data attached to an error, so that no part of a
    /// key can get into a message.
    static func drain() -> String {
        var reasons: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            if reasons.last != reason { reasons.append(reason) }
        }
        return reasons.isEmpty ? "no reason given" : reasons.joined(separator: "; ")
    }
}

/// Ends the process, with a line on standard error that says why.
///
/// For what only fails when memory has run out or the OpenSSL installation is broken. A caller could do nothing
/// about it, and going on without the hash, the code or the randomness would be worse than not going on: what was
/// acknowledged is on disk and continues after the restart.
func stop(_ reason: String) -> Never {
    let line = Array("causeway: \(reason)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    abort()
}

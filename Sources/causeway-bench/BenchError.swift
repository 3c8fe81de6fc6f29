import Glibc

enum BenchError: Error, CustomStringConvertible {
    case system(call: String, code: Int32)
    case sqlite(String)
    case server(String)
    case tls(String)
    case noConnection(failures: Int)
    case answerTooLarge(limit: Int)

    /// What the last system call left in `errno`.
    static func last(_ call: String) -> BenchError { .system(call: call, code: errno) }

    var description: String {
        switch self {
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .sqlite(let detail): "SQLite: \(detail)"
        case .server(let detail): detail
        case .tls(let detail): "TLS: \(detail)"
        case .noConnection(let failures): "the server cut or refused \(failures) connections in a row"
        case .answerTooLarge(let limit): "the server's answer has more than \(limit) bytes"
        }
    }
}

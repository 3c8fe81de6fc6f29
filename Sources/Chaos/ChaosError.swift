/// Why a run could not be done; not what it found.
public enum ChaosError: Error, CustomStringConvertible {
    case noExecutable(String)
    case notReady(detail: String)
    case system(call: String, code: Int32)
    case sqlite(String)
    case noToken
    case sabotageRefused(String)

    public var description: String {
        switch self {
        case .noExecutable(let path): "\(path) is not there; build it, or name it with --causeway."
        case .notReady(let detail): "the gateway did not get ready: \(detail)"
        case .system(let call, let code): "\(call) failed with errno \(code)"
        case .sqlite(let detail): "SQLite: \(detail)"
        case .noToken: "the sandbox gave no access token"
        case .sabotageRefused(let detail): "what was to be done wrong was refused: \(detail)"
        }
    }
}

/// Why the file of secrets cannot be read or written. Never holds a value.
public enum SecretsFault: Error, Equatable, CustomStringConvertible {
    case noMasterKey
    case invalidName(String)
    case unknownName(file: String)
    case wrongKey(file: String)
    case unreadable(file: String, detail: String)
    case unwritable(file: String, detail: String)
    case valueTooLong(limitBytes: Int)
    case emptyValue
    case tooMany(limit: Int)

    public var description: String {
        switch self {
        case .noMasterKey: "secrets.masterKey is not set"
        case .invalidName(let name):
            "\"\(name)\" is no name for a secret: 1 to \(SealedSecrets.maxNameBytes) letters, digits, dots, dashes or "
                + "underscores"
        case .unknownName(let file): "\(file) holds no such secret"
        case .wrongKey(let file): "neither key of secrets opens it in \(file), or somebody changed it there"
        case .unreadable(let file, let detail): "\(file) cannot be read: \(detail)"
        case .unwritable(let file, let detail): "\(file) cannot be written: \(detail)"
        case .valueTooLong(let limit): "the value is longer than \(limit) bytes"
        case .emptyValue: "the value is empty"
        case .tooMany(let limit): "the file holds \(limit) secrets already, which is the limit"
        }
    }

    /// What a configuration needs that refers to the secret.
    func advice(_ name: String) -> String {
        switch self {
        case .noMasterKey: "secrets: { masterKey: ${file:…} }, 32 bytes in hex (openssl rand -hex 32)"
        case .unknownName: "a secret of that name (causeway secrets set \(name))"
        case .wrongKey: "the master key that sealed it, as masterKey or previousMasterKey"
        case .invalidName: "the name of a secret, as causeway secrets list shows it"
        default: "a file that causeway secrets has written, readable for this user"
        }
    }
}

/// For a store: keeps people's data from whoever has the file but not the keys.
///
/// What is sealed: bodies of events, what attempts sent and received, edits of persons, packages of jobs, and keys of links that name a
/// person. Not sealed is what the store orders, counts and filters by: subjects, states, reasons, far-side keys and
/// the results of steps, which are such keys.
public protocol PayloadVault: Sendable {
    /// The key that seals; `nil` if nothing is sealed.
    var sealingKey: String? { get }
    /// The keys that open.
    var keys: Set<String> { get }
    /// A mark of the secret that `token` uses, which tells nothing about it; `nil` if nothing is hashed.
    var tokenMark: [UInt8]? { get }

    func seal(_ bytes: [UInt8], at place: PayloadPlace) -> StoredPayload
    func open(_ payload: StoredPayload, at place: PayloadPlace) throws(VaultFault) -> [UInt8]

    /// A keyed hash, so that a value can be looked for without being kept; `nil` if it is kept as it is.
    /// - Parameter kind: What the value is; equal values of different kinds have different tokens.
    func token(of value: String, kind: String) -> [UInt8]?
}

/// Bytes as a store keeps them.
public struct StoredPayload: Sendable, Equatable {
    public var bytes: [UInt8]
    /// The key that sealed them; `nil` if they are plain.
    public var key: String?

    public init(_ bytes: [UInt8], sealedBy key: String? = nil) {
        self.bytes = bytes
        self.key = key
    }
}

/// What sealed bytes belong to. They open nowhere else, so that nobody can exchange them.
public enum PayloadPlace: Sendable, Hashable {
    /// - Parameter digest: SHA-256 of the body.
    case body(digest: [UInt8])
    /// - Parameter digest: SHA-256 of the body that is edited.
    case patches(digest: [UInt8])
    case exchanges(DeliveryID, attempt: Int)
    /// - Parameter digest: SHA-256 of the package.
    case package(digest: [UInt8])
    /// - Parameter scope: The legal entity.
    case linkKey(kind: String, scope: String)

    /// Different for each place.
    public var bytes: [UInt8] {
        switch self {
        case .body(let digest): Array("body ".utf8) + digest
        case .patches(let digest): Array("patches ".utf8) + digest
        case .package(let digest): Array("package ".utf8) + digest
        case .exchanges(let delivery, let attempt): Array("attempt \(delivery)/\(attempt)".utf8)
        // Scopes are codes of companies, without slashes.
        case .linkKey(let kind, let scope): Array("link \(scope)/\(kind)".utf8)
        }
    }
}

/// Why sealed bytes cannot be opened.
public enum VaultFault: Error, Equatable, CustomStringConvertible {
    case unknownKey(String)
    /// Changed since they were sealed, moved from another place, or sealed by another key of the same name.
    case notGenuine(key: String)

    public var description: String {
        switch self {
        case .unknownKey(let key): "it is sealed with the key \(key), which is not configured"
        case .notGenuine(let key):
            "it does not open with the key \(key): it was changed or moved, or another key had this name before"
        }
    }
}

/// Keeps everything as it is.
public struct PlainVault: PayloadVault {
    public init() {}

    public var sealingKey: String? { nil }
    public var keys: Set<String> { [] }
    public var tokenMark: [UInt8]? { nil }

    public func seal(_ bytes: [UInt8], at place: PayloadPlace) -> StoredPayload { StoredPayload(bytes) }

    public func open(_ payload: StoredPayload, at place: PayloadPlace) throws(VaultFault) -> [UInt8] {
        if let key = payload.key { throw .unknownKey(key) }
        return payload.bytes
    }

    public func token(of value: String, kind: String) -> [UInt8]? { nil }
}

extension LinkKey {
    /// Names a person: a customer's key is an e-mail address.
    public var isPersonal: Bool { kind == "customer" }
}

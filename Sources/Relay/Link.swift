/// A cross-reference between two platforms' keys: order `000000042` ↔ `SO-004512`, in legal entity `usmf`.
public struct Link: Sendable, Hashable, Codable {
    public var key: LinkKey
    /// The key on the far side.
    public var value: String

    public init(key: LinkKey, value: String) {
        self.key = key
        self.value = value
    }
}

/// The near side of a cross-reference. Unique per kind and scope.
public struct LinkKey: Sendable, Hashable, Codable, CustomStringConvertible {
    /// `order`, `customer`, `invoice`.
    public var kind: String
    /// The legal entity (`dataAreaId`, lower case).
    public var scope: String
    public var key: String

    public init(kind: String, scope: String, key: String) {
        self.kind = kind
        self.scope = scope
        self.key = key
    }

    public var description: String { "\(kind) \(key) (\(scope))" }
}

/// What was carried of a record: a digest of all that matters of it to the far side. An arrival with the same
/// fingerprint brings nothing new; most often it reports what Causeway itself has just written.
public struct Fingerprint: Sendable, Hashable {
    public var key: LinkKey
    /// SHA-256, 32 bytes.
    public var digest: [UInt8]

    public init(key: LinkKey, digest: [UInt8]) {
        self.key = key
        self.digest = digest
    }
}

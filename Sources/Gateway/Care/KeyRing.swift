import Cryptography
import Relay

/// Seals people's data with AES-256-GCM, and hashes what is looked for with HMAC-SHA-256.
///
/// Sealed bytes: version 1, length and name of the key, nonce, ciphertext, tag. The context that the tag covers is all
/// before the nonce, and the place that the bytes belong to.
struct KeyRing: PayloadVault {
    private static let version: UInt8 = 1
    /// Bytes of a token. Half of SHA-256: two of a trillion values meet with a probability of 10⁻¹⁵.
    private static let tokenBytes = 16

    private let newest: String
    private let ciphers: [String: AESGCM]
    private let searchKey: [UInt8]

    init(_ settings: EncryptionSettings) {
        newest = settings.keys.first?.id ?? ""
        ciphers = Dictionary(
            settings.keys.compactMap { key in AESGCM(key: key.bytes).map { (key.id, $0) } },
            uniquingKeysWith: { first, _ in first })
        searchKey = settings.searchKey.bytes
    }

    var sealingKey: String? { newest }
    var keys: Set<String> { Set(ciphers.keys) }
    var tokenMark: [UInt8]? { token(of: "mark", kind: "causeway") }

    func seal(_ bytes: [UInt8], at place: PayloadPlace) -> StoredPayload {
        guard let cipher = ciphers[newest] else { return StoredPayload(bytes) }
        let head = Self.head(newest)
        return StoredPayload(head + cipher.seal(bytes, context: head + place.bytes), sealedBy: newest)
    }

    func open(_ payload: StoredPayload, at place: PayloadPlace) throws(VaultFault) -> [UInt8] {
        guard let key = payload.key else { return payload.bytes }
        guard let cipher = ciphers[key] else { throw .unknownKey(key) }
        let head = Self.head(key)
        guard payload.bytes.starts(with: head),
            let bytes = cipher.open(payload.bytes.dropFirst(head.count), context: head + place.bytes)
        else { throw .notGenuine(key: key) }
        return bytes
    }

    func token(of value: String, kind: String) -> [UInt8]? {
        // No kind has a line break in it, so no two pairs make the same message.
        let message = Array("\(kind)\n\(value)".utf8)
        return Array(HMACSHA256.code(key: searchKey, message: message).prefix(Self.tokenBytes))
    }

    private static func head(_ key: String) -> [UInt8] { [version, UInt8(key.utf8.count)] + Array(key.utf8) }
}

extension StoreSettings {
    var vault: any PayloadVault { encryption.map { KeyRing($0) } ?? PlainVault() }
}

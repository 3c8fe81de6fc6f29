import Cryptography
import Foundation

/// The content of the file of secrets: names and times in clear text, values sealed with AES-256-GCM. Each value is
/// sealed for its name, so that nobody who can write the file can put one secret in another's place.
struct SealedSecrets: Codable, Equatable {
    struct Record: Codable, Equatable {
        var name: String
        /// Seconds since 1970 UTC.
        var createdAt: Int64
        var changedAt: Int64
        /// Nonce, ciphertext and tag in base64.
        var sealed: String
    }

    static let currentVersion = 1
    static let maxNameBytes = 64
    static let maxValueBytes = 64 << 10
    static let maxCount = 1000

    var version = Self.currentVersion
    /// By name.
    var secrets: [Record] = []

    static func isName(_ text: String) -> Bool {
        (1...maxNameBytes).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }
    }

    /// - Parameter now: Seconds since 1970 UTC.
    mutating func set(_ name: String, _ value: String, with key: AESGCM, now: Int64) throws(SecretsFault) {
        guard Self.isName(name) else { throw .invalidName(name) }
        guard !value.isEmpty else { throw .emptyValue }
        guard value.utf8.count <= Self.maxValueBytes else { throw .valueTooLong(limitBytes: Self.maxValueBytes) }
        let sealed = Base64.encode(key.seal(Array(value.utf8), context: Self.context(name)))
        if let index = secrets.firstIndex(where: { $0.name == name }) {
            secrets[index].sealed = sealed
            secrets[index].changedAt = now
        } else {
            guard secrets.count < Self.maxCount else { throw .tooMany(limit: Self.maxCount) }
            secrets.append(Record(name: name, createdAt: now, changedAt: now, sealed: sealed))
            secrets.sort { $0.name < $1.name }
        }
    }

    /// - Returns: Whether it was there.
    mutating func remove(_ name: String) -> Bool {
        let before = secrets.count
        secrets.removeAll { $0.name == name }
        return secrets.count < before
    }

    subscript(_ name: String) -> Record? { secrets.first { $0.name == name } }
}

extension SealedSecrets.Record {
    /// - Returns: `nil` if it was sealed with another key or under another name, or was changed since.
    func open(with key: AESGCM) -> String? {
        guard let bytes = Base64.decode(sealed),
            let value = key.open(bytes[...], context: SealedSecrets.context(name))
        else { return nil }
        return String(validating: value, as: UTF8.self)
    }
}

extension SealedSecrets {
    fileprivate static func context(_ name: String) -> [UInt8] { Array("causeway secret \(name)".utf8) }
}

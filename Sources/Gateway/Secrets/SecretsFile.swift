import Cryptography
public import Foundation

/// `causeway.secrets`: secrets for those who have no other place for them, sealed under one master key.
///
/// A file of its own and no table of the store, because the configuration refers to secrets before any store is open,
/// `causeway secrets` has to work while a gateway runs, which alone may write to the store, and a copy of the store
/// should not be a copy of every key as well.
public struct SecretsFile: Sendable {
    public struct Entry: Sendable, Equatable, Codable {
        public var name: String
        public var createdAt: Date
        public var changedAt: Date
        /// `masterKey` or `previousMasterKey`; `nil` if neither opens it.
        public var key: String?
    }

    static let maxBytes = 96 << 20

    public let path: String
    private let keys: [(name: String, cipher: AESGCM)]

    public init(_ settings: SecretsSettings) {
        path = settings.file
        keys = settings.keys.compactMap { key in AESGCM(key: key.bytes).map { (key.id, $0) } }
    }

    public func list() throws(SecretsFault) -> [Entry] {
        try content().secrets.map { record in
            Entry(
                name: record.name, createdAt: Date(timeIntervalSince1970: TimeInterval(record.createdAt)),
                changedAt: Date(timeIntervalSince1970: TimeInterval(record.changedAt)),
                key: keys.first { record.open(with: $0.cipher) != nil }?.name)
        }
    }

    public func set(_ name: String, _ value: String, at now: Date = Date()) throws(SecretsFault) {
        let key = try masterKey()
        try change { (content) throws(SecretsFault) in
            try content.set(name, value, with: key, now: Int64(now.timeIntervalSince1970))
        }
    }

    public func remove(_ name: String) throws(SecretsFault) {
        try change { [path] (content) throws(SecretsFault) in
            guard content.remove(name) else { throw .unknownName(file: path) }
        }
    }

    /// Seals with the master key what is sealed with the previous one. All or nothing.
    /// - Returns: How many were sealed anew.
    @discardableResult
    public func rotate() throws(SecretsFault) -> Int {
        let key = try masterKey()
        var count = 0
        try change { (content) throws(SecretsFault) in
            for record in content.secrets where record.open(with: key) == nil {
                let value = try open(record)
                try content.set(record.name, value, with: key, now: record.changedAt)
                count += 1
            }
        }
        return count
    }

    func value(of name: String) throws(SecretsFault) -> String {
        guard SealedSecrets.isName(name) else { throw .invalidName(name) }
        _ = try masterKey()
        guard let record = try content()[name] else { throw .unknownName(file: path) }
        return try open(record)
    }

    private func open(_ record: SealedSecrets.Record) throws(SecretsFault) -> String {
        for key in keys { if let value = record.open(with: key.cipher) { return value } }
        throw .wrongKey(file: path)
    }

    private func masterKey() throws(SecretsFault) -> AESGCM {
        guard let key = keys.first?.cipher else { throw .noMasterKey }
        return key
    }

    /// A file that does not exist holds nothing.
    private func content() throws(SecretsFault) -> SealedSecrets {
        guard FileManager.default.fileExists(atPath: path) else { return SealedSecrets() }
        let content: SealedSecrets
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            guard data.count <= Self.maxBytes else {
                throw SecretsFault.unreadable(file: path, detail: "it is longer than \(Self.maxBytes) bytes")
            }
            content = try JSONDecoder().decode(SealedSecrets.self, from: data)
        } catch let fault as SecretsFault {
            throw fault
        } catch is DecodingError {
            throw .unreadable(file: path, detail: "it was not written by causeway secrets")
        } catch {
            throw .unreadable(file: path, detail: error.localizedDescription)
        }
        guard content.version == SealedSecrets.currentVersion else {
            throw .unreadable(file: path, detail: "it is of version \(content.version)")
        }
        return content
    }

    /// One writer at a time; readers see the old file or the new one.
    private func change(_ edit: (inout SealedSecrets) throws(SecretsFault) -> Void) throws(SecretsFault) {
        let lock = try writing { () throws(DurableFile.Failure) in try DurableFile.Lock(path + ".lock") }
        let before = try content()
        var after = before
        try edit(&after)
        if after != before {
            let bytes = try encoded(after)
            try writing { () throws(DurableFile.Failure) in try DurableFile.replace(path, with: bytes) }
        }
        _ = consume lock
    }

    private func writing<Value: ~Copyable>(
        _ body: () throws(DurableFile.Failure) -> Value
    ) throws(SecretsFault) -> Value {
        do throws(DurableFile.Failure) {
            return try body()
        } catch {
            throw .unwritable(file: path, detail: error.detail)
        }
    }

    private func encoded(_ content: SealedSecrets) throws(SecretsFault) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(content) else {
            throw .unwritable(file: path, detail: "it cannot be written as JSON")
        }
        return Array(data) + [UInt8(ascii: "\n")]
    }
}

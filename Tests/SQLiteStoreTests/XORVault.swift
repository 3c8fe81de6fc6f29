import Foundation
import Relay

/// Hides bytes well enough for these tests: whoever looks for clear text finds none, and a changed byte shows.
struct XORVault: PayloadVault {
    /// The first one seals.
    var names: [String]
    var secret: UInt8 = 7

    init(_ names: String...) { self.names = names }

    var sealingKey: String? { names.first }
    var keys: Set<String> { Set(names) }
    var tokenMark: [UInt8]? { names.isEmpty ? nil : [secret] }

    func seal(_ bytes: [UInt8], at place: PayloadPlace) -> StoredPayload {
        guard let key = names.first else { return StoredPayload(bytes) }
        return StoredPayload(Self.hidden(bytes, key) + Self.sum(bytes, key, place), sealedBy: key)
    }

    func open(_ payload: StoredPayload, at place: PayloadPlace) throws(VaultFault) -> [UInt8] {
        guard let key = payload.key else { return payload.bytes }
        guard keys.contains(key) else { throw .unknownKey(key) }
        let bytes = Self.hidden(payload.bytes.dropLast(8), key)
        guard payload.bytes.suffix(8) == Self.sum(bytes, key, place)[...] else { throw .notGenuine(key: key) }
        return bytes
    }

    func token(of value: String, kind: String) -> [UInt8]? {
        guard !names.isEmpty else { return nil }
        let hash = Self.hash([secret] + Array("\(kind) \(value)".utf8))
        return hash + hash
    }

    private static func hidden(_ bytes: some Sequence<UInt8>, _ key: String) -> [UInt8] {
        bytes.map { $0 ^ 0xA5 ^ UInt8(truncatingIfNeeded: key.utf8.count) }
    }

    private static func sum(_ bytes: [UInt8], _ key: String, _ place: PayloadPlace) -> [UInt8] {
        hash(Array(key.utf8) + place.bytes + bytes)
    }

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8]) -> [UInt8] {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64($0 * 8)) }
    }
}

import Foundation
import Relay

/// The merge patches of an edited event as the store keeps them.
enum Patches {
    /// - Returns: `nil` for none. Equal patches give equal bytes.
    static func encode(_ patches: [String: [UInt8]]) throws -> Data? {
        guard !patches.isEmpty else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(patches.mapValues { String(decoding: $0, as: UTF8.self) })
        } catch {
            throw StoreFault.failed("the patches of an event cannot be encoded: \(error)")
        }
    }

    static func decode(_ json: Data?) throws -> [String: [UInt8]] {
        guard let json else { return [:] }
        return try JSONDecoder().decode([String: String].self, from: json).mapValues { Array($0.utf8) }
    }
}

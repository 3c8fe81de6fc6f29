import Foundation

/// A position as the store keeps it: JSON, so that people can read it.
enum ListPosition {
    static func text(_ position: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(position) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// `nil` for none, and for one of another version.
    static func read<Position: Decodable>(_ text: String?, as type: Position.Type = Position.self) -> Position? {
        text.flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
    }
}

import Foundation
public import JSON

/// A row of an entity whose properties are the company's own: all that F&O gives, under the entity's names.
public struct OpenRow: ODataRow, Equatable {
    /// None: everything is read.
    public static let properties: [String] = []

    /// Texts, numbers and flags; in no particular sequence. What is of another kind is left out.
    public let fields: JSONObject

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        var fields = JSONObject()
        for key in container.allKeys where !key.stringValue.hasPrefix("@") {
            if let flag = try? container.decode(Bool.self, forKey: key) {
                fields[key.stringValue] = .bool(flag)
            } else if let number = try? container.decode(Decimal.self, forKey: key) {
                fields[key.stringValue] = .number(number)
            } else if let text = try? container.decode(String.self, forKey: key) {
                fields[key.stringValue] = .string(text)
            }
        }
        self.fields = fields
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// A request body read strictly: what is not known is refused, where Commerce itself has many ways to be lenient.
struct CommerceBody {
    private let object: JSONObject
    /// The PHP interface that the object fills, as error messages name it.
    private let type: String

    /// - Parameter known: All members that the object may have.
    init(_ object: JSONObject, type: String, known: Set<String>) throws(CommerceRefusal) {
        if let stranger = object.keys.first(where: { !known.contains($0) }) {
            throw .unknownProperty(stranger, of: type)
        }
        self.object = object
        self.type = type
    }

    /// The top level of a request.
    static func root(_ request: Request, known: Set<String>) throws(CommerceRefusal) -> CommerceBody {
        guard let contentType = request.headers[.contentType] else { throw .bad("Content-Type header is empty.") }
        guard contentType.lowercased().hasPrefix("application/json") else {
            throw .bad("Server cannot understand Content-Type HTTP header media type \"%1\"", contentType)
        }
        if request.body.isEmpty { return try CommerceBody([:], type: "Request", known: known) }
        guard let value = try? JSONValue.parse(request.body, repeatedNames: .refused) else {
            throw .bad("Decoding error: \nSyntax error")
        }
        guard let object = value.objectValue else { throw .bad("Request body should be a JSON object.") }
        return try CommerceBody(object, type: "Request", known: known)
    }

    func has(_ name: String) -> Bool {
        guard let value = object[name] else { return false }
        return value != .null
    }

    func value(_ name: String) -> JSONValue? { has(name) ? object[name] : nil }

    func object(_ name: String, type: String, known: Set<String>) throws(CommerceRefusal) -> CommerceBody? {
        guard let value = value(name) else { return nil }
        guard let object = value.objectValue else { throw .wrongType(value, expected: type) }
        return try CommerceBody(object, type: type, known: known)
    }

    func list(_ name: String) throws(CommerceRefusal) -> [JSONValue]? {
        guard let value = value(name) else { return nil }
        guard let list = value.arrayValue else { throw .wrongType(value, expected: "array") }
        return list
    }

    func string(_ name: String) throws(CommerceRefusal) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.stringValue else { throw .wrongType(value, expected: "string") }
        return text
    }

    func bool(_ name: String) throws(CommerceRefusal) -> Bool? {
        guard let value = value(name) else { return nil }
        guard let flag = value.boolValue else { throw .wrongType(value, expected: "boolean") }
        return flag
    }

    /// PHP takes a numeric string for a number.
    func decimal(_ name: String, expected: String = "float") throws(CommerceRefusal) -> Decimal? {
        guard let value = value(name) else { return nil }
        if let number = value.numberValue { return number }
        if let text = value.stringValue, let number = Decimal(string: text, locale: nil) { return number }
        throw .wrongType(value, expected: expected)
    }

    func int(_ name: String) throws(CommerceRefusal) -> Int? {
        guard let number = try decimal(name, expected: "int") else { return nil }
        guard let int = Int(number.description) else { throw .wrongType(.number(number), expected: "int") }
        return int
    }

    func required<Value>(_ name: String, _ value: Value?) throws(CommerceRefusal) -> Value {
        guard let value else { throw .missing(name) }
        return value
    }
}

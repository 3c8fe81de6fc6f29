import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// What the operator asked for and can't have.
struct OperatorRefusal: Error {
    let status: HTTPResponse.Status
    let text: String

    static func bad(_ text: String) -> OperatorRefusal { OperatorRefusal(status: .badRequest, text: text) }

    var response: Response { OperatorSurface.ok(["error": .string(text)], status: status) }
}

/// The JSON object of an operator's request; an empty body is an empty object.
struct OperatorBody {
    private let fields: JSONObject

    init(_ fields: JSONObject, known: [String]) throws(OperatorRefusal) {
        if let stranger = fields.keys.first(where: { !known.contains($0) }) {
            throw .bad("\"\(stranger)\" is not known here; known are \(known.joined(separator: ", ")).")
        }
        self.fields = fields
    }

    init(_ request: Request, known: [String]) throws(OperatorRefusal) {
        let value = request.body.isEmpty ? .object([:]) : try? JSONValue.parse(request.body, repeatedNames: .refused)
        guard let object = value?.objectValue else { throw .bad("The body is no JSON object.") }
        try self.init(object, known: known)
    }

    private func read<Value>(
        _ name: String, _ kind: String, _ convert: (JSONValue) -> Value?
    ) throws(OperatorRefusal) -> Value? {
        guard let value = fields[name], value != .null else { return nil }
        guard let converted = convert(value) else { throw .bad("\"\(name)\" is not \(kind).") }
        return converted
    }

    func has(_ name: String) -> Bool { fields[name] != nil }
    func string(_ name: String) throws(OperatorRefusal) -> String? { try read(name, "a string") { $0.stringValue } }
    func bool(_ name: String) throws(OperatorRefusal) -> Bool? { try read(name, "true or false") { $0.boolValue } }
    func number(_ name: String) throws(OperatorRefusal) -> Decimal? { try read(name, "a number") { $0.numberValue } }
    func int(_ name: String) throws(OperatorRefusal) -> Int? { try read(name, "a whole number") { $0.intValue } }
    func object(_ name: String) throws(OperatorRefusal) -> JSONObject? {
        try read(name, "an object") { $0.objectValue }
    }

    func required<Value>(_ name: String, _ value: Value?) throws(OperatorRefusal) -> Value {
        guard let value else { throw .bad("\"\(name)\" is missing.") }
        return value
    }
}

import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// A refusal in the shape of Commerce's REST framework (its `ErrorProcessor`): a text with placeholders, and their
/// values as a list (`%1`) or by name (`%fieldName`).
struct CommerceRefusal: Error, Equatable {
    let status: HTTPResponse.Status
    let message: String
    var parameters: JSONValue?
    /// Of Adobe's gateway before SaaS, which has a shape of its own.
    var errorCode: String?
    /// Further messages, each in the same shape.
    var errors: [JSONValue] = []

    var response: Response {
        var json: JSONObject = ["message": .string(message)]
        if let errorCode { json.append("error_code", .string(errorCode)) }
        if let parameters { json.append("parameters", parameters) }
        if !errors.isEmpty { json.append("errors", .array(errors)) }
        return .json(JSONWriter.bytes(.object(json), style: .php), status: status)
    }

    static let unauthorized = notAllowed("Magento_Sales::actions_view")

    /// The same answer is given to a wrong token and to a resource that the integration may not use.
    static func notAllowed(_ resource: String) -> CommerceRefusal {
        CommerceRefusal(
            status: .unauthorized, message: "The consumer isn't authorized to access %resources.",
            parameters: ["resources": .string(resource)])
    }

    static let noRoute = CommerceRefusal(status: .notFound, message: "Request does not match any route.")
    static let noSuchEntity = CommerceRefusal(
        status: .notFound, message: "The entity that was requested doesn't exist. Verify the entity and try again.")

    static func bad(_ message: String, _ parameters: String...) -> CommerceRefusal {
        CommerceRefusal(
            status: .badRequest, message: message,
            parameters: parameters.isEmpty ? nil : .array(parameters.map(JSONValue.string)))
    }

    static func missing(_ field: String) -> CommerceRefusal {
        CommerceRefusal(
            status: .badRequest, message: "\"%fieldName\" is required. Enter and try again.",
            parameters: ["fieldName": .string(field)])
    }

    static func wrongType(_ value: JSONValue, expected: String) -> CommerceRefusal {
        bad(
            "The \"%1\" value's type is invalid. The \"%2\" type was expected. Verify and try again.",
            String(decoding: JSONWriter.bytes(value), as: UTF8.self), expected)
    }

    static func unknownProperty(_ name: String, of type: String) -> CommerceRefusal {
        let accessor = name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return bad(
            "Property \"%1\" does not have accessor method \"%2\" in class \"%3\".", accessor, "get" + accessor,
            "Magento\\Sales\\Api\\Data\\\(type)")
    }

    static func invalidInvoice(_ message: String, _ parameters: String...) -> CommerceRefusal {
        CommerceRefusal(
            status: .badRequest, message: "Invoice Document Validation Error(s):\n" + message,
            parameters: parameters.isEmpty ? nil : .array(parameters.map(JSONValue.string)))
    }

    static let faults = FaultGate.Answers(
        unauthorized: unauthorized.response,
        tooManyRequests: .json(
            JSONWriter.bytes(["message": "Too Many Requests", "trace": .null]), status: .tooManyRequests),
        serverError: CommerceRefusal(
            status: .internalServerError,
            message: "Internal Error. Details are available in Magento log file. Report ID: webapi-65a1f3c2b7d40"
        ).response)
}

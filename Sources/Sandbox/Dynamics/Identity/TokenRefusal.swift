import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// A refusal in Entra's shape.
struct TokenRefusal: Error {
    let status: HTTPResponse.Status
    let error: String
    let code: Int
    let text: String

    static func invalidRequest(_ code: Int, _ text: String) -> TokenRefusal {
        TokenRefusal(status: .badRequest, error: "invalid_request", code: code, text: text)
    }

    func response(at date: Date) -> Response {
        let traceID = UUID().uuidString.lowercased()
        let json: JSONValue = [
            "error": .string(error), "error_description": .string("AADSTS\(code): \(text) Trace ID: \(traceID)"),
            "error_codes": [.int(code)], "timestamp": .string(TimeText(date).commerce + "Z"),
            "trace_id": .string(traceID), "correlation_id": .string(UUID().uuidString.lowercased()),
        ]
        return .json(JSONWriter.bytes(json), status: status)
    }
}

import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// A refusal in the shape of F&O's OData service: the useful text is in `innererror`.
struct ODataRefusal: Error, Equatable {
    let status: HTTPResponse.Status
    let message: String
    let inner: String

    var response: Response {
        if status == .unauthorized {
            return Response(
                status: status,
                headers: [.wwwAuthenticate: "Bearer authorization_uri=\"https://login.microsoftonline.com/\""])
        }
        let json: JSONValue = [
            "error": [
                "code": "", "message": .string(message),
                "innererror": [
                    "message": .string(inner), "type": "System.InvalidOperationException", "stacktrace": "",
                ],
            ]
        ]
        return ODataAnswer.json(json, status: status)
    }

    static let unauthorized = ODataRefusal(status: .unauthorized, message: "", inner: "")
    static func forbidden(_ set: String) -> ODataRefusal {
        ODataRefusal(
            status: .forbidden, message: "An error has occurred.", inner: "Access denied to data entity '\(set)'.")
    }

    static func notFound(_ inner: String) -> ODataRefusal {
        ODataRefusal(
            status: .notFound, message: "No HTTP resource was found that matches the request URI.", inner: inner)
    }

    static let preconditionFailed = ODataRefusal(
        status: .preconditionFailed, message: "An error has occurred.",
        inner: "The record was changed by another user since it was read; the precondition If-Match does not hold.")

    /// The request itself is not understood.
    static func malformed(_ inner: String) -> ODataRefusal {
        ODataRefusal(status: .badRequest, message: "The request is not valid.", inner: inner)
    }

    static func unknownProperty(_ name: String, _ schema: EntitySchema) -> ODataRefusal {
        malformed("Could not find a property named '\(name)' on type '\(schema.fullType)'.")
    }

    static func unknownMember(_ name: String, _ schema: EntitySchema) -> ODataRefusal {
        malformed(
            """
            An error has occurred. The property '\(name)' does not exist on type '\(schema.fullType)'. Make sure to \
            only use property names that are defined by the type.
            """)
    }

    /// What X++ validation says. F&O answers some of it with 400 and some with 500.
    static func infolog(
        _ schema: EntitySchema, _ text: String, status: HTTPResponse.Status = .badRequest
    ) -> ODataRefusal {
        ODataRefusal(
            status: status, message: "An error has occurred.",
            inner: """
                Write failed for table row of type '\(schema.type)Entity'. Infolog: Warning: \(text); \
                Error: Update has been canceled.; Info: validateWrite failed on data source \
                '\(schema.type)Entity (\(schema.type)Entity)'.
                """)
    }

    /// A value that must be in another table.
    static func notInTable(
        _ schema: EntitySchema, value: String, field: String, table: String
    ) -> ODataRefusal {
        infolog(
            schema, "The value '\(value)' in field '\(field)' is not found in the related table '\(table)'.")
    }

    static let faults = FaultGate.Answers(
        unauthorized: unauthorized.response,
        tooManyRequests: ODataRefusal(
            status: .tooManyRequests, message: "An error has occurred.",
            inner: "The request could not be processed because of high resource utilization. Try again later."
        ).response,
        serverError: ODataRefusal(
            status: .internalServerError, message: "An error has occurred.",
            inner: "Infolog: Error: An update conflict occurred due to another user process deleting the record."
        ).response)
}

enum ODataAnswer {
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        var response = Response(
            status: status,
            headers: [.contentType: "application/json; odata.metadata=minimal; odata.streaming=true"],
            body: JSONWriter.bytes(value))
        response.headers.set("OData-Version", to: "4.0")
        return response
    }
}

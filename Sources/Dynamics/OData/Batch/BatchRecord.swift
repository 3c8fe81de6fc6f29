import Foundation
import HTTPClient
import HTTPTypes
import JSON

/// A batch as the audit trail keeps it: an array of JSON, in which personal fields can be found and hidden.
enum BatchRecord {
    static func sent(_ parts: [ODataBatchPart]) -> [UInt8] {
        let operations = parts.flatMap { part -> [JSONValue] in
            switch part {
            case .read(let read): [["method": "GET", "target": .string(read.target)]]
            case .changeSet(let changes): changes.map(operation)
            }
        }
        return JSONWriter.bytes(.array(operations))
    }

    private static func operation(_ change: ODataChange) -> JSONValue {
        var members: JSONObject = [
            "method": .string(change.method.rawValue), "target": .string(change.resource),
        ]
        if let body = change.body { members.append("body", json(body)) }
        return .object(members)
    }

    /// - Returns: The body as it came where it is no batch's answer.
    static func received(_ response: OutboundResponse) -> [UInt8] {
        guard let boundary = Multipart.boundary(response.headers[.contentType]) else { return response.body }
        return JSONWriter.bytes(.array(answers(response.body[...], boundary)))
    }

    private static func answers(_ body: ArraySlice<UInt8>, _ boundary: String) -> [JSONValue] {
        Multipart(body, boundary: boundary).parts.flatMap { part -> [JSONValue] in
            if let inner = Multipart.boundary(part.headers["content-type"]), inner != boundary {
                return Multipart(part.body, boundary: inner).parts.map(answer)
            }
            return [answer(part)]
        }
    }

    private static func answer(_ part: Multipart.Part) -> JSONValue {
        guard let inner = ODataInnerAnswer(part) else { return .string("unreadable") }
        return [
            "status": .int(inner.response.status), "body": json(inner.response.body),
        ]
    }

    private static func json(_ body: [UInt8]) -> JSONValue {
        (try? JSONValue.parse(body)) ?? .string(String(decoding: body, as: UTF8.self))
    }
}

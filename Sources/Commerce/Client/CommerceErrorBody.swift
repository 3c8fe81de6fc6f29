import JSON

/// What Commerce says when it refuses, in any of its shapes.
/// https://developer.adobe.com/commerce/webapi/get-started/gs-web-api-response
enum CommerceErrorBody {
    static let longestMessage = 500
    static let mostErrors = 10

    /// - Returns: One line, its placeholders filled in, or `nil` if the body is none of Commerce's shapes.
    static func message(in body: [UInt8]) -> String? {
        let messages = complaints(in: body).map(\.message)
        return messages.isEmpty ? nil : String(messages.joined(separator: " ").prefix(longestMessage))
    }

    /// All messages of a refusal, the general one first; none if the body is none of Commerce's shapes.
    static func complaints(in body: [UInt8]) -> [CommerceComplaint] {
        guard let root = try? JSONValue.parse(body), case .object(let members) = root else { return [] }
        var complaints = [complaint(root)]
        if case .array(let errors)? = members["errors"] {
            complaints += errors.prefix(mostErrors).map(complaint)
        }
        // Fatal errors of PHP: {"messages":{"error":[{"code":500,"message":"…"}]}}
        if case .object(let lists)? = members["messages"], case .array(let errors)? = lists["error"] {
            complaints += errors.prefix(mostErrors).map(complaint)
        }
        return complaints.compactMap { $0 }
    }

    /// The rows of an answer that is a list of messages, as the price operations give it.
    static func rowComplaints(in answer: JSONValue) -> [CommerceComplaint] {
        (answer.arrayValue ?? []).compactMap(complaint)
    }

    /// For answers that are no JSON: a page's title, or the beginning of the text.
    static func excerpt(of body: [UInt8]) -> String {
        guard !body.isEmpty else { return "no body" }
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        let lower = text.lowercased()
        guard lower.contains("<html") || lower.contains("<!doctype html") else {
            return "not Commerce's error format: \(text.prefix(200))"
        }
        guard let start = text.firstRange(of: "<title>"), let end = text.firstRange(of: "</title>"),
            start.upperBound <= end.lowerBound
        else { return "an HTML page instead of JSON" }
        return "an HTML page instead of JSON: \(text[start.upperBound..<end.lowerBound].prefix(200))"
    }

    private static func complaint(_ error: JSONValue) -> CommerceComplaint? {
        guard case .object(let members) = error, case .string(let message)? = members["message"] else { return nil }
        let parameters = parameters(members["parameters"], of: message)
        return CommerceComplaint(message: fill(message, with: parameters), parameters: parameters)
    }

    /// By placeholder, without the percent sign. A map's are its names. A list's are `1`, `2`, …, or the names that
    /// the message has, in their sequence: the price operations give a list for named ones.
    private static func parameters(_ value: JSONValue?, of message: String) -> [String: String] {
        switch value {
        case .array(let values):
            let names = placeholders(in: message)
            return Dictionary(
                values.enumerated().map { index, value in
                    (names.indices.contains(index) ? names[index] : String(index + 1), plain(value))
                }
            ) { first, _ in first }
        case .object(let members):
            return Dictionary(uniqueKeysWithValues: members.fields.map { ($0.key, plain($0.value)) })
        default: return [:]
        }
    }

    /// The named ones, each once; none if they are numbered.
    private static func placeholders(in message: String) -> [String] {
        var names: [String] = []
        for part in message.split(separator: "%", omittingEmptySubsequences: false).dropFirst() {
            let name = String(part.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
            if name.first?.isNumber == true { return [] }
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        return names
    }

    private static func plain(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): "\(flag)"
        case .null: ""
        case .array, .object: "…"
        }
    }

    /// In one pass, the longest name first, as PHP's `strtr` does: `%fieldName` is not `%field` and `Name`, and a
    /// value with a percent sign is not filled in again.
    static func fill(_ message: String, with parameters: [String: String]) -> String {
        let names = parameters.keys.sorted { $0.count > $1.count }
        var rest = message[...]
        var filled = ""
        while let percent = rest.firstIndex(of: "%") {
            filled += rest[..<percent]
            rest = rest[percent...]
            if let name = names.first(where: { rest.dropFirst().hasPrefix($0) }) {
                filled += parameters[name] ?? ""
                rest = rest.dropFirst(name.count + 1)
            } else {
                filled += "%"
                rest = rest.dropFirst()
            }
        }
        return filled + rest
    }
}

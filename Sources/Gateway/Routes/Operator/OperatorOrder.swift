import HTTPServer
import HTTPTypes
import JSON
import Relay

/// What an operator asks for, in the body of a request: one JSON object, whose members are asked for one by one.
/// `finish` refuses those that nobody has asked for, because a misspelt wish that is ignored does something else.
struct OperatorOrder {
    /// Characters of who asks.
    static let byLimit = 100
    /// Characters of why.
    static let whyLimit = 1000
    /// Characters of any other text.
    static let textLimit = 200

    private let object: JSONObject
    private let headers: HTTPFields
    private var known: Set<String> = []

    /// - Parameter request: An empty body is an empty object.
    init(_ request: Request) throws(Problem) {
        headers = request.headers
        guard !request.body.isEmpty else {
            object = JSONObject()
            return
        }
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue.parse(request.body, repeatedNames: .refused)
        } catch {
            throw .malformedJSON("The body is not a JSON object: \(error).")
        }
        guard let object = value.objectValue else {
            throw .unusableBody("The body: found \(JSONNode(value: value).found), expected an object.")
        }
        self.object = object
    }

    /// What is asked for by other means than a JSON object.
    init(_ members: [String: String?], headers: HTTPFields) {
        self.headers = headers
        object = JSONObject(
            members.compactMap { name, text in text.map { JSONObject.Field(key: name, value: .string($0)) } })
    }

    mutating func member(_ name: String) -> JSONNode {
        known.insert(name)
        return JSONNode(value: .object(object))[name]
    }

    /// Trimmed; `nil` if absent.
    mutating func text(_ name: String, limit: Int = textLimit) throws(Problem) -> String? {
        let node = member(name)
        guard node.value != nil else { return nil }
        guard let text = node.value?.stringValue.map(Self.trimmed), Self.isUsable(text, limit) else {
            throw Self.refused(node, "a text of 1 to \(limit) characters without control characters")
        }
        return text
    }

    mutating func flag(_ name: String) throws(Problem) -> Bool? {
        let node = member(name)
        guard let value = node.value else { return nil }
        guard let flag = value.boolValue else { throw Self.refused(node, "true or false") }
        return flag
    }

    mutating func count(_ name: String) throws(Problem) -> Int? {
        let node = member(name)
        guard let value = node.value else { return nil }
        guard let count = value.intValue, count >= 0 else { throw Self.refused(node, "a whole number from 0") }
        return count
    }

    mutating func moment(_ name: String, _ parse: (String) -> Timestamp?) throws(Problem) -> Timestamp? {
        guard let text = try text(name) else { return nil }
        guard let moment = parse(text) else { throw Self.refused(member(name), Moment.expected) }
        return moment
    }

    /// Who asks for a change, and why. A proxy that knows who is at the keyboard says so in the header
    /// `Causeway-By`, which counts more than what the body claims.
    mutating func act(at moment: Timestamp) throws(Problem) -> OperatorAct {
        let claimed = try text("by", limit: Self.byLimit)
        var by = claimed
        if let name = Self.byHeader, let value = headers[name] {
            by = Self.trimmed(value)
            guard let by, Self.isUsable(by, Self.byLimit) else {
                throw .unusableBody("The header Causeway-By: expected 1 to \(Self.byLimit) characters.")
            }
        }
        guard let by else {
            throw .unusableBody("by: found nothing, expected who asks for this, 1 to \(Self.byLimit) characters.")
        }
        guard let why = try text("why", limit: Self.whyLimit) else {
            throw .unusableBody("why: found nothing, expected the reason, 1 to \(Self.whyLimit) characters.")
        }
        return OperatorAct(by: by, why: why, at: moment)
    }

    func finish() throws(Problem) {
        guard let stranger = object.keys.first(where: { !known.contains($0) }) else { return }
        let names = known.sorted().joined(separator: ", ")
        throw .unusableBody(
            "\(stranger.prefix(JSONNode.foundLimit)): found an unknown member, expected one of \(names).")
    }

    static func refused(_ node: JSONNode, _ expected: String) -> Problem {
        .unusableBody("\(node.path): found \(node.found), expected \(expected).")
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }

    static func isUsable(_ text: String, _ limit: Int) -> Bool {
        // Bytes first: counting characters of a megabyte takes long.
        !text.isEmpty && text.utf8.count <= limit * 4 && text.count <= limit
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private static let byHeader = HTTPField.Name("Causeway-By")
}

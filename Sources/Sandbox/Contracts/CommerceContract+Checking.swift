public import HTTPTypes
import JSON

extension CommerceContract {
    /// What does not fit; nothing if all does.
    /// - Parameters:
    ///   - path: From `/V1` on, percent-encoded, as sent.
    ///   - query: Without its question mark.
    ///   - body: `nil` if there is none.
    public func violations(
        _ method: HTTPRequest.Method, path: String, query: String? = nil, body: [UInt8]? = nil
    ) -> [ContractViolation] {
        let segments = Self.segments(path)
        guard segments.first == "V1", let match = match(method, Array(segments.dropFirst())) else {
            return [ContractViolation("\(method.rawValue) \(path)", .unknownOperation)]
        }
        return checkPath(match) + checkQuery(match, query) + checkBody(match, body)
    }

    /// A bulk request: an array of bodies of the synchronous operation.
    /// - Parameter path: Behind `/async/bulk`, from `/V1` on.
    public func bulkViolations(_ method: HTTPRequest.Method, path: String, body: [UInt8]?) -> [ContractViolation] {
        let segments = Self.segments(path)
        guard segments.first == "V1", let match = bulkMatch(method, Array(segments.dropFirst())) else {
            return [ContractViolation("\(method.rawValue) \(path)", .unknownOperation)]
        }
        guard let json = body.flatMap({ try? JSONValue.parse($0) }) else {
            return [ContractViolation("", .malformed)]
        }
        guard let elements = json.arrayValue else {
            return [ContractViolation("", .wrongType(found: json, expected: "array"))]
        }
        return elements.enumerated().flatMap { checkBody(match, $1, place: "/\($0)") }
    }

    /// `POST /V1/order/{orderId}/ship` for a request's path; `nil` if there is no such operation.
    public func operationName(_ method: HTTPRequest.Method, path: String) -> String? {
        match(method, Array(Self.segments(path).dropFirst()))?.operation.name
    }

    /// The same for a path behind `/async/bulk`.
    public func bulkOperationName(_ method: HTTPRequest.Method, path: String) -> String? {
        bulkMatch(method, Array(Self.segments(path).dropFirst()))?.operation.name
    }

    static func segments(_ path: String) -> [String] {
        path.split(separator: "/").map { QueryString.decode($0, plusIsSpace: false) ?? "" }
    }

    func checkPath(_ match: Match) -> [ContractViolation] {
        match.operation.parameters.filter { $0.place == "path" }.compactMap { parameter in
            guard case .integer = parameter.schema, let value = match.values[parameter.name], Int(value) == nil
            else { return nil }
            return ContractViolation(
                "path \(parameter.name)", .wrongType(found: .string(value), expected: parameter.schema.typeName))
        }
    }

    func checkQuery(_ match: Match, _ query: String?) -> [ContractViolation] {
        guard let pairs = QueryString.parse(query ?? "") else { return [ContractViolation("query", .malformed)] }
        let known = match.operation.parameters.filter { $0.place == "query" }
        return pairs.compactMap { pair in
            // Trims any answer: developer.adobe.com/commerce/webapi/rest/use-rest/retrieve-filtered-responses
            if pair.name == "fields" { return nil }
            let name = Self.schemaName(pair.name)
            guard let parameter = known.first(where: { $0.name == name }) else {
                return ContractViolation("query \(pair.name)", .unknown)
            }
            guard case .integer = parameter.schema, Int(pair.value) == nil else { return nil }
            return ContractViolation("query \(pair.name)", .wrongType(found: .string(pair.value), expected: "int"))
        }
    }

    func checkBody(_ match: Match, _ body: [UInt8]?) -> [ContractViolation] {
        guard let body, !body.isEmpty else { return checkBody(match, JSONValue.object([:]), place: "") }
        guard let json = try? JSONValue.parse(body) else { return [ContractViolation("", .malformed)] }
        return checkBody(match, json, place: "")
    }

    private func checkBody(_ match: Match, _ json: JSONValue, place: String) -> [ContractViolation] {
        guard let body = match.operation.body else {
            return json == .object([:]) ? [] : [ContractViolation(place, .unknown)]
        }
        let deviations = CommerceDeviation.all.filter { $0.operation == match.operation.name }
        var check = ContractCheck(definitions: definitions, optional: Set(deviations.flatMap(\.optional)))
        check.check(json, body.schema, place: place, pattern: "")
        return check.violations
    }

    /// The schema writes each index as 0, and camel case, where Commerce takes snake case as well.
    private static func schemaName(_ name: String) -> String {
        name.split(separator: "[", omittingEmptySubsequences: false).map { part -> String in
            guard part.hasSuffix("]") else { return camelCase(part) }
            let inner = part.dropLast()
            return (Int(inner) == nil ? camelCase(inner) : "0") + "]"
        }.joined(separator: "[")
    }

    private static func camelCase(_ name: Substring) -> String {
        let words = name.split(separator: "_")
        return words.prefix(1).joined()
            + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

import HTTPServer
import HTTPTypes
import JSON

extension CommerceAPI {
    /// The body, if it is what the schema of this operation allows; otherwise Commerce's refusal of it.
    func checkedBody(
        _ match: CommerceContract.Match, _ request: Request, _ contract: CommerceContract, isBulk: Bool
    ) throws(CommerceRefusal) -> JSONValue {
        guard !request.body.isEmpty else {
            if let violation = contract.checkBody(match, nil).first { throw CommerceRefusal(violation) }
            return [:]
        }
        let body = try Self.json(request)
        let bodies = isBulk ? body.arrayValue : [body]
        // A bare object is taken for a body without anything in it (magento2#36881).
        guard let bodies else { throw .missing(match.operation.firstMember) }
        for body in bodies {
            if let violation = contract.checkBody(match, JSONWriter.bytes(body)).first {
                throw CommerceRefusal(violation)
            }
        }
        if let limit = desk.faults.plan.inputLimit {
            try Self.check(body, isBulk ? Self.mostAsynchronousItems : limit)
        }
        return body
    }

    private static let mostAsynchronousItems = 5000

    private static func json(_ request: Request) throws(CommerceRefusal) -> JSONValue {
        guard let contentType = request.headers[.contentType] else { throw .bad("Content-Type header is empty.") }
        guard contentType.lowercased().hasPrefix("application/json") else {
            throw .bad("Server cannot understand Content-Type HTTP header media type \"%1\"", contentType)
        }
        guard let value = try? JSONValue.parse(request.body, repeatedNames: .refused) else {
            throw .bad("Decoding error: \nSyntax error")
        }
        return value
    }

    /// Web API input limits: lists of objects, wherever they are.
    private static func check(_ value: JSONValue, _ limit: Int) throws(CommerceRefusal) {
        switch value {
        case .object(let object):
            for field in object.fields { try check(field.value, limit) }
        case .array(let values):
            guard values.count <= limit else {
                throw CommerceRefusal(
                    status: .badRequest, message: "Maximum items of type \"%type\" is %max",
                    parameters: ["type": "array", "max": .string(String(limit))])
            }
            for value in values { try check(value, limit) }
        default: return
        }
    }

    func checkPage(_ match: CommerceContract.Match, _ query: String?) throws(CommerceRefusal) {
        guard match.operation.isSearch, let limit = desk.faults.plan.pageLimit else { return }
        let criteria = try SearchCriteria(query: query)
        guard criteria.pageSize ?? 0 <= limit else {
            throw CommerceRefusal(
                status: .badRequest, message: "Maximum SearchCriteria pageSize is %max",
                parameters: ["max": .string(String(limit))])
        }
    }
}

extension CommerceContract.Operation {
    /// What a body has to begin with: `product`.
    fileprivate var firstMember: String {
        guard case .object(let members, let required)? = body?.schema else { return "body" }
        return required.first ?? members.keys.sorted().first ?? "body"
    }
}

extension CommerceRefusal {
    init(_ violation: ContractViolation) {
        let name = violation.place.split(separator: "/").last.map(String.init) ?? "body"
        self =
            switch violation.problem {
            case .unknownOperation: .noRoute
            case .missing: .missing(name)
            case .unknown: .unknownProperty(name, of: "DataInterface")
            case .wrongType(let found, let expected): .wrongType(found, expected: expected)
            case .notOneOf(let values): .bad("\"%1\" must be one of %2.", name, values.joined(separator: ", "))
            case .malformed: .bad("Decoding error: \nSyntax error")
            }
    }
}

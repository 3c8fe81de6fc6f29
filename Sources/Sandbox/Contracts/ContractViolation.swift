public import JSON

/// Something in a request that Adobe's schema does not allow.
public struct ContractViolation: Sendable, Equatable, CustomStringConvertible {
    public enum Problem: Sendable, Equatable {
        /// Neither method and path, nor any other method with this path.
        case unknownOperation
        case missing
        case unknown
        /// - Parameter expected: In Commerce's words: `int`, `string`, `array`.
        case wrongType(found: JSONValue, expected: String)
        case notOneOf([String])
        case malformed
    }

    /// A JSON pointer (RFC 6901) into the body, `/product/sku`, or the name of a parameter: `query pageSize`,
    /// `path orderId`.
    public let place: String
    public let problem: Problem

    public init(_ place: String, _ problem: Problem) {
        self.place = place
        self.problem = problem
    }

    public var description: String {
        let place = place.isEmpty ? "the body" : place
        return switch problem {
        case .unknownOperation: "\(place): no such operation"
        case .missing: "\(place): missing"
        case .unknown: "\(place): not in the schema"
        case .wrongType(let found, let expected):
            "\(place): found \(JSONNode(value: found).found), expected \(expected)"
        case .notOneOf(let values): "\(place): expected one of \(values.joined(separator: ", "))"
        case .malformed: "\(place): no JSON"
        }
    }
}

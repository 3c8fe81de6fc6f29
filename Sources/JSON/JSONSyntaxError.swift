/// Why a text is not JSON (RFC 8259), or not JSON that is read here.
public struct JSONSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where it was noticed, counted from 0.
    public var byte: Int
    public var problem: String

    public init(byte: Int, problem: String) {
        self.byte = byte
        self.problem = problem
    }

    public var description: String { "\(problem) at byte \(byte)" }
}

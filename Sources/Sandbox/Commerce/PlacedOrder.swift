/// An order that was placed, and what became of its webhook.
public struct PlacedOrder: Sendable, Equatable {
    public let entityID: Int
    public let incrementID: String
    /// The receiver's answer; `nil` if none came.
    public let status: Int?
    /// From sending to the last byte of the answer, or to the failure.
    public let elapsed: Duration
    /// Why no answer came.
    public let failure: String?

    /// What Commerce takes for acknowledged.
    public var isAcknowledged: Bool { status.map { (200..<300).contains($0) } ?? false }
}

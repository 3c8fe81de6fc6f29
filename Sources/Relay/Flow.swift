/// What Causeway does with one kind of event: ordinary straight-line code made of durable steps.
public protocol Flow: Sendable {
    associatedtype Record: Sendable

    /// The name in routes, logs and the audit trail: `OrderToSalesOrder`.
    static var name: String { get }

    /// Steps whose record a person may patch; none unless a flow says so.
    static var patchableSteps: [PatchableStep] { get }

    /// The record in the event's body.
    /// - Throws: A `DeliveryFault` that parks when the body is not such a record.
    func read(_ event: StoredEvent) throws -> Record

    /// - Returns: What came of it, for a person: `SO-004512`.
    /// - Throws: A `DeliveryFault`, or anything else, which is retried.
    func run(_ record: Record, _ steps: Steps) async throws -> String?
}

extension Flow {
    public static var patchableSteps: [PatchableStep] { [] }

    public func carry(_ event: StoredEvent, _ steps: Steps) async throws -> String? {
        try await run(read(event), steps)
    }
}

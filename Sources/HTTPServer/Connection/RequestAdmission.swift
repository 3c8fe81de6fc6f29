/// What was decided about the request of a connection that is under way, and what its body takes of the budget.
struct RequestAdmission {
    private let admission: Admission
    private var refusal: Refusal?
    /// The client, if a proxy named another one than the connection did.
    private(set) var forwardedFor: String?
    /// Bytes of a body that count in the server's budget.
    private var bodyBytes = 0

    init(_ admission: Admission) { self.admission = admission }

    /// At the end of a head. A refused request without a body leaves the connection usable; one with a body ends
    /// it, so that the body need not be read.
    /// - Returns: Bytes that the body may have.
    mutating func decide(on head: RequestHead, from origin: ConnectionOrigin) throws(FramingError) -> Int {
        do throws(Refusal) {
            let ticket = try admission.admit(head, from: origin)
            forwardedFor = ticket.forwardedFor
            return ticket.maxBodyBytes
        } catch {
            guard head.framing == .none else { throw .refused(error) }
            refusal = error
            return 0
        }
    }

    /// Why the request that is complete now is not handed to its handler; asked once.
    mutating func takeRefusal() -> Refusal? { refusal.take() }

    /// - Parameter bytes: Of the body, as far as it has arrived.
    /// - Throws: If all connections together keep more than their limit.
    mutating func keep(_ bytes: Int) throws(FramingError) {
        guard bytes != bodyBytes else { return }
        let change = bytes - bodyBytes
        bodyBytes = bytes
        guard admission.bodies.add(change) || change < 0 else { throw .refused(.bodiesReached) }
    }

    /// The body is no longer needed.
    mutating func release() {
        let bytes = handOver()
        if bytes > 0 { admission.bodies.add(-bytes) }
    }

    /// - Returns: What the caller has to give back to the budget from now on.
    mutating func handOver() -> Int { exchange(&bodyBytes, with: 0) }
}

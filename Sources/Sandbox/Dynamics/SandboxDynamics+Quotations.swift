public import JSON
import Synchronization

extension SandboxDynamics {
    /// All quotations, in the order of their creation.
    public var quotations: [JSONObject] { core.books.withLock { $0.quotations.live.map(\.fields) } }

    /// The lines of all quotations, in the order of their creation.
    public var quotationLines: [JSONObject] { core.books.withLock { $0.quotationLines.live.map(\.fields) } }
}

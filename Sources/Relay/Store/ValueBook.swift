/// For the tables that translate words of one platform into words of the other; operators change them while records
/// wait for them.
public protocol ValueBook: Sendable {
    /// All rows, in no order.
    func values() async throws -> [ValueRow]

    /// Writes a change down, and puts every delivery back to ready with a fresh retry schedule that is parked for a row
    /// which the change brings (`Reason.waitsFor`), in one transaction with who asked for it and why. A change without
    /// rows changes nothing and is no act.
    ///
    /// A delivery that is at work meanwhile may have missed the row; if it parks for one, it is tried again at once
    /// instead.
    /// - Parameter whenKept: Called once the change is on stable storage, and before any delivery is handed out later
    ///   than the change was made. Must be quick: it holds up the writer.
    /// - Returns: How many deliveries were released.
    @discardableResult
    func change(
        _ change: ValueChange, act: OperatorAct, whenKept: @escaping @Sendable () -> Void
    ) async throws -> Int

    /// What parked deliveries wait for, by name.
    /// - Parameter limit: Names.
    func awaitedValues(limit: Int) async throws -> [AwaitedValue]
}

/// A row of a value table.
public struct ValueRow: Sendable, Hashable {
    public struct ID: Sendable, Hashable {
        public var table: String
        /// The legal entity; empty for all of them.
        public var scope: String
        public var key: String

        public init(table: String, scope: String, key: String) {
            self.table = table
            self.scope = scope
            self.key = key
        }
    }

    public var id: ID
    /// Column → value.
    public var columns: [String: String]

    public init(_ id: ID, _ columns: [String: String]) {
        self.id = id
        self.columns = columns
    }
}

public struct ValueChange: Sendable, Equatable {
    /// Taken away before others are written.
    public var removed: [ValueRow.ID]
    /// Written, in place of those with the same id.
    public var written: [ValueRow]
    /// What the written rows bring: names as `Reason.waitsFor` has them, in lower case. A name that ends with a slash
    /// stands for all names that go on with one more part.
    public var brought: Set<String>
    /// What it is done to, for a person: `units "kg" (usmf)`.
    public var target: String

    public init(removed: [ValueRow.ID] = [], written: [ValueRow] = [], brought: Set<String> = [], target: String) {
        self.removed = removed
        self.written = written
        self.brought = brought
        self.target = target
    }

    public var isEmpty: Bool { removed.isEmpty && written.isEmpty }

    /// Whether a delivery that waits for this name may go on. Case does not count: a try too many does no harm, and a
    /// delivery that waits for ever does.
    public func brings(_ name: String) -> Bool {
        let name = name.lowercased()
        if brought.contains(name) { return true }
        guard let slash = name.lastIndex(of: "/") else { return false }
        return brought.contains(String(name[...slash]))
    }
}

/// A row that deliveries wait for.
public struct AwaitedValue: Sendable, Hashable {
    /// As `Reason.waitsFor` has it.
    public var name: String
    public var deliveries: Int

    public init(name: String, deliveries: Int) {
        self.name = name
        self.deliveries = deliveries
    }
}

/// The value tables as they stand now, in memory: looked up for each field of each record.
public protocol ValueLookup: Sendable {
    /// The row for the key: that of the legal entity if there is one, otherwise that of all.
    /// - Returns: Column → value, as `ItemNumber` → `A0001`; `nil` if there is no row.
    func row(_ key: ValueKey) -> [String: String]?

    /// The other way round.
    /// - Returns: The keys of the rows whose column has this value, those of the legal entity first; each once, in
    ///   alphabetical order otherwise.
    func keys(in table: String, scope: String, where column: String, is value: String) -> [String]
}

/// No rows at all: for checks, and for records that need none.
public struct NoValues: ValueLookup {
    public init() {}
    public func row(_ key: ValueKey) -> [String: String]? { nil }
    public func keys(in table: String, scope: String, where column: String, is value: String) -> [String] { [] }
}

import Synchronization

/// The documents that flows work by, exchanged as a whole while the program runs. A flow takes them once and works by
/// those to its end.
public final class LiveMappings: Sendable {
    private let running: Mutex<MappingSet>

    public init(_ mappings: MappingSet) { running = Mutex(mappings) }

    public var current: MappingSet { running.withLock { $0 } }

    public func replace(with new: MappingSet) { running.withLock { $0 = new } }
}

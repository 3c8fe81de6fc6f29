/// A bulk request that Commerce has taken: 202 says that it will be worked on, not that it is right.
public struct BulkSubmission: Sendable, Equatable {
    public struct Rejection: Sendable, Equatable {
        /// Of the bodies that were sent.
        public var index: Int
        public var message: String

        public init(index: Int, message: String) {
            self.index = index
            self.message = message
        }
    }

    /// `bulk_uuid`
    public var id: String
    /// Indices of the bodies that are queued.
    public var accepted: [Int]
    /// Refused at once; the others run nevertheless.
    public var rejected: [Rejection]

    public init(id: String, accepted: [Int], rejected: [Rejection] = []) {
        self.id = id
        self.accepted = accepted
        self.rejected = rejected
    }
}

/// Where one operation of a bulk request stands.
/// https://developer.adobe.com/commerce/webapi/rest/use-rest/operation-status-endpoints/
public struct BulkOperation: Sendable, Equatable {
    public enum Status: Int, Sendable, CaseIterable {
        case complete = 1
        /// A lock, a deadlock, a lost connection: submit the item again.
        case failedRetriably = 2
        case failed = 3
        case open = 4
        case rejected = 5
    }

    /// The index in the request; in old versions a number of the database's.
    public var id: Int
    public var status: Status
    public var message: String?

    public init(id: Int, status: Status, message: String? = nil) {
        self.id = id
        self.status = status
        self.message = message
    }
}

/// What became of one body of a bulk request.
public enum BulkResult: Sendable, Equatable {
    case done
    /// Submit it again.
    case retriable(String)
    /// Somebody has to look.
    case failed(String)
    /// Still open at the deadline, and its effect could not be found: nobody works on it, or its status is wrong.
    case unknown
}

/// How long to ask for a bulk request's status.
public struct BulkPolling: Sendable, Equatable {
    /// Before each question; after the last one what is still open is looked for itself.
    public var waits: [Duration]

    public init(waits: [Duration]) { self.waits = waits }

    /// Five minutes in all. A consumer that has not come by then is down (magento2#31741).
    public static let standard = BulkPolling(
        waits: [.seconds(1), .seconds(2), .seconds(4), .seconds(8)] + Array(repeating: .seconds(15), count: 19))
}

extension BulkSubmission {
    /// Which operation belongs to which body that was sent.
    ///
    /// Current versions number operations by the bodies' indices. Old ones have numbers of the database's, which
    /// grow in the order of the bodies; then only a complete list says which is which.
    func byIndex(_ operations: [BulkOperation]) -> [Int: BulkOperation] {
        let ids = operations.map(\.id)
        let isNumberedByIndex = Set(ids).isSubset(of: Set(accepted + rejected.map(\.index)))
        if isNumberedByIndex { return Dictionary(operations.map { ($0.id, $0) }) { first, _ in first } }
        let sorted = operations.sorted { $0.id < $1.id }
        let indices = accepted.sorted()
        guard sorted.count == indices.count else { return [:] }
        return Dictionary(zip(indices, sorted)) { first, _ in first }
    }
}

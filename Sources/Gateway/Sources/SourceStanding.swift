import Relay
import Synchronization

/// How a source that is asked for messages stands.
struct SourceStanding: Sendable, Equatable {
    enum Tally: String, Sendable, CaseIterable {
        case stored, duplicate, test, unreadable
        /// Given back, because the store did not take it.
        case abandoned
        /// Stored, but the lock had ended: it comes again and is recognised.
        case lockLost
    }

    var name: String
    /// What is asked: `d365-events`.
    var place: String
    var receivers: Int
    var tally: [Tally: Int] = [:]
    /// The last good answer, also one that brought nothing.
    var lastAnswerAt: Timestamp?
    var lastMessageAt: Timestamp?
    /// Why the last call, or the last try to store, failed; `nil` if it did not.
    var trouble: Reason?
    var troubleSince: Timestamp?
}

/// Written by receivers, read by the pages.
final class SourceBook: Sendable {
    private let content: Mutex<SourceStanding>
    private let clock: any WallClock

    init(name: String, place: String, receivers: Int, clock: any WallClock) {
        content = Mutex(SourceStanding(name: name, place: place, receivers: receivers))
        self.clock = clock
    }

    var standing: SourceStanding { content.withLock { $0 } }

    /// - Returns: Whether there was trouble before.
    @discardableResult
    func answered(withMessage: Bool) -> Bool {
        let now = clock.now()
        return content.withLock { standing in
            standing.lastAnswerAt = now
            if withMessage { standing.lastMessageAt = now }
            defer { (standing.trouble, standing.troubleSince) = (nil, nil) }
            return standing.trouble != nil
        }
    }

    func count(_ tally: SourceStanding.Tally) {
        content.withLock { $0.tally[tally, default: 0] += 1 }
    }

    /// - Returns: Whether this trouble is news.
    @discardableResult
    func failed(_ reason: Reason) -> Bool {
        let now = clock.now()
        return content.withLock { standing in
            let isNew = standing.trouble?.code != reason.code
            if standing.trouble == nil { standing.troubleSince = now }
            standing.trouble = reason.bounded
            return isNew
        }
    }
}

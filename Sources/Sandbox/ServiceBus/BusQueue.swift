import Foundation

/// One queue with its locks.
struct BusQueue: Sendable {
    struct Lock: Sendable {
        var token: String
        var until: Date
    }

    struct Message: Sendable {
        var sequence: Int
        var id: String
        var body: [UInt8]
        var deliveryCount = 0
        var lock: Lock?
    }

    private(set) var messages: [Message] = []
    private(set) var deadLetters: [Message] = []
    private(set) var completed = 0
    private var lastSequence = 0
    private let lockSeconds: TimeInterval
    private let maxDeliveryCount: Int

    init(_ configuration: SandboxServiceBusConfiguration) {
        lockSeconds = TimeInterval(configuration.lockDuration.components.seconds)
        maxDeliveryCount = configuration.maxDeliveryCount
    }

    mutating func send(_ body: [UInt8], at now: Date) {
        lastSequence += 1
        messages.append(Message(sequence: lastSequence, id: UUID().uuidString.lowercased(), body: body))
    }

    /// Hands out the first message that nobody holds.
    mutating func lock(at now: Date) -> Message? {
        while let position = messages.firstIndex(where: { $0.lock.map { $0.until <= now } ?? true }) {
            if messages[position].deliveryCount >= maxDeliveryCount {
                deadLetters.append(messages.remove(at: position))
                continue
            }
            messages[position].deliveryCount += 1
            messages[position].lock = Lock(
                token: UUID().uuidString.lowercased(), until: now.addingTimeInterval(lockSeconds))
            return messages[position]
        }
        return nil
    }

    mutating func complete(_ sequence: Int, _ token: String, at now: Date) -> Bool {
        guard let position = held(sequence, token, now) else { return false }
        messages.remove(at: position)
        completed += 1
        return true
    }

    mutating func abandon(_ sequence: Int, _ token: String, at now: Date) -> Bool {
        guard let position = held(sequence, token, now) else { return false }
        messages[position].lock = nil
        return true
    }

    mutating func renew(_ sequence: Int, _ token: String, at now: Date) -> Bool {
        guard let position = held(sequence, token, now) else { return false }
        messages[position].lock?.until = now.addingTimeInterval(lockSeconds)
        return true
    }

    /// Ends a lock early.
    mutating func release(_ sequence: Int) {
        guard let position = messages.firstIndex(where: { $0.sequence == sequence }) else { return }
        messages[position].lock = nil
    }

    private func held(_ sequence: Int, _ token: String, _ now: Date) -> Int? {
        messages.firstIndex { message in
            guard message.sequence == sequence, let lock = message.lock else { return false }
            return lock.token == token && lock.until > now
        }
    }
}

public import HTTPClient
import Relay

/// Sends a test notice through every channel, for a person who sets them up.
public struct AlertTest: Sendable {
    public struct Result: Sendable, Equatable, Codable {
        /// `slack`, or `slack-2` for the second one.
        public var channel: String
        public var isSent: Bool
        /// What came back, or what went wrong.
        public var answer: String
        public var milliseconds: Int64
    }

    private let channels: AlertChannels

    /// - Parameter transport: How hooks are called; libcurl by default.
    public init(_ settings: AlertSettings, transport: (any HTTPTransport)? = nil) throws {
        channels = try AlertChannels(settings, clock: SystemClock(), transport: transport)
    }

    /// All at once; in the order of the configuration.
    public func run() async -> [Result] {
        let notice = AlertNotice(.test, Self.alert, at: .now)
        return await withTaskGroup(of: (Int, Result).self) { group in
            for (index, channel) in channels.all.enumerated() {
                group.addTask { (index, await Self.result(channel, notice)) }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private static let alert = Alert(
        .store, ["test"], title: "This channel works",
        text: ["Somebody asked for this test. Nothing is wrong, and nothing needs to be done."])

    private static func result(_ channel: any AlertChannel, _ notice: AlertNotice) async -> Result {
        let start = ContinuousClock.now
        var isSent = true
        var answer: String
        do throws(AlertSendFailure) {
            let receipt = try await channel.send(notice)
            answer = ([receipt.answer] + receipt.complaints.map { "but not to everybody: \($0)" })
                .joined(separator: ", ")
        } catch {
            isSent = false
            answer = error.description
        }
        let took = ContinuousClock.now - start
        return Result(channel: channel.name, isSent: isSent, answer: answer, milliseconds: took.wholeMilliseconds)
    }
}

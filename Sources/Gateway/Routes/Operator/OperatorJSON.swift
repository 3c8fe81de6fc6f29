import Foundation
import HTTPServer
import HTTPTypes
import Relay

/// JSON of the operator API: keys sorted, times in ISO 8601 UTC with milliseconds, durations in milliseconds.
enum OperatorJSON {
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            return .json(Array("null".utf8), status: .internalServerError)
        }
        return .json(Array(data), status: status)
    }
}

struct LanesJSON: Encodable {
    var lanes: [LaneJSON]
    var destinations: [DestinationJSON]
    /// Of lanes and of whole destinations, under the names that end them.
    var pauses: [PauseJSON]
}

struct EventsJSON: Encodable {
    var events: [EventJSON]
    /// `before` of the next page.
    var next: Int64?
}

/// What a change to one event has changed.
struct ChangedJSON: Encodable {
    var event: EventID
    var deliveries: [DeliveryID]
}

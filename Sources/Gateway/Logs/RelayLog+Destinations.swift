import Logging
import Relay

extension RelayLog {
    func changed(_ destination: String, _ change: DestinationChange) {
        var fields: Logger.Metadata = ["destination": "\(destination)"]
        switch change {
        case .opened(let reason, let wait):
            fields["code"] = "\(reason.code)"
            fields["ms"] = "\(wait.wholeMilliseconds)"
            logger.error("destination out of order, left alone for a while: \(reason)", metadata: fields)
        case .probing: logger.info("destination is tried again", metadata: fields)
        case .closed: logger.notice("destination works again", metadata: fields)
        case .held(let wait):
            fields["ms"] = "\(wait.wholeMilliseconds)"
            logger.warning("destination asks for a pause", metadata: fields)
        case .lowered(let concurrency):
            fields["concurrency"] = "\(concurrency)"
            logger.warning("destination asks for fewer calls", metadata: fields)
        }
    }

    func changed(lane: String, _ stop: LaneStop?) {
        var fields: Logger.Metadata = ["lane": "\(lane)"]
        switch stop {
        case nil, .held: logger.notice("lane works again", metadata: fields)
        case .scheduled(let until):
            fields["until"] = until.map { "\($0.iso8601)" }
            logger.notice("lane paused by its schedule", metadata: fields)
        case .paused(let pause):
            fields["until"] = pause.until.map { "\($0.iso8601)" }
            fields["by"] = "\(pause.by)"
            logger.notice("lane paused: \(pause.why)", metadata: fields)
        }
    }
}

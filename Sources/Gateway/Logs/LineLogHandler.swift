public import Logging

/// Writes each log event as one line: text for people on a terminal, JSON for machines.
public struct LineLogHandler: LogHandler {
    public enum Format: Sendable {
        case text, json
    }

    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level = .info
    private let format: Format
    private let sink: any LogSink

    public init(format: Format, sink: any LogSink = DescriptorSink.standardError) {
        self.format = format
        self.sink = sink
    }

    /// The handler that a configuration asks for, writing to standard error.
    public init(_ settings: LogSettings) {
        let sink = DescriptorSink.standardError
        let format: Format =
            switch settings.format {
            case .text: .text
            case .json: .json
            case .auto: sink.isTerminal ? .text : .json
            }
        self.init(format: format, sink: sink)
        logLevel = Logger.Level(rawValue: settings.level.rawValue) ?? .info
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let own = event.metadata { fields.merge(own) { $1 } }
        let line = LogLine(
            time: UTCTime(.now), level: event.level, message: event.message.description,
            fields: fields.map { ($0.key, $0.value.description) }.sorted { $0.0 < $1.0 })
        sink.write(line: Array((format == .text ? line.text : line.json).utf8))
    }
}

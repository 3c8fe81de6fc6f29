import Foundation
import Logging
import Relay
import Synchronization
import Testing

@testable import Gateway

private final class MemorySink: LogSink {
    private let written = Mutex<[String]>([])
    var lines: [String] { written.withLock { $0 } }
    func write(line: [UInt8]) { written.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
}

private let claim = Claim(
    lease: Lease(delivery: DeliveryID(7), attempt: 2, owner: "a"),
    event: StoredEvent(
        id: EventID(5), source: "commerce", kind: "order", subject: "order 000000042",
        receivedAt: Timestamp(millisecondsSince1970: 0), body: Array("secret body".utf8)),
    route: RelaySettings().route(of: .orderToSalesOrder), failures: 1)

@Suite("The log")
struct LogTests {
    @Test("is text for people: time, level, message, fields by name")
    func text() {
        let line = LogLine(
            time: UTCTime(Timestamp(millisecondsSince1970: 1_767_261_612_447)), level: .info, message: "delivered",
            fields: [("delivery", "7"), ("subject", "order 42"), ("empty", "")])
        #expect(line.text == #"10:00:12.447 info    delivered delivery=7 subject="order 42" empty="""#)
    }

    @Test("is JSON for machines, one object per line")
    func json() {
        let line = LogLine(
            time: UTCTime(Timestamp(millisecondsSince1970: 1_767_261_612_447)), level: .error,
            message: "it \"failed\"",
            fields: [("subject", "a\nb\u{1}é")])
        #expect(
            line.json
                == #"{"time":"2026-01-01T10:00:12.447Z","level":"error","message":"it \"failed\"","#
                + #""subject":"a\nb\u0001é"}"#
        )
    }

    @Test(
        "gives nobody a line of their own, and cuts what is too long",
        arguments: ["a\nb", "a\r\nb", "a\u{1B}[31mb", "a\u{2028}b"])
    func injection(value: String) {
        let line = LogLine(
            time: UTCTime(.now), level: .info, message: value,
            fields: [("k", value), ("long", String(repeating: "x", count: 5000))])
        for text in [line.text, line.json] {
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x2028 })
            #expect(text.utf8.count < 1300)
        }
    }

    @Test("has one line for a finished delivery: who, what came of it, and how long it took")
    func delivery() throws {
        let sink = MemorySink()
        let logger = Logger(label: "test", factory: { _ in LineLogHandler(format: .json, sink: sink) })
        RelayLog(logger: logger).notice(.finished(claim, .done(summary: "SO-004512"), took: .milliseconds(321)))
        let line = try #require(sink.lines.first)
        #expect(sink.lines.count == 1)
        for part in [
            #""message":"delivered""#, #""event":"5""#, #""delivery":"7""#, #""flow":"OrderToSalesOrder""#,
            #""subject":"order 000000042""#, #""outcome":"done""#, #""attempt":"2""#, #""ms":"321""#,
            #""summary":"SO-004512""#,
        ] { #expect(line.contains(part)) }
        #expect(!line.contains("secret body"))
    }

    @Test(
        "is louder the more a person is needed",
        arguments: [
            (Outcome.done(summary: nil), "info"), (.skipped(Reason(code: "c", message: "m")), "info"),
            (.retry(at: Timestamp(millisecondsSince1970: 0), Reason(code: "c", message: "m")), "warning"),
            (.parked(Reason(code: "c", message: "m")), "error"),
        ])
    func levels(outcome: Outcome, level: String) throws {
        let sink = MemorySink()
        let logger = Logger(label: "test", factory: { _ in LineLogHandler(format: .json, sink: sink) })
        RelayLog(logger: logger).notice(.finished(claim, outcome, took: .zero))
        #expect(try #require(sink.lines.first).contains(#""level":"\#(level)""#))
    }

    @Test("lets one line per key and second through, and counts the others")
    func throttle() {
        let throttle = Throttle()
        let start = Timestamp(millisecondsSince1970: 1_000_000)
        #expect(throttle.pass("a", at: start) == 0)
        #expect(throttle.pass("a", at: start + .milliseconds(10)) == nil)
        #expect(throttle.pass("a", at: start + .milliseconds(999)) == nil)
        #expect(throttle.pass("b", at: start) == 0)
        #expect(throttle.pass("a", at: start + .seconds(1)) == 2)
    }

    @Test(
        "tells the time like the calendar does",
        arguments: [0, 951_782_399_999, 951_782_400_000, 1_767_261_612_447, 4_102_444_799_999, -1])
    func time(milliseconds: Int64) {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime]
        let second = (milliseconds - ((milliseconds % 1000) + 1000) % 1000) / 1000
        let expected = formatter.string(from: Date(timeIntervalSince1970: TimeInterval(second)))
        #expect(Timestamp(millisecondsSince1970: milliseconds).iso8601.prefix(19) == expected.prefix(19))
    }
}

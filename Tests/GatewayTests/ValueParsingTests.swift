import Testing

@testable import Gateway

@Suite("Values in the configuration")
struct ValueParsingTests {
    @Test(
        "are durations with a unit",
        arguments: [
            ("0s", Duration.zero), ("250ms", .milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)),
            ("4 h", .seconds(14_400)), ("3d", .seconds(259_200)), ("", nil), ("5", nil), ("s", nil), ("-5s", nil),
            ("1.5s", nil), ("5 weeks", nil), ("9223372036854775807d", nil), ("٣s", nil),
        ] as [(String, Duration?)])
    func durations(text: String, duration: Duration?) { #expect(Quantity.duration(text) == duration) }

    @Test(
        "are sizes with or without a unit",
        arguments: [
            ("512", 512), ("64B", 64), ("16KiB", 16_384), ("1 MiB", 1 << 20), ("2GiB", 2 << 30), ("1MB", nil),
            ("", nil), ("KiB", nil), ("-1", nil), ("9223372036854775807GiB", nil),
        ] as [(String, Int?)])
    func sizes(text: String, bytes: Int?) { #expect(Quantity.bytes(text) == bytes) }

    @Test(
        "may refer to the environment and to files",
        arguments: [
            ("plain", "plain"), ("${A}", "1"), ("x${A}y${B}z", "x1y2z"), ("$A", "$A"), ("$${A}", "${A}"),
            ("${file:secret}", "from a file"), ("$", "$"), ("{}", "{}"), ("${TRICKY}", "{ a: ${B} }"),
        ])
    func references(text: String, value: String) throws {
        let interpolation = Interpolation(
            environment: ["A": "1", "B": "2", "TRICKY": "{ a: ${B} }"],
            readFile: { $0 == "secret" ? "from a file\n" : nil })
        #expect(try interpolation.resolve(Interpolation.veil(text)) == value)
    }
}

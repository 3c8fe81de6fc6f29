import Foundation
import Testing

@testable import Sandbox

@Suite("Times as both platforms write them")
struct TimeTextTests {
    @Test(
        "Days are right around leap days and before 1970",
        arguments: [
            (0.0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-2_208_988_800, "1900-01-01T00:00:00Z"),
        ])
    func days(_ seconds: Double, _ text: String) {
        #expect(TimeText(Date(timeIntervalSince1970: seconds)).odata == text)
    }
}

import Foundation
import Relay
import Testing

@Suite("Why a delivery did not end as done")
struct ReasonTests {
    @Test("what earlier versions wrote down is still read")
    func earlier() throws {
        let json = #"{"code":"c","message":"m"}"#
        #expect(try JSONDecoder().decode(Reason.self, from: Data(json.utf8)) == Reason(code: "c", message: "m"))
    }

    @Test("the row that it waits for is kept whole, or not at all", arguments: [(1000, true), (1001, false)])
    func bounded(bytes: Int, isKept: Bool) {
        let row = String(repeating: "x", count: bytes)
        let reason = Reason(code: "c", message: "m", waitsFor: row).bounded
        #expect(reason.waitsFor == (isKept ? row : nil))
    }
}

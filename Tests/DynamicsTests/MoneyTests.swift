import Dynamics
import Foundation
import Testing

@Suite("Money on its way to D365 and back")
struct MoneyTests {
    static let amounts = [
        "49.9", "0.1", "0.3", "0.30000000000000004", "-0.01", "242", "12345678901.123456", "99999999999999999999.99",
        "123456789012345678.12", "92233720368547758.07", "0.0000000001", "12345678901234567890123456789012345678",
    ]

    @Test("An amount is written digit by digit, as a number", arguments: amounts)
    func written(_ amount: String) async throws {
        let transport = ScriptedTransport(.answer(201, #"{"Name":"A"}"#))
        let price = try #require(Decimal(string: amount))
        let _: ThingRow = try await odata(transport).create("Things", NewThing(Name: "A", Price: price))
        #expect(transport.requests.first?.text == #"{"Name":"A","Price":\#(amount)}"#)
    }

    @Test("An amount is read digit by digit", arguments: amounts + ["49.90", "242.0", "1E3", "1e-7"])
    func read(_ amount: String) async throws {
        let transport = ScriptedTransport(.answer(200, #"{"value":[{"Name":"A","Price":\#(amount)}]}"#))
        let rows: [ThingRow] = try await odata(transport).rows("Things")
        #expect(rows.first?.Price == Decimal(string: amount))
    }

    @Test("Sums of amounts are written without a trace of binary fractions")
    func sums() async throws {
        let transport = ScriptedTransport(.answer(201, #"{"Name":"A"}"#))
        let tenth = try #require(Decimal(string: "0.1"))
        let _: ThingRow = try await odata(transport)
            .create("Things", NewThing(Name: "A", Price: tenth + tenth + tenth))
        #expect(transport.requests.first?.text == #"{"Name":"A","Price":0.3}"#)
    }
}

import Relay
import Testing

@Suite("Intake")
struct IntakeTests {
    private let store = MemoryStore()
    private let rung = Tally()

    private var intake: Intake { Intake(log: store) { [rung] in rung.note($0) } }

    @Test("a stored event wakes each of its lanes")
    func wakes() async throws {
        let routes = [Route.scripted(lane: "a"), .scripted(lane: "b")]
        let receipt = try await intake.accept(.order(1, routes: routes))
        #expect(receipt == Receipt(event: EventID(1), isDuplicate: false))
        #expect(rung.names == ["a", "b"])
    }

    @Test("the same occurrence twice is one event, and wakes nobody")
    func duplicate() async throws {
        _ = try await intake.accept(.order(1, routes: []))
        let again = try await intake.accept(.order(1))
        #expect(again == Receipt(event: EventID(1), isDuplicate: true))
        #expect(rung.names.isEmpty)
    }

    @Test("an event that could not be stored is an error, and wakes nobody")
    func refused() async {
        store.fail(.append)
        await #expect(throws: StoreFault.self) { try await intake.accept(.order(1)) }
        #expect(rung.names.isEmpty)
        #expect(store.content.value.rows.isEmpty)
    }
}

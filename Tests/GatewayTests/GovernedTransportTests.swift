import Commerce
import Dynamics
import HTTPClient
import HTTPTypes
import Relay
import Synchronization
import Testing

@testable import Gateway

@Suite("Calls to the platforms, governed")
struct GovernedTransportTests {
    private typealias Reply = Result<OutboundResponse, TransportError>

    /// Answers every call alike and counts them.
    private final class Platform: HTTPTransport {
        let reply: Mutex<Reply>
        let calls = Atomic(0)

        init(_ reply: Reply) { self.reply = Mutex(reply) }

        func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
            calls.add(1, ordering: .relaxed)
            return try reply.withLock { $0 }.get()
        }
    }

    private static let clock = HandClock()

    private static func destination(failures: Int = 1) -> Destination {
        Destination(
            name: "dynamics", settings: DestinationSettings(breaker: .init(failures: failures)), clock: clock)
    }

    private static func dynamics(_ platform: Platform, _ destination: Destination) -> GovernedTransport {
        GovernedTransport(transport: platform, destination: destination) {
            ODataFault(answer: $0, to: $1, now: clock.now())
        }
    }

    private static func commerce(_ platform: Platform, _ destination: Destination) -> GovernedTransport {
        GovernedTransport(transport: platform, destination: destination) {
            CommerceFault(answer: $0, to: $1, now: clock.now())
        }
    }

    private static func entra(_ platform: Platform, _ destination: Destination) -> GovernedTransport {
        GovernedTransport(transport: platform, destination: destination, role: .signIn) { answer, _ in
            SignInFault(answer: answer, from: .entra, now: clock.now())
        }
    }

    private static let get = OutboundRequest(method: .get, url: "https://d365.example/data/CustomersV3?$top=1")
    private static let post = OutboundRequest(method: .post, url: "https://d365.example/data/CustomersV3")

    private static func answer(
        _ status: Int, _ body: String = "", _ headers: HTTPFields = [:]
    ) -> Result<OutboundResponse, TransportError> {
        .success(OutboundResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    private static let crash =
        #"{"error":{"code":"","message":"An error has occurred.","innererror":{"message":"X"}}}"#
    private static let infolog =
        #"{"error":{"message":"Write failed for table row. Infolog: Error: Item X does not exist.; "}}"#

    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var transport: @Sendable (Result<OutboundResponse, TransportError>) -> (GovernedTransport, Destination)
        var reply: Result<OutboundResponse, TransportError>
        var opens: Bool

        init(
            _ platform: String, _ name: String, _ reply: Result<OutboundResponse, TransportError>, opens: Bool
        ) {
            testDescription = "\(platform): \(name)"
            self.reply = reply
            self.opens = opens
            transport = { reply in
                let destination = GovernedTransportTests.destination()
                let stub = Platform(reply)
                return switch platform {
                case "D365": (GovernedTransportTests.dynamics(stub, destination), destination)
                case "Commerce": (GovernedTransportTests.commerce(stub, destination), destination)
                default: (GovernedTransportTests.entra(stub, destination), destination)
                }
            }
        }
    }

    static let rows = [
        Row("D365", "an answer", answer(200, "{}"), opens: false),
        Row("D365", "a wrong request", answer(400, crash), opens: false),
        Row("D365", "a token that may be stale", answer(401), opens: false),
        Row("D365", "a missing right", answer(403), opens: false),
        Row("D365", "no such row", answer(404), opens: false),
        Row("D365", "a business rule, as 500", answer(500, infolog), opens: false),
        Row("D365", "an exception, outside of a delivery", answer(500, crash), opens: false),
        Row("D365", "a 500 of somebody else", answer(500, "<html>"), opens: true),
        Row("D365", "408", answer(408), opens: true),
        Row("D365", "502", answer(502), opens: true),
        Row("D365", "503", answer(503), opens: true),
        Row("D365", "504", answer(504), opens: true),
        Row("D365", "a page with a good status", answer(200, "<html>", [.contentType: "text/html"]), opens: true),
        Row("D365", "no connection", .failure(.notConnected("refused")), opens: true),
        Row("D365", "no answer", .failure(.interrupted("deadline")), opens: true),
        Row("D365", "an answer that is too long", .failure(.responseTooLarge(limit: 1)), opens: false),
        Row("D365", "a cancelled call", .failure(.cancelled), opens: false),
        Row("D365", "a request that cannot be sent", .failure(.invalidRequest("x")), opens: false),
        Row("Commerce", "an answer", answer(200, "{}"), opens: false),
        Row("Commerce", "a refusal", answer(400, #"{"message":"No."}"#), opens: false),
        Row("Commerce", "a token that it does not accept", answer(401, #"{"message":"No."}"#), opens: true),
        Row("Commerce", "a deadlock", answer(400, #"{"message":"Deadlock found"}"#), opens: false),
        Row("Commerce", "an exception, outside of a delivery", answer(500, #"{"message":"Oops."}"#), opens: false),
        Row("Commerce", "a maintenance page", answer(503, "<html>", [.contentType: "text/html"]), opens: true),
        Row("Commerce", "504", answer(504), opens: true),
        Row("Entra", "a token", answer(200, "{}"), opens: false),
        Row("Entra", "a refusal, which the flow will report", answer(401), opens: false),
        Row("Entra", "503", answer(503), opens: true),
        Row("Entra", "no connection", .failure(.notConnected("refused")), opens: true),
    ]

    @Test("what comes back tells whether the destination or the record is in trouble", arguments: rows)
    func bearing(_ row: Row) async {
        let (transport, destination) = row.transport(row.reply)
        _ = try? await transport.send(Self.get)
        #expect((destination.overview.breaker == .open) == row.opens)
        #expect(destination.overview.inFlight == 0)
    }

    @Test("what came back is handed on as it is")
    func handsOn() async throws {
        let platform = Platform(Self.answer(418, "tea"))
        let transport = Self.dynamics(platform, Self.destination())
        #expect(try await transport.send(Self.get).status == 418)
        platform.reply.withLock { $0 = .failure(.notConnected("refused")) }
        await #expect(throws: TransportError.notConnected("refused")) { try await transport.send(Self.get) }
    }

    @Test("while it is open no call leaves, and the error says for how long and why")
    func held() async {
        let platform = Platform(.failure(.notConnected("refused")))
        let transport = Self.dynamics(platform, Self.destination())
        _ = try? await transport.send(Self.post)
        let error = await #expect(throws: TransportError.self) { try await transport.send(Self.post) }
        #expect(platform.calls.load(ordering: .relaxed) == 1)
        guard case .held(let detail) = error else { return #expect(Bool(false), "\(error as Any)") }
        #expect(detail.hasPrefix("it is left alone for 5s: "))
        #expect(detail.contains("not connected: refused"))
        #expect(error?.outcomeIsUnclear == false)
    }

    @Test(
        "a 429 is kept by all who call, for as long as it says",
        arguments: [("7", 7), ("", 30)])
    func throttled(_ field: String, seconds: Int) async {
        let destination = Self.destination()
        let platform = Platform(Self.answer(429, "", field.isEmpty ? [:] : [.retryAfter: field]))
        let transport = Self.dynamics(platform, destination)
        _ = try? await transport.send(Self.get)
        _ = try? await transport.send(Self.get)
        _ = try? await Self.entra(platform, destination).send(Self.post)
        #expect(platform.calls.load(ordering: .relaxed) == 1)
        #expect(destination.hold == .seconds(seconds))
        #expect(destination.overview.tally.throttled == 1)
    }

    @Test("crashes over different records open it, over one record they don't")
    func crashes() async {
        let destination = Self.destination(failures: 3)
        let transport = Self.dynamics(Platform(Self.answer(500, Self.crash)), destination)
        for _ in 0..<10 { _ = try? await transport.send(Self.get) }
        #expect(destination.overview.breaker == .closed)
    }
}

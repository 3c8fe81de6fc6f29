import HTTPClient
import HTTPTypes
import Relay
import SignIn
import Testing

@testable import Dynamics

private let place = ServiceBusPlace(namespace: "https://contoso.servicebus.windows.net/", queue: "d365-events")
private let signature = ServiceBusSignature(policy: "causeway", key: "c2VjcmV0a2V5")

private func message(_ properties: String, location: String? = nil) -> OutboundResponse {
    var response = OutboundResponse(status: 201, body: Array("{}".utf8))
    if let name = HTTPField.Name("BrokerProperties") { response.headers[name] = properties }
    response.headers[.location] = location
    return response
}

private let properties = #"{"SequenceNumber":7,"LockToken":"l-1","DeliveryCount":2,"MessageId":"m-1"}"#

@Suite("Service Bus over REST")
struct ServiceBusTests {
    private func client(
        _ transport: ScriptedTransport, _ credential: ServiceBusCredential = .signature(signature)
    ) -> ServiceBusClient {
        ServiceBusClient(place: place, credential: credential, transport: transport, clock: ManualClock())
    }

    /// Computed with `openssl dgst -sha256 -hmac` over the text that the documentation describes.
    @Test("signs access as Azure documents it: the key as text, the scope percent-encoded, seconds since 1970")
    func vector() {
        let header = signature.authorization(
            for: place.url, until: Timestamp(millisecondsSince1970: 1_767_265_200_999))
        #expect(
            header == "SharedAccessSignature sr=https%3A%2F%2Fcontoso.servicebus.windows.net%2Fd365-events"
                + "&sig=TDhH51MtPR%2B79AUwWWC8mDDiXzZF2unLr%2FUmwvgpliE%3D&se=1767265200&skn=causeway")
    }

    @Test("names queues and subscriptions as Azure does")
    func places() {
        #expect(place.url == "https://contoso.servicebus.windows.net/d365-events")
        let subscription = ServiceBusPlace(namespace: "https://c.example", topic: "erp/events", subscription: "a b")
        #expect(subscription.url == "https://c.example/erp/events/subscriptions/a%20b")
    }

    @Test("locks the next message, and completes, abandons and renews at its lock")
    func life() async throws {
        let lock = "https://contoso.servicebus.windows.net/d365-events/messages/7/l-1"
        let transport = ScriptedTransport(
            .success(message(properties, location: lock)), .answer(200), .answer(200), .answer(200))
        let client = client(transport)
        let found = try #require(try await client.receive())
        #expect(found.sequenceNumber == 7 && found.deliveryCount == 2 && found.messageID == "m-1")
        #expect(found.body == Array("{}".utf8))
        try await client.renew(found)
        try await client.abandon(found)
        try await client.complete(found)
        let requests = transport.requests
        #expect(requests.map(\.method) == [.post, .post, .put, .delete])
        #expect(requests[0].url == "\(place.url)/messages/head?timeout=55")
        #expect(requests.dropFirst().allSatisfy { $0.url == lock })
        #expect(requests.allSatisfy { $0.headers[.authorization]?.hasPrefix("SharedAccessSignature ") == true })
        // Longer than the server waits.
        #expect(requests[0].timeout > .seconds(55))
    }

    @Test(
        "sends its signature to no other server, whatever the answer names as the lock",
        arguments: [
            "https://evil.example/d365-events/messages/7/l-1",
            "https://contoso.servicebus.windows.net.evil.example/x",
            "https://contoso.servicebus.windows.net@evil.example/x", "http://contoso.servicebus.windows.net/x", nil,
        ])
    func foreignLock(_ location: String?) async throws {
        let transport = ScriptedTransport(
            .success(message(properties, location: location)), .success(OutboundResponse(status: 200)))
        let client = client(transport)
        try await client.complete(try #require(try await client.receive()))
        #expect(transport.requests[1].url == "\(place.url)/messages/7/l-1")
    }

    @Test("tells an empty queue from a message without a lock")
    func empty() async throws {
        #expect(
            try await client(ScriptedTransport(.answer(204))).receive() == nil)
        for broken in ["", "{", "[]", #"{"SequenceNumber":7}"#, #"{"LockToken":"l"}"#] {
            let error = await #expect(throws: ServiceBusFault.self) {
                try await client(ScriptedTransport(.success(message(broken)))).receive()
            }
            #expect(error?.failureKind == .unexpected)
        }
    }

    @Test(
        "says what each refusal means",
        arguments: [
            (401, "service-bus-unauthorized", FailureKind.signInRefused), (403, "service-bus-forbidden", .forbidden),
            (404, "service-bus-unknown-place", .misconfigured), (410, "service-bus-unknown-place", .misconfigured),
            (429, "service-bus-throttled", .throttled), (500, "service-bus-unavailable", .unavailable),
            (503, "service-bus-unavailable", .unavailable), (400, "service-bus-rejected", .misconfigured),
        ])
    func refusals(_ status: Int, _ code: String, _ kind: FailureKind) async throws {
        let body = Array("<Error><Code>\(status)</Code><Detail>The reason.\r\n Really</Detail></Error>".utf8)
        let transport = ScriptedTransport(
            .success(OutboundResponse(status: status, headers: [.retryAfter: "7"], body: body)))
        let error = await #expect(throws: ServiceBusFault.self) { try await client(transport).receive() }
        #expect(error?.reason.code == code && error?.failureKind == kind)
        if [429, 500, 503].contains(status) { #expect(error?.retryAfter == .seconds(7)) }
        if [401, 403, 400].contains(status) { #expect(error?.description.contains("The reason. Really") == true) }
        #expect(transport.requests.count == 1)
    }

    @Test("knows a lost lock from a lost queue", arguments: [404, 410])
    func lockLost(_ status: Int) async throws {
        let transport = ScriptedTransport(
            .success(message(properties)), .answer(status))
        let client = client(transport)
        let found = try #require(try await client.receive())
        await #expect(throws: ServiceBusFault.lockLost) { try await client.complete(found) }
    }

    @Test("asks once more with a fresh token after a 401, and no more than once")
    func freshToken() async throws {
        let tokens = CountedTokens()
        let refused = OutboundResponse(status: 401)
        let transport = ScriptedTransport(
            .success(refused), .success(OutboundResponse(status: 204)), .success(refused), .success(refused))
        let client = client(transport, .entra(tokens))
        #expect(try await client.receive() == nil)
        #expect(transport.requests.map { $0.headers[.authorization] } == ["Bearer t1", "Bearer t2"])
        await #expect(throws: ServiceBusFault.self) { try await client.receive() }
        #expect(transport.requests.count == 4)
    }

    @Test("shows neither key nor signature in an error")
    func secrets() async throws {
        let transport = ScriptedTransport(.failure(.notConnected("no route to contoso.servicebus.windows.net")))
        let error = await #expect(throws: ServiceBusFault.self) { try await client(transport).receive() }
        let text = "\(String(describing: error)) \(error?.reason.description ?? "")"
        #expect(!text.contains("c2VjcmV0a2V5") && !text.contains("sig="))
    }
}

/// `t1`, then `t2` after that was refused, and so on.
private actor CountedTokens: AccessTokenSource {
    private var count = 1
    func token() -> String { "t\(count)" }
    func invalidate(_ token: String) { if token == "t\(count)" { count += 1 } }
}

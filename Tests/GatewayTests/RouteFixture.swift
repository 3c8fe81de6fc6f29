import Cryptography
import Dynamics
import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import Logging
import Mapping
import Relay
import StoreConformance
import Synchronization

@testable import Gateway

/// A clock that stands until it is set.
final class HandClock: WallClock {
    private let moment = Mutex(Timestamp(millisecondsSince1970: 1_767_261_612_447))

    func now() -> Timestamp { moment.withLock { $0 } }
    func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
    func sleep(until moment: Timestamp) async throws { throw CancellationError() }
}

struct NoTransport: HTTPTransport {
    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse { throw .cancelled }
}

/// All routes over a fake store.
struct RouteFixture {
    let store: FakeStore
    let clock = HandClock()
    let metrics: GatewayMetrics
    let destinations: Destinations
    let dispatcher: Dispatcher
    let signals: AlertSignals
    let table: RouteTable
    let bulk: BulkChanges
    let jobBook = MemoryJobBook()
    let valueBook: MemoryValueBook
    let values: ValueKeeper
    let reconciliations = MemoryReconciliationBook()
    let orderTimes: OrderTimes

    init(
        store: FakeStore = FakeStore(), values rows: [ValueTableRow] = [], awaited: [AwaitedValue] = [],
        alerts: AlertWatch? = nil, transport: any HTTPTransport = NoTransport(),
        configuration change: (inout GatewayConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = try ConfigurationFixture.read()
        configuration.relay.intakeOnly = true
        configuration.commerce.events = CommerceEventSettings(
            clientID: AdobeSender.clientID, publicKeys: [try AdobeSender.key.get().publicKeyPEM])
        change(&configuration)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let metrics = GatewayMetrics(kinds: configuration.eventKinds)
        destinations = Destinations(configuration.relay, clock: clock, observer: SilentObserver())
        dispatcher = Dispatcher(
            settings: configuration.dispatcherSettings, flows: [], queue: store, memory: store, links: store,
            controls: store, destinationMemory: store, destinations: destinations.all, clock: clock)
        self.store = store
        self.metrics = metrics
        orderTimes = OrderTimes(rule: configuration.alerts.rules.orderTime, clock: clock)
        signals = AlertSignals(window: .seconds(60), clock: clock)
        let platforms = try Platforms(configuration, transport: NoTransport())
        var routes = GatewayRoutes(
            configuration: configuration,
            inbound: try InboundSignIn(configuration, transport: transport, clock: clock), log: store,
            store: store, dispatcher: dispatcher, isStopping: { false }, metrics: metrics,
            relay: RelayMetrics(metrics: metrics), clock: clock,
            keeper: StoreKeeper(configuration, store: store, clock: clock, logger: logger), signals: signals)
        routes.alerts = alerts
        valueBook = MemoryValueBook(awaited: awaited)
        values = ValueKeeper(ValueSnapshot(configuration.values, rows: rows), book: valueBook)
        routes.values = values
        routes.jobs = JobRoutes(book: jobBook, runner: DataJobRunner(client: platforms.dataManagement, book: jobBook))
        let desk = try MappingDesk(configuration.mapping)
        let flows = platforms.flows(
            configuration: configuration, links: store, mappings: desk.live, values: NoValues())
        routes.mappings = MappingRoutes(
            desk: desk, trial: MappingTrial(flows, values: NoValues(), bodies: store), acts: store, clock: clock)
        routes.assurance = OrderAssurance(times: orderTimes, book: reconciliations)
        table = routes.table(logger: logger)
        bulk = routes.bulk
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, query: String? = nil, headers: HTTPFields = [:],
        body: String = ""
    ) async -> Response {
        await table.router.respond(
            to: Request(method: method, path: path, query: query, headers: headers, body: Array(body.utf8)))
    }

    /// - Parameter signature: Made with the configured secret if there is none.
    func webhook(_ body: String, kind: String = "order", signature: String? = nil) async -> Response {
        await send(
            .post, "/webhooks/commerce/\(kind)", headers: Self.signed(body, signature ?? Self.signature(of: body)),
            body: body)
    }

    func asOperator(
        _ method: HTTPRequest.Method, _ path: String, query: String? = nil, body: String = "",
        token: String = "unguessable-operator-token"
    ) async -> Response {
        await send(
            method, "/operator/v1" + path, query: query, headers: [.authorization: "Bearer \(token)"], body: body)
    }

    static func signature(of body: String) -> String {
        let secret = ConfigurationFixture.environment["WEBHOOK_SECRET"] ?? ""
        return Hex.encode(HMACSHA256.code(key: Array(secret.utf8), message: Array(body.utf8)))
    }

    private static func signed(_ body: String, _ signature: String) -> HTTPFields {
        HTTPField.Name("x-adobe-commerce-webhook-signature").map { [$0: signature] } ?? [:]
    }
}

extension Response {
    var text: String { String(decoding: body, as: UTF8.self) }

    /// A value of the JSON body.
    func json(_ key: String) -> String? {
        let object = (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
        return object?[key].map { "\($0)" }
    }

    var problemDetail: String { json("detail") ?? "" }
}

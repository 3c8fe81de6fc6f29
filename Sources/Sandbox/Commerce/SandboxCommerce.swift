import Cryptography
import Foundation
import HTTPClient
public import HTTPServer
public import HTTPTypes
import Synchronization

/// The simulated Adobe Commerce: an order book, shelves for all other records, its REST interface, and its webhooks.
public final class SandboxCommerce: Responder {
    public let faults: SandboxFaults
    /// Who is let in, and what goes wrong with that.
    public let signIn: ShopSignIn
    /// What a receiver verifies RSA-signed webhooks with.
    public let publicKeyPEM: String

    private let configuration: SandboxCommerceConfiguration
    let book: CommerceBook
    let desk: ShopDesk
    private let counters = RequestCounters()
    private let signer: WebhookSigner
    private let transport: any HTTPTransport
    private let webhookURL = Mutex<String?>(nil)
    private let api: ShopDoor
    /// Records that were written; what nobody waits for is told one after the other.
    private let written: AsyncStream<ShopNews>.Continuation
    private static let maxWritten = 10_000
    /// Of records by people.
    let saves = Mutex(0)

    init(
        configuration: SandboxCommerceConfiguration, scheme: String, transport: any HTTPTransport, seed: UInt64,
        now: @escaping @Sendable () -> Date, journal: EffectJournal
    ) throws {
        self.configuration = configuration
        self.transport = transport
        let key = try configuration.signingKeyPEM.map { try RSAPrivateKey(pem: $0) } ?? .generate(bits: 2048)
        publicKeyPEM = key.publicKeyPEM
        signer = WebhookSigner(signing: configuration.signing, key: key)
        book = CommerceBook(now: now)
        desk = ShopDesk(book: book, shelves: ShopShelves(), faults: ShopFaults(), journal: journal, now: now)
        faults = SandboxFaults(configuration.faults, seed: seed)
        let (writes, written) = AsyncStream<ShopNews>.makeStream(bufferingPolicy: .bufferingNewest(Self.maxWritten))
        self.written = written
        let tells = configuration.sendsWebhooksAfterWrites
        signIn = ShopSignIn(
            configuration.signIn, bearerToken: configuration.bearerToken, scheme: scheme, now: now)
        let gate = FaultGate(
            faults: faults, answers: CommerceRefusal.faults,
            inner: CommerceAPI(
                book: book, desk: desk, paas: try .of(.paas), saas: try .of(.saas), signIn: signIn,
                journal: journal, counters: counters,
                onWrite: { if tells { written.yield($0) } }, onCreate: { written.yield(.order($0)) }))
        api = ShopDoor(signIn: signIn, counters: counters, inner: gate)
        Task { [weak self] in
            for await news in writes { await self?.tell(of: news) }
        }
    }

    deinit { written.finish() }

    /// Whatever comes of it: Commerce does not repeat a webhook.
    private func tell(of news: ShopNews) async { try? await send(news) }

    /// The REST interface, faults included.
    public func respond(to request: Request) async -> Response { await api.respond(to: request) }

    var hasWebhookURL: Bool { webhookURL.withLock { $0 != nil } }

    func setWebhookURL(_ url: String?) { webhookURL.withLock { $0 = url } }

    /// A free increment id of that store.
    public func newIncrementID(storeID: Int = 1) -> String { book.newIncrementID(storeID: storeID) }

    /// Stores an order without telling anybody: for load generators that send the webhook themselves.
    /// - Returns: Its entity id.
    @discardableResult
    public func register(_ order: SandboxOrder) throws(SandboxError) -> Int { try book.add(order).entityID }

    /// Stores an order and sends its webhook. An answer of any status is a result; Commerce never repeats a webhook.
    @discardableResult
    public func place(_ order: SandboxOrder) async throws(SandboxError) -> PlacedOrder {
        try register(order)
        return try await sendWebhook(incrementID: order.incrementID)
    }

    /// Sends the webhook of an order as it is now, again if it was sent before.
    public func sendWebhook(incrementID: String) async throws(SandboxError) -> PlacedOrder {
        guard let order = book.order(incrementID: incrementID) else { throw .unknownOrder(incrementID: incrementID) }
        guard let url = webhookURL.withLock({ $0 }) else { throw .noWebhookURL }
        let (body, headers) = try webhook(of: order)
        let request = OutboundRequest(
            method: .post, url: url, headers: headers, body: body, timeout: configuration.webhookTimeout,
            maxResponseBytes: Self.maxWebhookAnswerBytes)
        let start = ContinuousClock.now
        func placed(status: Int?, failure: String?) -> PlacedOrder {
            PlacedOrder(
                entityID: order.entityID, incrementID: incrementID, status: status, elapsed: .now - start,
                failure: failure)
        }
        do throws(TransportError) {
            let answer = try await transport.send(request)
            return placed(status: answer.status, failure: nil)
        } catch {
            return placed(status: nil, failure: "\(error)")
        }
    }

    private static let maxWebhookAnswerBytes = 1 << 20

    /// Posts the webhook of a record that is no order where webhooks of its kind go.
    /// - Returns: The status of the answer; `nil` if none came.
    func post(_ body: [UInt8], kind: String) async throws(SandboxError) -> Int? {
        guard let orders = webhookURL.withLock({ $0 }), let slash = orders.lastIndex(of: "/") else {
            throw .noWebhookURL
        }
        let request = OutboundRequest(
            method: .post, url: orders[...slash] + kind, headers: try signer.headers(for: body), body: body,
            timeout: configuration.webhookTimeout, maxResponseBytes: Self.maxWebhookAnswerBytes)
        return try? await transport.send(request).status
    }

    /// A person changes the address of a stored order in the shop, which sends its webhook.
    @discardableResult
    public func changeAddress(
        incrementID: String, _ change: (inout SandboxOrder.Address) -> Void
    ) async throws(SandboxError) -> PlacedOrder {
        guard book.changePlaced(incrementID: incrementID, { change(&$0.address) }) else {
            throw .unknownOrder(incrementID: incrementID)
        }
        return try await sendWebhook(incrementID: incrementID)
    }

    /// Changes an order as a person does in the shop's back end. Sends nothing.
    public func setStatus(_ status: String, incrementID: String) throws(SandboxError) {
        guard let order = book.order(incrementID: incrementID),
            (try? book.update(entityID: order.entityID, { $0.status = status })) != nil
        else { throw .unknownOrder(incrementID: incrementID) }
    }

    /// The signed webhook of a stored order, not sent.
    public func webhook(incrementID: String) throws(SandboxError) -> (body: [UInt8], headers: HTTPFields) {
        guard let order = book.order(incrementID: incrementID) else { throw .unknownOrder(incrementID: incrementID) }
        return try webhook(of: order)
    }

    /// The signed webhook of an order, which is stored first unless it is already.
    public func webhook(for order: SandboxOrder) throws(SandboxError) -> (body: [UInt8], headers: HTTPFields) {
        if let stored = book.order(incrementID: order.incrementID) { return try webhook(of: stored) }
        return try webhook(of: try book.add(order))
    }

    private func webhook(of order: CommerceOrder) throws(SandboxError) -> (body: [UInt8], headers: HTTPFields) {
        let body = WebhookPayload(order: order, event: configuration.webhookEvent).bytes
        return (body, try signer.headers(for: body))
    }

    public func snapshot() -> CommerceSnapshot {
        CommerceSnapshot(
            orders: book.orders.map(CommerceSnapshot.Order.init),
            invoices: book.invoices.map(CommerceSnapshot.Invoice.init))
    }

    /// One order, without copying all of them.
    public func order(incrementID: String) -> CommerceSnapshot.Order? {
        book.order(incrementID: incrementID).map(CommerceSnapshot.Order.init)
    }

    /// Calls of the REST interface that reached a route, by route: `POST /V1/orders`.
    public var requestCounts: [String: Int] { counters.snapshot }
}

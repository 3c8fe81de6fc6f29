public import Foundation
import HTTPClient
public import HTTPServer
import HTTPTypes
import JSON
import Logging
import Synchronization

/// The simulated Dynamics 365 Finance & Operations, with Entra ID, AD FS, a managed identity and a key vault beside it.
public final class SandboxDynamics: Responder {
    /// Of the OData service.
    public let faults: SandboxFaults
    /// Of the token endpoints.
    public let identityFaults: SandboxFaults

    public let serviceBus: SandboxServiceBus
    public let dataManagement: SandboxDataManagement
    public let connector: SandboxConnector

    let core: DynamicsCore
    let shippingEvents: SandboxShippingEvents
    let events: EventSender
    private let api: FaultGate
    private let signIn: FaultGate
    private let vault: KeyVaultEndpoint

    init(
        configuration: SandboxDynamicsConfiguration, transport: any HTTPTransport, seed: UInt64,
        now: @escaping @Sendable () -> Date, journal: EffectJournal, logger: Logger
    ) {
        core = DynamicsCore(configuration, journal: journal, now: now)
        serviceBus = SandboxServiceBus(configuration.serviceBus, core: core)
        dataManagement = SandboxDataManagement(core: core)
        connector = SandboxConnector(core: core)
        shippingEvents = configuration.shippingEvents
        events = EventSender(configuration, transport: transport, logger: logger)
        faults = SandboxFaults(configuration.faults, seed: seed)
        identityFaults = SandboxFaults(configuration.identityFaults, seed: seed &+ 1)
        api = FaultGate(
            faults: faults, answers: ODataRefusal.faults,
            inner: DynamicsSite(
                data: DynamicsAPI(core: core), actions: DataManagementAPI(management: dataManagement),
                connector: connector))
        signIn = FaultGate(
            faults: identityFaults, answers: EntraEndpoint.faults,
            inner: TokenEndpoints(core: core, configuration: configuration))
        vault = KeyVaultEndpoint(core: core, configuration: configuration)
    }

    /// The OData service and the token endpoints, faults included.
    public func respond(to request: Request) async -> Response {
        if TokenEndpoints.isPath(request.path) { return await signIn.respond(to: request) }
        if KeyVaultEndpoint.isPath(request.path) { return await vault.respond(to: request) }
        // Servers of their own, which F&O's faults don't touch.
        if request.path.hasPrefix(SandboxServiceBus.prefix + "/") { return await serviceBus.respond(to: request) }
        if request.path.hasPrefix(SandboxBlobs.prefix + "/") {
            return await SandboxBlobs(management: dataManagement).respond(to: request)
        }
        guard let request = core.withoutPrefix(request),
            request.path == "/data" || request.path.hasPrefix("/data/") || DynamicsSite.isConnector(request)
        else {
            return ODataRefusal.notFound("The OData service is under /data.").response
        }
        return await api.respond(to: request)
    }

    /// What the platforms know of the gateway's application, and their key vault.
    public var identity: SandboxIdentity { core.identity }

    /// What comes before `/data`, without a slash at the end. Set by starting the sandbox.
    public internal(set) var environmentURL: String {
        get { core.environmentURL }
        set { core.environmentURL = newValue }
    }

    func setEventURL(_ url: String?) { events.url = url }

    /// Makes all access tokens that were issued invalid, as if they had expired.
    public func expireTokens() { core.tokens.expireAll() }

    /// Releases an item to a legal entity, or changes it: what a person does about an order that failed for it.
    public func release(_ item: SandboxItem, dataAreaId: String) throws(SandboxError) {
        let area = dataAreaId.lowercased()
        let isKnown = core.books.withLock { books in
            guard books.hasCompany(area) else { return false }
            books.release(item, dataAreaId: area)
            return true
        }
        guard isKnown else { throw .unknownLegalEntity(dataAreaId) }
    }

    /// - Parameter status: A symbol of `CustVendorBlocked`: `No`, `Invoice`, `All`, …
    public func setOnHoldStatus(
        _ status: String, customerAccount: String, dataAreaId: String
    ) throws(SandboxError) {
        let isKnown = core.books.withLock { books in
            let area = dataAreaId.lowercased()
            guard let position = books.customers.position("CustomerAccount", customerAccount, dataAreaId: area)
            else { return false }
            books.customers.update(position) { $0["OnHoldStatus"] = .string(status) }
            return true
        }
        guard isKnown else { throw .unknownCustomer(account: customerAccount, dataAreaId: dataAreaId) }
    }

    /// Posts an invoice and sends its business event, if an endpoint is set. An event that the endpoint does not take
    /// ends in the error log, as in F&O; the invoice stays posted.
    /// - Parameter lines: Quantity by line number; `nil` is everything that is left.
    /// - Returns: The invoice's number.
    @discardableResult
    public func postInvoice(
        salesOrder: String, dataAreaId: String, lines: [Decimal: Decimal]? = nil
    ) async throws(SandboxError) -> String {
        let now = core.now()
        let invoice = try core.books.withLock { books throws(SandboxError) in
            try books.postInvoice(salesOrder: salesOrder, dataAreaId: dataAreaId, lines, at: now)
        }
        await tell(of: invoice)
        return invoice.number
    }

    /// Posts one invoice for all that is left of several orders, and sends its business event, which names none of them.
    @discardableResult
    public func postSummaryInvoice(salesOrders: [String], dataAreaId: String) async throws(SandboxError) -> String {
        let now = core.now()
        let invoice = try core.books.withLock { books throws(SandboxError) in
            try books.postSummaryInvoice(salesOrders: salesOrders, dataAreaId: dataAreaId.lowercased(), at: now)
        }
        await tell(of: invoice)
        return invoice.number
    }

    func tell(of invoice: PostedInvoice) async {
        let body = BusinessEvent.invoicePosted(
            invoice, controlNumber: events.nextControlNumber(), at: core.now())
        if serviceBus.takesEvents { serviceBus.send(body) }
        await events.send(EventSender.Event(body: body, subject: invoice.number))
    }

    /// Raises a business event of the company's own.
    /// - Parameter fields: What it says beside the fields that all events have.
    func raise(_ id: String, _ dataAreaId: String, _ fields: JSONObject, subject: String) async {
        let body = BusinessEvent.own(
            id, dataAreaId, fields, controlNumber: events.nextControlNumber(), at: core.now())
        if serviceBus.takesEvents { serviceBus.send(body) }
        await events.send(EventSender.Event(body: body, subject: subject))
    }

    /// Sends the test message that F&O sends when an event is activated on an endpoint.
    /// - Returns: Whether the endpoint took it.
    @discardableResult
    public func sendTestEvent() async throws(SandboxError) -> Bool {
        guard events.url != nil else { throw .noEventURL }
        let company = core.books.withLock { $0.defaultCompany }
        return await events.send(EventSender.Event(body: BusinessEvent.test(legalEntity: company), subject: "test"))
    }

    /// Sends what is in the error log once more, as a person does there by *Resend*.
    /// - Returns: How many the endpoint took.
    @discardableResult
    public func resendFailedEvents() async -> Int {
        var taken = 0
        for event in events.takeErrors() where await events.send(event) { taken += 1 }
        return taken
    }

    public func snapshot() -> DynamicsSnapshot {
        // Copied first (the tables are copy-on-write), so that requests don't wait while it is read.
        DynamicsSnapshot(core.books.withLock { $0 }, eventErrors: events.errors.map(\.subject))
    }

    /// The orders with that reference, without copying all of them.
    public func orders(reference: String, dataAreaId: String) -> [DynamicsSnapshot.Order] {
        let area = dataAreaId.lowercased()
        return core.books.withLock { books in
            books.orders.positions("CustomersOrderReference", reference).map { books.orders.rows[$0] }
                .filter { $0.dataAreaId == area }.map { books.order($0) }
        }
    }

    /// What was created twice.
    public func doubles() -> DynamicsDoubles { DynamicsDoubles(core.books.withLock { $0 }) }

    /// Calls by route: `POST /data/SalesOrderHeadersV2`.
    public var requestCounts: [String: Int] { core.counters.snapshot }
}

import HTTPServer
import HTTPTypes
import Relay

/// `/health/live`, `/health/ready`, `/status` and `/metrics`: for machines that watch, without a token.
struct MonitoringRoutes: Sendable {
    let readiness: Readiness
    let inspection: any Inspection
    let metrics: GatewayMetrics
    let access: OperatorAccess
    let startedAt: Timestamp
    let clock: any WallClock
    let credentials: [ListenerRole: TLSCredentials]
    let standings: @Sendable () -> Standings
    var keeper: StoreKeeper?
    var sources: [SourceBook] = []
    var assurance: OrderAssurance?

    func addHealth(to routes: inout RouteTable) {
        let live = Response.json(Array(#"{"status":"live"}"#.utf8))
        routes.on(.get, "/health/live", immediately: { _, _ in live })
        routes.on(.get, "/health/ready") { _, _ in await ready() }
    }

    func addPages(to routes: inout RouteTable) {
        routes.on(.get, "/status") { request, _ in try await status(request) }
        routes.on(.get, "/metrics") { _, _ in try await metricsPage() }
    }

    private func ready() async -> Response {
        let report = await readiness.report()
        let warnings = CertificateReport(credentials, now: clock.now()).warnings
        let page = ReadinessPage(
            status: report.isReady ? "ready" : "not ready", problems: report.problems,
            warnings: warnings.isEmpty ? nil : warnings)
        var response = OperatorJSON.response(page, status: report.isReady ? .ok : .serviceUnavailable)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Reasons quote records, so their text is for holders of the operator token; the codes are for everybody.
    private func status(_ request: Request) async throws -> Response {
        let now = clock.now()
        let report = await readiness.report()
        let showsReasons = access.allows(request)
        var page = StatusPage(
            lanes: try await overviews(now), standings: standings(), report: report, startedAt: startedAt, now: now,
            showsReasons: showsReasons)
        page.sources = sources.map { SourceJSON($0.standing, showsReason: showsReasons) }
        page.orderToSalesOrder = assurance.map { OrderTimesJSON($0.times, at: now) }
        if let synthetic = assurance?.synthetic {
            page.syntheticOrder = await SyntheticOrderJSON(synthetic, showsReason: showsReasons)
        }
        return OperatorJSON.response(page)
    }

    private func metricsPage() async throws -> Response {
        let now = clock.now()
        let standings = standings()
        var text =
            metrics.page(lanes: try await overviews(now), now: now)
            + DestinationMetrics(destinations: standings.destinations, lanes: standings.lanes).text
            + CertificateReport(credentials, now: now).metrics
            + SourceMetrics(sources: sources.map(\.standing)).text
        if let assurance { text += await assurance.metrics() }
        if let keeper { text += await StoreMetrics(keeper: keeper).text() }
        return Response(
            status: .ok, headers: [.contentType: PrometheusText.contentType], body: Array(text.utf8))
    }

    private func overviews(_ now: Timestamp) async throws -> [LaneOverview] {
        do {
            return try await inspection.everyLane(now: now)
        } catch let fault as StoreFault {
            throw Problem.unreadable(fault)
        }
    }
}

private struct ReadinessPage: Encodable {
    var status: String
    var problems: [String]
    /// What should be mended although requests are answered; left out if there is nothing.
    var warnings: [String]?
}

import Commerce
import Dynamics
import Flows
import Logging
import Relay

/// All lists that are asked for what is new.
struct Polling: Sendable {
    let pollers: [Poller]

    /// Works until it is cancelled; then it ends when the pages in hand are stored or given up.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for poller in pollers { group.addTask { await poller.run() } }
        }
    }
}

extension GatewayConfiguration {
    /// - Returns: Nothing is asked unless it is configured.
    func pollingOf(
        _ platforms: Platforms, _ routes: GatewayRoutes, cursors: any CursorBook, logger: Logger
    ) -> Polling {
        func poller(_ source: any PollSource, _ settings: PollSettings, _ alert: AlertSource) -> Poller {
            Poller(
                source, settings, cursors: cursors, intake: routes.intake, signals: routes.signals,
                alertSource: alert,
                clock: routes.clock, logger: logger)
        }
        let shop = polling.commerce.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, settings in
            poller(commerceSource(kind, settings, platforms.commerce), settings, .commercePolling)
        }
        let erp = polling.dynamics.map { settings in
            poller(dynamicsSource(settings, platforms.dynamics), settings.poll, .dynamicsPolling)
        }
        return Polling(pollers: shop + erp)
    }

    private func commerceSource(
        _ kind: CommerceRecordKind, _ settings: PollSettings, _ client: CommerceClient
    ) -> any PollSource {
        let routes = relay.recordRoutes[kind] ?? []
        guard kind.isStamped else {
            let list = CommerceRecords(kind: kind, pageSize: settings.pageSize, client: client, routes: routes)
            return RowScan(
                name: "commerce/\(kind.listName)", place: kind.listPath, from: settings.from, list: list)
        }
        return CommerceChanges(kind: kind, settings: settings, client: client, routes: routes)
    }

    private func dynamicsSource(
        _ settings: EntityPollSettings, _ client: DynamicsClient
    ) -> any PollSource {
        let events = EntityEvents(
            settings: settings, legalEntities: legalEntities.all,
            routes: dynamics.businessEvents.routes.mapValues(relay.route(of:)))
        switch settings.cursor {
        case .date(let property):
            return DynamicsDocuments(settings: settings, dateProperty: property, client: client, events: events)
        case .digest(let window):
            return RowScan(
                name: settings.name, place: "GET /data/\(settings.entitySet)", from: settings.poll.from,
                list: DynamicsRows(settings: settings, window: window, client: client, events: events))
        }
    }
}

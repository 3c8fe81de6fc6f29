import Commerce
import Cryptography
import Dynamics
import JSON
public import Relay

/// Mends a finding. It looks at both sides again first: what is in order by now needs no repair, so a repair that is
/// asked for twice has its effect once.
public struct FindingRepair: Sendable {
    /// A finding that nothing here can mend.
    public struct NeedsPerson: Error, Equatable, CustomStringConvertible {
        public var description: String
    }

    public typealias Store = Inspection & Repair & LinkRepair

    private let look: PlatformLook
    private let store: any Store
    private let road: RepairRoad

    public init(
        _ context: FlowContext, store: any Store, policy: ReconciliationPolicy,
        road: RepairRoad
    ) {
        look = PlatformLook(context: context, inspection: store, policy: policy)
        self.store = store
        self.road = road
    }

    /// - Returns: What was done, for a person.
    /// - Throws: `NeedsPerson`, a `DeliveryFault` of a platform, or a `StoreFault`; nothing is done by halves then, and
    ///   it can be asked for again.
    public func perform(_ finding: ReconciliationFinding, of id: ReconciliationID, act: OperatorAct) async throws
        -> String
    {
        guard let order = finding.near else { throw Self.needsPerson(finding) }
        let found = try await look.compare(incrementIDs: [order])
        guard let difference = found.first(where: { $0.isSame(as: finding) }) else {
            return "Both sides agree by now; nothing was done."
        }
        guard let repair = difference.repair else { throw Self.needsPerson(finding) }
        let mark = "reconciliation \(id)/\(finding.number)"
        switch repair {
        case .replay(let event): return try await replay(event, act)
        case .takeIn(let links): return try await takeIn(order, links, mark, act)
        case .writeBack(let number): return try await writeBack(number, order)
        case .announce(let what, let links): return try await announce(what, difference, links, mark, act)
        }
    }

    private static func needsPerson(_ finding: ReconciliationFinding) -> NeedsPerson {
        NeedsPerson(description: "\(finding.text) \(finding.advice ?? "A person has to mend it.")")
    }

    private func replay(_ event: EventID, _ act: OperatorAct) async throws -> String {
        var selection = EventSelection()
        selection.event = event
        selection.states = [.parked, .waiting]
        let page = try await store.replay(selection, isBulk: false, act: act, after: nil, limit: 1)
        guard !page.deliveries.isEmpty else {
            throw NeedsPerson(description: "Event \(event) cannot be replayed: it has moved on, or its body is gone.")
        }
        road.wakeAll()
        return "Event \(event) was put back."
    }

    /// The event says of which order, not what it is: the flow reads it from the shop.
    private func takeIn(
        _ incrementID: String, _ links: [LinkKey], _ mark: String, _ act: OperatorAct
    ) async throws -> String {
        guard let order = try await look.commerce.orderRecords(incrementIDs: [incrementID]).first?.order else {
            throw NeedsPerson(description: "Commerce does not know order \(incrementID) any more.")
        }
        let notice = OrderNotice(
            incrementID: incrementID, entityID: order.entityID, storeID: order.storeID, email: order.customer.email,
            customerID: order.customer.id)
        let body = notice.body(id: mark)
        try await store.forget(links, act: act)
        let receipt = try await road.intake.accept(
            NewEvent(
                source: "commerce", kind: OrderNotice.kind, subject: notice.subject, dedupKey: mark,
                receivedAt: act.at, body: body, bodyDigest: SHA256.hash(body), routes: road.orders,
                searchKeys: notice.searchKeys))
        return "Order \(incrementID) was taken in as event \(receipt.event)."
    }

    private func writeBack(_ number: String, _ incrementID: String) async throws -> String {
        guard let order = try await look.commerce.order(incrementID: incrementID), let id = order.entityID else {
            throw NeedsPerson(description: "Commerce does not know order \(incrementID) any more.")
        }
        try await look.commerce.setExternalOrderID(entityID: id, incrementID: incrementID, extOrderID: number)
        return "The number \(number) was written into order \(incrementID)."
    }

    private func announce(
        _ what: ReconciliationPolicy.Announcement, _ difference: Difference, _ links: [LinkKey], _ mark: String,
        _ act: OperatorAct
    ) async throws -> String {
        guard let id = road.event(what), let dataAreaID = difference.dataAreaID, let record = difference.record else {
            throw NeedsPerson(
                description: "No business event is routed to the flow of this \(what.rawValue): see "
                    + "dynamics.businessEvents.routes.")
        }
        let events = try await standIns(for: what, id, record, dataAreaID, mark)
        try await store.forget(links, act: act)
        var made: [String] = []
        for (key, event) in events {
            var standIn = try road.businessEvent(event.body, act.at)
            // What it tells of may have come before, and may have been skipped.
            standIn.dedupKey = key
            made.append("\(try await road.intake.accept(standIn).event)")
        }
        return "A business event for \(what.rawValue) \(record) was made: event \(made.joined(separator: ", "))."
    }

    /// - Returns: The events with their dedup keys: one, and for shipments one for each packing slip of the order.
    private func standIns(
        for what: ReconciliationPolicy.Announcement, _ id: String, _ record: String, _ dataAreaID: String,
        _ mark: String
    ) async throws -> [(key: String, event: StandInEvent)] {
        let event = StandInEvent(businessEventID: id, eventID: "causeway \(mark)", legalEntity: dataAreaID)
        switch what {
        case .invoice:
            let found = try await look.dynamics.salesInvoiceHeaders(invoiceNumber: record, dataAreaId: dataAreaID)
            guard let invoice = found.first else {
                throw NeedsPerson(description: "F&O does not show invoice \(record) any more.")
            }
            var event = event
            event.add(invoice)
            return [(mark, event)]
        case .shipment:
            let slips = try await look.dynamics.shipmentNumbers(
                salesOrder: record, dataAreaId: dataAreaID, in: road.shipping.entities)
            guard !slips.isEmpty else {
                throw NeedsPerson(
                    description: "F&O shows no packing slip of sales order \(record) in "
                        + "\(road.shipping.entities.headers): see dynamics.entities.shipments.")
            }
            return slips.map { slip in
                var event = event
                event.add(.SalesOrderNumber, record, road.shipping.notices)
                event.add(.PackingSlipId, slip, road.shipping.notices)
                return ("\(mark) \(slip)", event)
            }
        case .cancellation:
            var event = event
            event.add(.SalesOrderNumber, record, road.shipping.notices)
            return [(mark, event)]
        }
    }
}

extension OrderNotice {
    /// As Adobe I/O Events would tell of the order (CloudEvents 1.0).
    fileprivate func body(id: String) -> [UInt8] {
        var value: JSONObject = ["increment_id": .string(incrementID)]
        if let entityID { value.append("entity_id", .int(entityID)) }
        if let storeID { value.append("store_id", .int(storeID)) }
        return JSONWriter.bytes([
            "specversion": "1.0", "type": "causeway.reconciliation.order", "source": "causeway", "id": .string(id),
            "data": ["value": .object(value)],
        ])
    }
}

public import Commerce
public import Dynamics
public import Foundation
public import Relay

/// What is placed to see whether orders arrive.
public struct SyntheticOrder: Sendable, Equatable {
    public var storeID: Int
    /// By which such orders are recognised.
    public var email: String
    public var sku: String
    public var amount: Decimal
    public var currency: String
    public var countryID: String
    public var limit: Duration
    public var startedAt: Timestamp

    public init(
        storeID: Int, email: String, sku: String, amount: Decimal, currency: String, countryID: String,
        limit: Duration, startedAt: Timestamp
    ) {
        self.storeID = storeID
        self.email = email
        self.sku = sku
        self.amount = amount
        self.currency = currency
        self.countryID = countryID
        self.limit = limit
        self.startedAt = startedAt
    }
}

/// Places a synthetic order, waits for its number, and takes it back on both sides.
///
/// Nothing of it has to be remembered: such orders are found by their e-mail address, so what a crash has left is taken
/// back by the next trip.
public struct RoundTrip: Sendable {
    public struct Arrival: Sendable, Equatable {
        public var incrementID: String
        /// `nil` if its number did not come in time.
        public var took: Duration?
        public var problem: Reason?
    }

    private let commerce: CommerceClient
    private let dynamics: DynamicsClient
    private let legalEntities: LegalEntities
    private let clock: any WallClock

    /// How far back leftovers are looked for.
    static let leftovers = Duration.seconds(7 * 86_400)
    /// Between two looks for the number, at most.
    static let longestWait = Duration.seconds(5)

    public init(
        commerce: CommerceClient, dynamics: DynamicsClient, legalEntities: LegalEntities,
        clock: any WallClock = SystemClock()
    ) {
        self.commerce = commerce
        self.dynamics = dynamics
        self.legalEntities = legalEntities
        self.clock = clock
    }

    /// - Throws: What a platform says, or `CancellationError`.
    public func make(_ order: SyntheticOrder) async throws -> Arrival {
        try await takeBackLeftovers(of: order)
        let placed = try await commerce.createOrder(
            NewCommerceOrder(
                storeID: order.storeID, email: order.email, sku: order.sku, name: "Synthetic order",
                unitPrice: order.amount, currency: order.currency, countryID: order.countryID,
                note: "Placed by Causeway to see whether orders arrive. Not to be delivered."))
        guard let id = placed.entityID else {
            throw Verdict.park("synthetic-order-without-id", "Commerce saved the synthetic order without an id.")
        }
        let number = try await number(of: id, within: order.limit, since: order.startedAt)
        let took = clock.now() - order.startedAt
        try await takeBack(entityID: id, placed.incrementID)
        guard number != nil else {
            return Arrival(
                incrementID: placed.incrementID, took: nil,
                problem: Reason(
                    code: "no-sales-order",
                    message: "Order \(placed.incrementID) carried no sales order's number in time.",
                    advice: "See causeway trace --order \(placed.incrementID): it shows how far the order came."))
        }
        return Arrival(incrementID: placed.incrementID, took: took, problem: nil)
    }

    /// The sales order's number, as it was written into the shop; `nil` if it did not come in time.
    private func number(of entityID: Int, within limit: Duration, since start: Timestamp) async throws -> String? {
        let wait = min(Self.longestWait, limit / 20)
        while true {
            let order = try await commerce.order(entityID: entityID)
            if let number = order?.extOrderID, !number.isEmpty { return number }
            guard clock.now() - start < limit else { return nil }
            try await clock.sleep(for: wait)
        }
    }

    private func takeBackLeftovers(of order: SyntheticOrder) async throws {
        let from = order.startedAt + (.zero - Self.leftovers)
        for record in try await commerce.orderRecords(email: order.email, placedFrom: from) {
            guard let id = record.order.entityID else { continue }
            try await takeBack(entityID: id, record.order.incrementID, isEnded: record.order.state == "canceled")
        }
    }

    /// The shop first: what is cancelled there is not carried any more.
    private func takeBack(entityID: Int, _ incrementID: String, isEnded: Bool = false) async throws {
        if !isEnded { try await commerce.cancelOrder(orderID: entityID) }
        let found = try await dynamics.salesOrderOverviews(
            references: [incrementID], dataAreaIds: legalEntities.all)
        for row in found where row.SalesOrderStatus == .Backorder {
            try await dynamics.deleteSalesOrder(
                number: row.SalesOrderNumber, dataAreaId: row.dataAreaId, customersOrderReference: incrementID)
        }
    }
}

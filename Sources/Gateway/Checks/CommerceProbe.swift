import Commerce

/// Looks whether the shop lets us read what the flows read, and has the store views that the configuration names.
/// Changes nothing there.
struct CommerceProbe: Sendable {
    let commerce: CommerceClient
    /// The code of the store view that calls are made under.
    let store: String
    /// Legal entities by the id of a store view.
    let stores: [String: String]

    /// - Returns: All that is wrong with permissions and store views, a sentence or two each.
    /// - Throws: What keeps the rest from being looked at: no sign-in, no connection, no such address.
    func problems() async throws -> [String] {
        try await commerce.ping()
        var problems: [String] = []
        do {
            // No order has this id: an empty list is the answer.
            _ = try await commerce.invoices(orderID: 0)
        } catch let fault as CommerceFault where Self.concernsOneOperation(fault) {
            problems.append(ConnectionCheck.sentence(fault))
        }
        if let views = try await views() { problems += missing(among: views) }
        return problems
    }

    /// The shop's store views; `nil` where the integration may not list them, which no flow needs.
    private func views() async throws -> [CommerceStoreView]? {
        do {
            return try await commerce.storeViews()
        } catch let fault as CommerceFault where Self.concernsOneOperation(fault) {
            return nil
        }
    }

    /// The same sign-in was good for another operation.
    private static func concernsOneOperation(_ fault: CommerceFault) -> Bool {
        switch fault.kind {
        case .unauthorized, .forbidden, .rejected, .notFound, .misdirected, .unexpected, .unsupported: true
        case .unreachable, .outcomeUnclear, .held, .unavailable, .crashed, .throttled, .busy, .unreadable: false
        }
    }

    private func missing(among views: [CommerceStoreView]) -> [String] {
        var problems: [String] = []
        let known = views.map { "\($0.id) (\($0.code))" }.joined(separator: ", ")
        if !views.contains(where: { $0.code == store }) {
            problems.append("The shop has no store view \(store), which commerce.store names; it has \(known).")
        }
        let ids = Set(views.map { String($0.id) })
        for id in stores.keys.sorted() where !ids.contains(id) {
            problems.append("The shop has no store view \(id), which legalEntities.stores names; it has \(known).")
        }
        return problems
    }
}

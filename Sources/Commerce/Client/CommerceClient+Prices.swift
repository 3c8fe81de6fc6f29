import JSON
import Relay

/// Prices are written in batches. An answer of 200 may still refuse single rows, see `RowOutcome`; the others were
/// written. All of it needs `Magento_Catalog::catalog` and is safe to repeat.
extension CommerceClient {
    /// `POST /V1/products/base-prices-information`
    public func basePrices(skus: [String]) async throws -> [BasePrice] {
        try await prices(.basePrices, skus)
    }

    /// `POST /V1/products/base-prices`
    public func setBasePrices(_ prices: [BasePrice]) async throws -> RowOutcome<BasePrice> {
        try await write(.updateBasePrices, prices)
    }

    /// `POST /V1/products/special-price-information`
    public func specialPrices(skus: [String]) async throws -> [SpecialPrice] {
        try await prices(.specialPrices, skus)
    }

    /// Adds them, or updates those of the same time: `POST /V1/products/special-price`
    public func setSpecialPrices(_ prices: [SpecialPrice]) async throws -> RowOutcome<SpecialPrice> {
        try await write(.updateSpecialPrices, prices)
    }

    /// `POST /V1/products/special-price-delete`
    public func deleteSpecialPrices(_ prices: [SpecialPrice]) async throws -> RowOutcome<SpecialPrice> {
        try await write(.deleteSpecialPrices, prices)
    }

    /// `POST /V1/products/tier-prices-information`
    public func tierPrices(skus: [String]) async throws -> [TierPrice] {
        try await prices(.tierPrices, skus)
    }

    /// Adds them, or updates those of the same group and quantity: `POST /V1/products/tier-prices`
    public func setTierPrices(_ prices: [TierPrice]) async throws -> RowOutcome<TierPrice> {
        try await write(.updateTierPrices, prices)
    }

    /// Takes these for all tier prices of the SKUs that they name: `PUT /V1/products/tier-prices`. Rows of one SKU
    /// go into one call, since the next call would remove them again.
    public func replaceTierPrices(_ prices: [TierPrice]) async throws -> RowOutcome<TierPrice> {
        let bySKU = Dictionary(grouping: prices, by: \.sku)
        // In the order in which the SKUs first appear.
        var seen: Set<String> = []
        var rest = prices.map(\.sku).filter { seen.insert($0).inserted }.map { bySKU[$0] ?? [] }[...]
        var outcomes: [RowOutcome<TierPrice>] = []
        while !rest.isEmpty {
            let groups = Self.fitting(rest, within: batches.current.rows)
            let rows = groups.flatMap { $0 }
            do {
                outcomes.append(try await send(.replaceTierPrices, rows))
                rest = rest.dropFirst(groups.count)
            } catch let fault as CommerceFault {
                guard let limit = fault.inputLimit, groups.count > 1 else { throw fault }
                batches.shrinkRows(refused: rows.count, limit: limit)
            }
        }
        return .joined(outcomes)
    }

    /// As many groups as have no more rows than this together, but at least one.
    private static func fitting<Row>(_ groups: ArraySlice<[Row]>, within rows: Int) -> ArraySlice<[Row]> {
        var count = 0
        return groups.prefix { group in
            defer { count += group.count }
            return count == 0 || count + group.count <= rows
        }
    }

    /// `POST /V1/products/tier-prices-delete`
    public func deleteTierPrices(_ prices: [TierPrice]) async throws -> RowOutcome<TierPrice> {
        try await write(.deleteTierPrices, prices)
    }

    /// `POST /V1/products/cost`
    public func setCosts(_ costs: [ProductCost]) async throws -> RowOutcome<ProductCost> {
        try await write(.updateCosts, costs)
    }

    private func prices<Row: PriceRowJSON>(_ operation: CommerceOperation, _ skus: [String]) async throws -> [Row] {
        try await inBatches(skus) { skus in
            try await list(operation, body: ["skus": .array(skus.map(JSONValue.string))]) {
                node throws(OrderReadingError) in try Row(node)
            }
        }.flatMap { $0 }
    }

    private func write<Row: PriceRowJSON>(_ operation: CommerceOperation, _ rows: [Row]) async throws -> RowOutcome<
        Row
    > {
        // No rows are no call: older versions answer an empty list with 500 (magento2#35922).
        .joined(try await inBatches(rows) { try await send(operation, $0) })
    }

    private func send<Row: PriceRowJSON>(_ operation: CommerceOperation, _ rows: [Row]) async throws -> RowOutcome<
        Row
    > {
        let answer = try await call(operation, body: ["prices": .array(rows.map(\.json))])
        return .matching(CommerceErrorBody.rowComplaints(in: answer), to: rows, sku: \.sku, marks: \.marks)
    }
}

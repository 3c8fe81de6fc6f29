public import Foundation
import JSON
import Relay

/// How much of a SKU is at an inventory source (MSI).
public struct SourceItem: Sendable, Equatable {
    public var sku: String
    public var sourceCode: String
    /// What is on hand there, orders that have not shipped included: Commerce holds those back by itself, and takes
    /// them off when it ships (magento/inventory#2269).
    public var quantity: Decimal
    public var isInStock: Bool

    public init(sku: String, sourceCode: String, quantity: Decimal, isInStock: Bool) {
        self.sku = sku
        self.sourceCode = sourceCode
        self.quantity = quantity
        self.isInStock = isInStock
    }

    init(_ item: JSONNode) throws(OrderReadingError) {
        self.init(
            sku: try item["sku"].required(item["sku"].text(), "a SKU"),
            sourceCode: try item["source_code"].required(item["source_code"].text(), "a source's code"),
            quantity: try item["quantity"].decimal() ?? 0, isInStock: try item["status"].integer() == 1)
    }

    var json: JSONValue {
        [
            "quantity": .number(quantity), "sku": .string(sku), "source_code": .string(sourceCode),
            "status": isInStock ? 1 : 0,
        ]
    }
}

/// Where goods are.
public struct InventorySource: Sendable, Equatable {
    public var code: String
    public var name: String
    public var isEnabled: Bool
}

extension CommerceClient {
    /// What the sources hold of these SKUs: `GET /V1/inventory/source-items` (`Magento_InventoryApi::source`). Safe to
    /// repeat.
    /// - Parameter skus: None may hold a comma.
    public func sourceItems(skus: [String]) async throws -> [SourceItem] {
        var items: [SourceItem] = []
        for batch in skus.inParts(of: CommerceClient.skusPerSearch) {
            items += try await sourceItems([[.any("sku", of: batch)]])
        }
        return items
    }

    /// The rows of this list have no number to go on from, so it is paged, in a fixed order, until as many rows came
    /// as the shop has.
    private func sourceItems(_ filters: [[SearchCriteria.Filter]]) async throws -> [SourceItem] {
        var items: [SourceItem] = []
        var criteria = SearchCriteria(filters, sortedBy: [.init("sku"), .init("source_code")])
        while items.count < Self.mostRecords {
            let page = try await search(.searchSourceItems, criteria) { node throws(OrderReadingError) in
                try SourceItem(node)
            }
            items += page.rows
            guard !page.rows.isEmpty, items.count < page.totalCount else { break }
            // The size that the first page was given in, so that the second begins where that ended.
            criteria.pageSize = criteria.pageSize ?? page.rows.count
            criteria.page += 1
        }
        return items
    }

    /// Writes absolute quantities: `POST /V1/inventory/source-items`
    /// (`Magento_InventoryApi::stock_source_item_assign`). Safe to repeat.
    ///
    /// Commerce takes a call whole or not at all. A call that it refuses is sent again without the rows that the
    /// refusal names, or in halves if it names none, until what is wrong stands alone.
    public func setSourceItems(_ items: [SourceItem]) async throws -> RowOutcome<SourceItem> {
        try await writeSourceItems(.saveSourceItems, items)
    }

    /// Takes SKUs off sources: `POST /V1/inventory/source-items-delete`
    /// (`Magento_InventoryApi::stock_source_item_assign`). Safe to repeat.
    public func deleteSourceItems(_ items: [SourceItem]) async throws -> RowOutcome<SourceItem> {
        try await writeSourceItems(.deleteSourceItems, items)
    }

    private func writeSourceItems(
        _ operation: CommerceOperation, _ items: [SourceItem]
    ) async throws -> RowOutcome<SourceItem> {
        .joined(try await inBatches(items) { try await writeApart(operation, $0) })
    }

    /// Depth is bounded: each call has fewer rows than the one before.
    private func writeApart(
        _ operation: CommerceOperation, _ items: [SourceItem]
    ) async throws -> RowOutcome<SourceItem> {
        guard !items.isEmpty else { return RowOutcome() }
        do {
            _ = try await call(operation, body: ["sourceItems": .array(items.map(\.json))])
            return RowOutcome()
        } catch let fault as CommerceFault where fault.kind == .rejected && fault.inputLimit == nil {
            if items.count == 1 { return RowOutcome(refused: [.init(row: items[0], messages: [fault.detail])]) }
            let named = RowOutcome.matching(
                fault.complaints, to: items, sku: \.sku, marks: { [$0.sourceCode] })
            let refused = named.refused.map(\.row)
            let rest = items.filter { !refused.contains($0) }
            if !refused.isEmpty, !rest.isEmpty {
                return .joined([
                    RowOutcome(refused: named.refused), try await writeApart(operation, rest),
                ])
            }
            let half = items.count / 2
            return .joined([
                try await writeApart(operation, Array(items[..<half])),
                try await writeApart(operation, Array(items[half...])),
            ])
        }
    }

    /// `GET /V1/inventory/sources` (`Magento_InventoryApi::source`). Safe to repeat.
    public func sources() async throws -> [InventorySource] {
        try await search(.searchSources, SearchCriteria(sortedBy: [.init("source_code")])) {
            node throws(OrderReadingError) in
            InventorySource(
                code: try node["source_code"].required(node["source_code"].text(), "a source's code"),
                name: try node["name"].text() ?? "", isEnabled: try node["enabled"].flag() ?? false)
        }.rows
    }

    /// What can be sold of a SKU, orders that have not shipped taken off:
    /// `GET /V1/inventory/get-product-salable-quantity/{sku}/{stockId}`
    /// (`Magento_InventorySalesApi::stock`). Safe to repeat.
    public func salableQuantity(sku: String, stockID: Int) async throws -> Decimal {
        try await answer(CommerceOperation.salableQuantity.rawValue) {
            let quantity = JSONNode(value: try await call(.salableQuantity, sku, stockID))
            return try quantity.required(quantity.decimal(), "a quantity")
        }
    }
}

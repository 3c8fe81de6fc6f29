import Foundation

/// Turns what the shopper decided into rows with amounts, following the rules of Commerce's product types.
struct OrderPricing {
    private let order: SandboxOrder
    private var items: [CommerceOrder.Item] = []
    private var nextItemID: Int

    /// - Parameter firstItemID: Rows are numbered from here.
    static func order(_ order: SandboxOrder, entityID: Int, firstItemID: Int, at date: Date) -> CommerceOrder {
        var pricing = OrderPricing(order: order, nextItemID: firstItemID)
        for item in order.items { pricing.append(item) }
        let shipping = pricing.items.allSatisfy(\.isVirtual) ? 0 : order.shippingAmount
        return CommerceOrder(
            entityID: entityID, placed: order, createdAt: date, updatedAt: date, items: pricing.items,
            amounts: OrderAmounts(
                rows: pricing.items.map(\.amounts), shipping: shipping * order.baseToOrderRate,
                taxPercent: order.taxPercent),
            baseAmounts: OrderAmounts(
                rows: pricing.items.map(\.baseAmounts), shipping: shipping, taxPercent: order.taxPercent))
    }

    private init(order: SandboxOrder, nextItemID: Int) {
        self.order = order
        self.nextItemID = nextItemID
    }

    private mutating func append(_ item: SandboxOrder.Item) {
        switch item.kind {
        case .simple: append(type: "simple", sku: item.sku, name: item.name, item.quantity, item.unitPrice)
        case .virtual: append(type: "virtual", sku: item.sku, name: item.name, item.quantity, item.unitPrice)
        case .configurable(let variantName):
            let parent = append(
                type: "configurable", sku: item.sku, name: item.name, item.quantity, item.unitPrice)
            append(type: "simple", sku: item.sku, name: variantName, item.quantity, nil, parent: parent)
        case .bundleDynamic(let parts):
            let parent = append(type: "bundle", sku: item.sku, name: item.name, item.quantity, nil)
            for part in parts {
                append(
                    type: "simple", sku: part.sku, name: part.name, item.quantity * part.quantity, part.unitPrice,
                    parent: parent)
            }
        case .bundleFixed(let parts):
            let parent = append(type: "bundle", sku: item.sku, name: item.name, item.quantity, item.unitPrice)
            for part in parts {
                append(
                    type: "simple", sku: part.sku, name: part.name, item.quantity * part.quantity, nil,
                    parent: parent)
            }
        }
    }

    /// - Parameter unitPrice: `nil` for a row without money.
    @discardableResult
    private mutating func append(
        type: String, sku: String, name: String, _ quantity: Decimal, _ unitPrice: Decimal?, parent: Int? = nil
    ) -> Int {
        defer { nextItemID += 1 }
        items.append(
            CommerceOrder.Item(
                itemID: nextItemID, parentItemID: parent, productType: type, productID: Self.productID(sku, type),
                sku: sku, name: name, quantity: quantity, isVirtual: type == "virtual",
                isInvoiceable: unitPrice != nil, taxPercent: unitPrice == nil ? 0 : order.taxPercent,
                discountPercent: unitPrice == nil ? 0 : order.discountPercent,
                amounts: amounts(unitPrice.map { $0 * order.baseToOrderRate }, quantity),
                baseAmounts: amounts(unitPrice, quantity)))
        return nextItemID
    }

    private func amounts(_ unitPrice: Decimal?, _ quantity: Decimal) -> RowAmounts {
        guard let unitPrice else { return .none }
        return RowAmounts(
            price: unitPrice, quantity: quantity, taxPercent: order.taxPercent,
            discountPercent: order.discountPercent)
    }

    /// The same SKU and type always give the same id; no catalogue is kept.
    private static func productID(_ sku: String, _ type: String) -> Int {
        (sku + type).utf8.reduce(17) { ($0 * 31 + Int($1)) % 99_991 } + 1
    }
}

import Commerce
import Foundation

extension ClientCall {
    static let product = ProductDraft(
        sku: "A/1+\"x\" ü", name: "A", attributeSetID: 4, price: 9.5, isEnabled: true, visibility: .both,
        typeID: "simple", weight: 1, websiteIDs: [1], categories: [3: 0], customAttributes: ["description": "d"])

    static let catalog: [ClientCall] = [
        ClientCall("product(sku:scope:)") { _ = try await $0.product(sku: product.sku, scope: .view("de")) },
        ClientCall("products(skus:)") { _ = try await $0.products(skus: ["A/1", "a,b"]) },
        ClientCall("createProduct(_:scope:)") { _ = try await $0.createProduct(product) },
        ClientCall("updateProduct(_:scope:)") { _ = try await $0.updateProduct(product) },
        ClientCall("deleteProduct(sku:)") { try await $0.deleteProduct(sku: product.sku) },
        ClientCall("attributeOptions(code:)") { _ = try await $0.attributeOptions(code: "color") },
        ClientCall("createAttributeOption(code:label:)") {
            try await $0.createAttributeOption(code: "color", label: "red")
        },
        ClientCall("categories(rootID:)") { _ = try await $0.categories(rootID: 2) },
        ClientCall("category(id:)") { _ = try await $0.category(id: 3) },
        ClientCall("createCategory(_:)") {
            _ = try await $0.createCategory(
                CategoryDraft(
                    parentID: 2, name: "New", isActive: true, isInMenu: true,
                    customAttributes: ["description": "d"]))
        },
        ClientCall("updateCategory(id:_:)") { _ = try await $0.updateCategory(id: 3, CategoryDraft(name: "N")) },
        ClientCall("moveCategory(id:below:)") { try await $0.moveCategory(id: 3, below: 2) },
        ClientCall("categoryProducts(categoryID:)") { _ = try await $0.categoryProducts(categoryID: 3) },
        ClientCall("assignProduct(sku:toCategory:position:)") {
            try await $0.assignProduct(sku: "A/1", toCategory: 3)
        },
        ClientCall("removeProduct(sku:fromCategory:)") { try await $0.removeProduct(sku: "A/1", fromCategory: 3) },
    ]

    static let special = SpecialPrice(sku: "A", price: 9, from: moment, to: "2026-02-01 00:00:00")
    static let tier = TierPrice(sku: "A", price: 8, customerGroup: "General", quantity: 5)

    static let prices: [ClientCall] = [
        ClientCall("basePrices(skus:)") { _ = try await $0.basePrices(skus: ["A"]) },
        ClientCall("setBasePrices(_:)") { _ = try await $0.setBasePrices([BasePrice(sku: "A", price: 12)]) },
        ClientCall("specialPrices(skus:)") { _ = try await $0.specialPrices(skus: ["A"]) },
        ClientCall("setSpecialPrices(_:)") { _ = try await $0.setSpecialPrices([special]) },
        ClientCall("deleteSpecialPrices(_:)") { _ = try await $0.deleteSpecialPrices([special]) },
        ClientCall("tierPrices(skus:)") { _ = try await $0.tierPrices(skus: ["A"]) },
        ClientCall("setTierPrices(_:)") { _ = try await $0.setTierPrices([tier]) },
        ClientCall("replaceTierPrices(_:)") { _ = try await $0.replaceTierPrices([tier]) },
        ClientCall("deleteTierPrices(_:)") { _ = try await $0.deleteTierPrices([tier]) },
        ClientCall("setCosts(_:)") { _ = try await $0.setCosts([ProductCost(sku: "A", cost: 5)]) },
    ]

    static let sourceItem = SourceItem(sku: "A", sourceCode: "central", quantity: 10, isInStock: true)

    static let stock: [ClientCall] = [
        ClientCall("sourceItems(skus:)") { _ = try await $0.sourceItems(skus: ["A"]) },
        ClientCall("setSourceItems(_:)") { _ = try await $0.setSourceItems([sourceItem]) },
        ClientCall("deleteSourceItems(_:)") { _ = try await $0.deleteSourceItems([sourceItem]) },
        ClientCall("sources()") { _ = try await $0.sources() },
        ClientCall("salableQuantity(sku:stockID:)") { _ = try await $0.salableQuantity(sku: "A/1", stockID: 1) },
    ]

    static let others: [ClientCall] = [
        ClientCall("ping()") { try await $0.ping() },
        ClientCall("storeViews()") { _ = try await $0.storeViews() },
        ClientCall("submitProducts(_:scope:)") { _ = try await $0.submitProducts([product]) },
        ClientCall("submitProductUpdates(_:scope:)") { _ = try await $0.submitProductUpdates([product]) },
        ClientCall("submitCustomers(_:)") { _ = try await $0.submitCustomers([customer]) },
        ClientCall("bulkStatus(_:)") { _ = try await $0.bulkStatus("b-1") },
        ClientCall("results(of:polling:verify:)") {
            _ = try await $0.results(
                of: BulkSubmission(id: "b-1", accepted: [0]), polling: BulkPolling(waits: [.zero])
            ) { _ in true }
        },
    ]
}

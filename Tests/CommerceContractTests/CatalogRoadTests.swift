import Commerce
import Foundation
import HTTPClient
import JSON
import Sandbox
import Testing

@Suite("Products, prices and stock", .timeLimit(.minutes(5)))
struct CatalogRoadTests {
    static func draft(_ sku: String) -> ProductDraft {
        ProductDraft(sku: sku, name: "N", attributeSetID: 4, price: 9.95, typeID: "simple")
    }

    @Test(
        "A product is written, read, changed and deleted whatever its SKU holds",
        arguments: ["MUG-01", "A/B", "A+B", "A B", "A\"B\"", "50%", "Ä&?#", "a..b"])
    func skus(_ sku: String) async throws {
        try await ShopRig.run { rig in
            _ = try await rig.client.createProduct(Self.draft(sku))
            var change = ProductDraft(sku: sku, price: 12)
            change.customAttributes = ["description": "d"]
            let changed = try await rig.client.updateProduct(change)
            #expect(changed.sku == sku && changed.name == "N" && changed.price == 12)
            #expect(try await rig.client.product(sku: sku)?.customAttributes == ["description": "d"])
            #expect(try await rig.client.products(skus: [sku, "NOPE"]).map(\.sku) == [sku])
            // Written for all store views, not for one.
            #expect(rig.shop.records(.products)[0]["store_overrides"] == nil)
            try await rig.client.deleteProduct(sku: sku)
            try await rig.client.deleteProduct(sku: sku)
            #expect(try await rig.client.product(sku: sku) == nil)
        }
    }

    @Test("A product that can't be, and a SKU that can't stand in a path, are refused", arguments: ["", ".", ".."])
    func badSKUs(_ sku: String) async throws {
        try await ShopRig.run { rig in
            await refused("products", "cannot stand in a path") { _ = try await rig.client.product(sku: sku) }
            await refused("products", "must be set") {
                _ = try await rig.client.createProduct(ProductDraft(sku: "NEW", name: "no price"))
            }
        }
    }

    @Test("A second product at one address of the shop is refused")
    func duplicateURLKey() async throws {
        try await ShopRig.run { rig in
            var draft = Self.draft("A")
            draft.customAttributes = ["url_key": "mug"]
            _ = try await rig.client.createProduct(draft)
            draft.sku = "B"
            await refused("products", "URL key") { _ = try await rig.client.createProduct(draft) }
        }
    }

    @Test("Tier prices of one SKU stay in one call, whatever the shop's limits", arguments: [3, 4, 100])
    func replacedTogether(_ limit: Int) async throws {
        try await ShopRig.run { rig in
            let skus = ["A", "B", "C"]
            for sku in skus { rig.shop.addProduct(sku: sku) }
            rig.shop.shopFaults.inputLimit = limit
            let rows = [1, 2, 3].flatMap { quantity in
                skus.map { TierPrice(sku: $0, price: 8, quantity: Decimal(quantity)) }
            }
            let replaced = try await rig.client.replaceTierPrices(rows)
            #expect(replaced.isComplete)
            #expect(rig.shop.records(.tierPrices).count == 9)
        }
    }

    @Test("Categories are made, moved and filled")
    func categories() async throws {
        try await ShopRig.run { rig in
            rig.shop.addProduct(sku: "A/1")
            let first = try await rig.client.createCategory(CategoryDraft(parentID: 2, name: "One", isActive: true))
            let second = try await rig.client.createCategory(CategoryDraft(parentID: 2, name: "Two", isActive: true))
            try await rig.client.moveCategory(id: second.id, below: first.id)
            let tree = try await rig.client.categories()
            #expect(tree.children.map(\.name) == ["One"] && tree.children[0].children.map(\.name) == ["Two"])
            try await rig.client.assignProduct(sku: "A/1", toCategory: first.id, position: 4)
            #expect(try await rig.client.categoryProducts(categoryID: first.id) == ["A/1": 4])
            try await rig.client.removeProduct(sku: "A/1", fromCategory: first.id)
            await refused("categories", "doesn't contain") {
                try await rig.client.removeProduct(sku: "A/1", fromCategory: first.id)
            }
            #expect(try await rig.client.updateCategory(id: first.id, CategoryDraft(name: "1")).name == "1")
            #expect(try await rig.client.category(id: 99) == nil)
        }
    }

    @Test("Rows that are refused inside a 200 are told one by one, and the others are written")
    func partialPrices() async throws {
        try await ShopRig.run { rig in
            for sku in ["A", "B", "C"] { rig.shop.addProduct(sku: sku) }
            rig.shop.shopFaults.refusedPriceSKUs = ["B"]
            let rows = [
                BasePrice(sku: "A", price: 1), BasePrice(sku: "B", price: 2), BasePrice(sku: "C", price: 3),
                BasePrice(sku: "C", price: 4, storeID: 99), BasePrice(sku: "NOPE", price: 5),
            ]
            let outcome = try await rig.client.setBasePrices(rows)
            #expect(outcome.refused.map(\.row) == [rows[1], rows[3], rows[4]])
            #expect(outcome.refused[0].messages == ["Invalid attribute SKU = B."])
            #expect(outcome.unattributed.isEmpty)
            #expect(try await rig.client.basePrices(skus: ["A", "B", "C"]) == [rows[0], rows[2]])
        }
    }

    @Test("Tier prices are added, replaced per SKU and deleted; an unknown group refuses its row only")
    func tierPrices() async throws {
        try await ShopRig.run { rig in
            rig.shop.addProduct(sku: "A")
            let five = TierPrice(sku: "A", price: 8, customerGroup: "General", quantity: 5)
            let ten = TierPrice(sku: "A", price: 10, kind: .discount, quantity: 10)
            let strange = TierPrice(sku: "A", price: 7, customerGroup: "Nobody", quantity: 5)
            let outcome = try await rig.client.setTierPrices([five, strange])
            #expect(outcome.refused.map(\.row) == [strange])
            let stock = try await rig.client.replaceTierPrices([ten])
            #expect(stock.isComplete)
            #expect(try await rig.client.tierPrices(skus: ["A"]) == [ten])
            let prices = try await rig.client.deleteTierPrices([ten])
            #expect(prices.isComplete)
            #expect(try await rig.client.tierPrices(skus: ["A"]).isEmpty)
        }
    }

    @Test("A shop with input limits gets smaller calls, and all rows arrive", arguments: [1, 20, 33])
    func inputLimit(_ limit: Int) async throws {
        try await ShopRig.run(batches: BatchSizes(rows: 100)) { rig in
            let skus = (1...70).map { "S-\($0)" }
            for sku in skus { rig.shop.addProduct(sku: sku) }
            rig.shop.shopFaults.inputLimit = limit
            let items = skus.map { SourceItem(sku: $0, sourceCode: "central", quantity: 4, isInStock: true) }
            let replaced = try await rig.client.setSourceItems(items)
            #expect(replaced.isComplete)
            let deleted = try await rig.client.setBasePrices(skus.map { BasePrice(sku: $0, price: 1) })
            #expect(deleted.isComplete)
            #expect(rig.shop.records(.sourceItems).count == 70 && rig.shop.records(.basePrices).count == 70)
        }
    }

    @Test("A shop that limits its pages gets smaller ones, and all rows come")
    func pageLimit() async throws {
        try await ShopRig.run(batches: BatchSizes(page: 100)) { rig in
            rig.shop.shopFaults.pageLimit = 7
            let skus = (1...20).map { "S-\($0)" }
            for sku in skus { rig.shop.addProduct(sku: sku) }
            #expect(try await rig.client.products(skus: skus).count == 20)
            let items = skus.map { SourceItem(sku: $0, sourceCode: "central", quantity: 4, isInStock: true) }
            _ = try await rig.client.setSourceItems(items)
            let found = try await rig.client.sourceItems(skus: skus)
            #expect(Set(found.map(\.sku)) == Set(skus))
        }
    }

    @Test("One wrong source item refuses itself, not the call that it came in")
    func badSourceItems() async throws {
        try await ShopRig.run { rig in
            for sku in ["A", "B", "C"] { rig.shop.addProduct(sku: sku) }
            func item(_ sku: String, _ source: String = "central") -> SourceItem {
                SourceItem(sku: sku, sourceCode: source, quantity: 1, isInStock: true)
            }
            // One names its SKU in the refusal, the other only its source.
            let items = [item("A"), item("NOPE"), item("B", "moon"), item("C")]
            let outcome = try await rig.client.setSourceItems(items)
            #expect(outcome.refused.map(\.row) == [items[1], items[2]])
            #expect(try await rig.client.sourceItems(skus: ["A", "B", "C"]) == [items[0], items[3]])
            _ = try await rig.client.deleteSourceItems([items[0]])
            #expect(try await rig.client.sourceItems(skus: ["A"]).isEmpty)
        }
    }

    @Test("What can be sold is what is on hand without what is ordered, until that ships")
    func reservations() async throws {
        try await ShopRig.run { rig in
            rig.shop.addProduct(sku: "MUG")
            let order = try rig.order()
            let mug = SourceItem(sku: "MUG", sourceCode: "central", quantity: 10, isInStock: true)
            _ = try await rig.client.setSourceItems([mug])
            #expect(try await rig.client.salableQuantity(sku: "MUG", stockID: 1) == 8)
            try await rig.client.cancelOrder(orderID: order.entityID)
            #expect(try await rig.client.salableQuantity(sku: "MUG", stockID: 1) == 10)
            #expect(try await rig.client.sources().map(\.code) == ["default", "central", "outlet"])
        }
    }
}

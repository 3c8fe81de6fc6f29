import Foundation
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Orders of the simulated Commerce")
struct CommerceOrderTests {
    static let kinds: [SandboxOrder] = [
        .simple(incrementID: "simple"), .configurable(incrementID: "configurable"),
        .bundleDynamic(incrementID: "bundleDynamic"), .bundleFixed(incrementID: "bundleFixed"),
        .guest(incrementID: "guest"), .virtual(incrementID: "virtual"), .withUnknownItem(incrementID: "unknownItem"),
        .configurable(incrementID: "currencies").with(currency: "CHF", base: "EUR", rate: Decimal(937) / 1000),
    ]

    @Test("All totals are consistent to the cent, in both currencies", arguments: kinds)
    func totals(_ order: SandboxOrder) async throws {
        let answer = try await rest(order)
        for prefix in ["", "base_"] {
            let subtotal = try answer.number(prefix + "subtotal")
            let tax = try answer.number(prefix + "tax_amount")
            let grand = try answer.number(prefix + "grand_total")
            #expect(
                try grand == subtotal + tax + answer.number(prefix + "shipping_amount")
                    + answer.number(prefix + "discount_amount"))
            let rows = answer["items"]?.arrayValue?.compactMap(\.objectValue) ?? []
            func sum(_ name: String) -> Decimal { rows.reduce(0) { $0 + ($1[prefix + name]?.numberValue ?? 0) } }
            #expect(sum("row_total") == subtotal)
            #expect(try sum("tax_amount") + answer.number(prefix + "shipping_tax_amount") == tax)
            #expect(try -sum("discount_amount") == answer.number(prefix + "discount_amount"))
            #expect(grand == grand.cents && grand > 0)
        }
    }

    @Test("A configurable has its money on the parent and its product on the child, with one SKU on both")
    func configurable() async throws {
        let answer = try await rest(.configurable(incrementID: "1"))
        #expect(answer["items.0.product_type"] == "configurable")
        #expect(answer["items.1.parent_item_id"] == answer["items.0.item_id"])
        #expect(answer["items.0.sku"] == answer["items.1.sku"])
        #expect(try answer.number("items.0.row_total") == Decimal(4750) / 100)
        #expect(try answer.number("items.1.row_total") == 0)
    }

    @Test("A dynamic bundle has its money on the parts, a fixed one on the parent")
    func bundles() async throws {
        let dynamic = try await rest(.bundleDynamic(incrementID: "1"))
        #expect(try dynamic.number("items.0.row_total") == 0)
        #expect(try dynamic.number("items.1.row_total") == Decimal(8980) / 100)
        #expect(try dynamic.number("items.2.qty_ordered") == 4)
        let fixed = try await rest(.bundleFixed(incrementID: "1"))
        #expect(try fixed.number("items.0.row_total") == 39)
        #expect(try fixed.number("items.1.row_total") == 0)
    }

    @Test("The shipping address is only in the shipping assignment, and a virtual order has none")
    func shippingAddress() async throws {
        let path = "extension_attributes.shipping_assignments.0.shipping.address.city"
        #expect(try await rest(.simple(incrementID: "1"))[path] == "Wien")
        let virtual = try await rest(.virtual(incrementID: "1"))
        #expect(virtual[path] == nil)
        #expect(try virtual.number("shipping_amount") == 0)
    }

    @Test("An increment id is used once")
    func duplicate() throws {
        let stage = try Stage()
        try stage.commerce.register(.simple(incrementID: "1"))
        #expect(throws: SandboxError.duplicateOrder(incrementID: "1")) {
            try stage.commerce.register(.guest(incrementID: "1"))
        }
        #expect(throws: SandboxError.emptyOrder(incrementID: "2")) {
            try stage.commerce.register(SandboxOrder(incrementID: "2", items: []))
        }
    }

    private func rest(_ order: SandboxOrder) async throws -> Answer {
        let stage = try Stage()
        let id = try stage.commerce.register(order)
        return try await stage.commerce(.get, "orders/\(id)")
    }
}

import Foundation
import Relay
import Testing

@testable import Commerce

@Suite("Lines for the ERP")
struct ExportLinesTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let subtotal: String
        let items: String
        /// `number itemID sku quantity × unit price = row total`
        let lines: [String]
    }

    static let rows = [
        Row(
            testDescription: "simple, virtual, downloadable and grouped products as they are", subtotal: "100",
            items: """
                [{"item_id":1,"sku":"S","product_type":"simple","qty_ordered":2,"price":10,"row_total":20},
                 {"item_id":2,"sku":"V","product_type":"virtual","qty_ordered":1,"price":30,"row_total":30},
                 {"item_id":3,"sku":"D","product_type":"downloadable","qty_ordered":1,"price":40,"row_total":40},
                 {"item_id":4,"sku":"G","product_type":"grouped","qty_ordered":"0.5000","price":20,"row_total":10}]
                """,
            lines: ["1 #1 S 2 × 10 = 20", "2 #2 V 1 × 30 = 30", "3 #3 D 1 × 40 = 40", "4 #4 G 0.5 × 20 = 10"]),
        Row(
            testDescription: "a configurable product is one line: the child's SKU, the parent's money",
            subtotal: "95",
            items: """
                [{"item_id":101,"sku":"TEE","product_type":"configurable","qty_ordered":2,
                  "price":47.5,"row_total":95},
                 {"item_id":102,"parent_item_id":101,"sku":"TEE-M-RED","product_type":"simple",
                   "qty_ordered":2,"price":0}]
                """,
            lines: ["1 #101 TEE-M-RED 2 × 47.5 = 95"]),
        Row(
            testDescription: "a configurable product whose child repeats the price is counted once", subtotal: "95",
            items: """
                [{"item_id":101,"sku":"TEE-M","product_type":"configurable","qty_ordered":2,
                  "price":47.5,"row_total":95},
                 {"item_id":102,"parent_item_id":101,"sku":"TEE-M","product_type":"simple",
                   "qty_ordered":2,"price":47.5,"row_total":95}]
                """,
            lines: ["1 #101 TEE-M 2 × 47.5 = 95"]),
        Row(
            testDescription: "a bundle with dynamic prices is its children", subtotal: "70",
            items: """
                [{"item_id":1,"sku":"SET-A-B","product_type":"bundle","qty_ordered":1,"price":70,"row_total":0},
                 {"item_id":2,"parent_item_id":1,"sku":"A","product_type":"simple","qty_ordered":2,
                   "price":20,"row_total":40},
                 {"item_id":3,"parent_item_id":1,"sku":"B","product_type":"simple","qty_ordered":1,
                   "price":30,"row_total":30}]
                """,
            lines: ["1 #2 A 2 × 20 = 40", "2 #3 B 1 × 30 = 30"]),
        Row(
            testDescription: "a dynamic bundle whose parent repeats the sum is counted once, its free child kept",
            subtotal: "40",
            items: """
                [{"item_id":1,"sku":"SET-A-B","product_type":"bundle","qty_ordered":1,"price":40,"row_total":40},
                 {"item_id":2,"parent_item_id":1,"sku":"A","product_type":"simple","qty_ordered":2,
                   "price":20,"row_total":40},
                 {"item_id":3,"parent_item_id":1,"sku":"B","product_type":"simple","qty_ordered":1,
                   "price":0,"row_total":0}]
                """,
            lines: ["1 #2 A 2 × 20 = 40", "2 #3 B 1 × 0 = 0"]),
        Row(
            testDescription: "a bundle with a fixed price is the parent alone", subtotal: "99",
            items: """
                [{"item_id":1,"sku":"SET","product_type":"bundle","qty_ordered":1,"price":99,"row_total":99},
                 {"item_id":2,"parent_item_id":1,"sku":"A","product_type":"simple","qty_ordered":2,
                   "price":0,"row_total":0},
                 {"item_id":3,"parent_item_id":1,"sku":"B","product_type":"simple","qty_ordered":1,"price":"0.0000"}]
                """,
            lines: ["1 #1 SET 1 × 99 = 99"]),
        Row(
            testDescription: "a free bundle is the goods that leave the warehouse", subtotal: "0",
            items: """
                [{"item_id":1,"sku":"SET","product_type":"bundle","qty_ordered":1,"price":0,"row_total":0},
                 {"item_id":2,"parent_item_id":1,"sku":"A","product_type":"simple","qty_ordered":2,
                   "price":0,"row_total":0}]
                """,
            lines: ["1 #2 A 2 × 0 = 0"]),
        Row(
            testDescription: "free items stay, with price 0", subtotal: "10",
            items: """
                [{"item_id":1,"sku":"A","qty_ordered":1,"price":10,"row_total":10},
                 {"item_id":2,"sku":"SAMPLE","qty_ordered":1,"price":0,"row_total":0}]
                """,
            lines: ["1 #1 A 1 × 10 = 10", "2 #2 SAMPLE 1 × 0 = 0"]),
        Row(
            testDescription: "before the order is saved, rows of the cart tell parent and child", subtotal: "47.5",
            items: """
                [{"quote_item_id":"9","sku":"TEE-M-RED","product_type":"configurable",
                  "qty_ordered":1,"price":47.5,"row_total":47.5},
                 {"quote_item_id":"10","quote_parent_item_id":"9","sku":"TEE-M-RED",
                   "product_type":"simple","qty_ordered":1}]
                """,
            lines: ["1 - TEE-M-RED 1 × 47.5 = 47.5"]),
        Row(
            testDescription: "before the order is saved, a nested parent tells too", subtotal: "99",
            items: """
                [{"quote_item_id":9,"sku":"SET","product_type":"bundle","qty_ordered":1,"price":99,"row_total":99},
                 {"quote_item_id":10,"parent_item":{"quote_item_id":9},"sku":"A",
                   "product_type":"simple","qty_ordered":1}]
                """,
            lines: ["1 - SET 1 × 99 = 99"]),
        Row(
            testDescription: "before the order is saved, an unpriced item with the configurable's SKU is its child",
            subtotal: "57.5",
            items: """
                [{"sku":"TEE-M-RED","product_type":"configurable","qty_ordered":1,"price":47.5,"row_total":47.5},
                 {"sku":"TEE-M-RED","product_type":"simple","qty_ordered":1,"price":0},
                 {"sku":"TEE-M-RED","product_type":"simple","qty_ordered":1,"price":10}]
                """,
            lines: ["1 - TEE-M-RED 1 × 47.5 = 47.5", "2 - TEE-M-RED 1 × 10 = 10"]),
        Row(
            testDescription: "children may stand before their parents", subtotal: "95",
            items: """
                [{"item_id":102,"parent_item_id":101,"sku":"TEE-M-RED","product_type":"simple",
                  "qty_ordered":2,"price":0},
                 {"item_id":101,"sku":"TEE","product_type":"configurable","qty_ordered":2,
                   "price":47.5,"row_total":95}]
                """,
            lines: ["1 #101 TEE-M-RED 2 × 47.5 = 95"]),
        Row(
            testDescription: "what PHP's floats add is rounded off", subtotal: "59.9",
            items: """
                [{"item_id":1,"sku":"A","qty_ordered":2,"price":29.949999999999999,"row_total":59.899999999999999}]
                """,
            lines: ["1 #1 A 2 × 29.95 = 59.9"]),
        Row(
            testDescription: "a product type of an extension is a line", subtotal: "5",
            items: #"[{"item_id":1,"sku":"GC","product_type":"giftcard","qty_ordered":1,"price":5,"row_total":5}]"#,
            lines: ["1 #1 GC 1 × 5 = 5"]),
    ]

    @Test("each article's money is exported once", arguments: rows)
    func exports(_ row: Row) throws {
        let order = try CommerceOrder.read(Fixture.order(subtotal: row.subtotal, items: row.items))
        let lines = try exportLines(of: order).map {
            "\($0.number) \($0.itemID.map { "#\($0)" } ?? "-") \($0.sku) \($0.quantity) × \($0.unitPrice) = "
                + "\($0.rowTotal)"
        }
        #expect(lines == row.lines)
    }

    @Test("discount and tax come from where the money is")
    func exportsDiscount() throws {
        let line = try #require(
            try exportLines(of: CommerceOrder.read(Fixture.bytes(Fixture.restConfigurable))).first)
        var expected = OrderLine(
            number: 1, itemID: 101, sku: "TEE-M-RED", name: "Tee", quantity: 2,
            unitPrice: Fixture.decimal("47.5"), rowTotal: 95, discountAmount: Fixture.decimal("9.5"),
            taxPercent: 20, taxAmount: Fixture.decimal("17.1"))
        expected.position = 0
        // The sample names no other base amount.
        expected.base = CommerceOrderItem.BaseAmounts(rowTotal: 100)
        #expect(line == expected)
    }

    @Test(
        "the tax within a discount is read with its row, 0 where there is none",
        arguments: [
            ("", "0"), (#","discount_tax_compensation_amount":null"#, "0"),
            (#","discount_tax_compensation_amount":"1.6700""#, "1.67"),
            (#","discount_tax_compensation_amount":1.6666999999999998"#, "1.6667"),
        ])
    func exportsCompensation(_ member: String, _ amount: String) throws {
        let order = try CommerceOrder.read(
            Fixture.order(
                subtotal: "100",
                items: """
                    [{"sku":"A","qty_ordered":2,"price":50,"row_total":100,"discount_amount":10\(member)}]
                    """))
        #expect(try exportLines(of: order).map(\.discountTaxCompensationAmount) == [Fixture.decimal(amount)])
    }

    static let derived: [(String, [String]?)] = [
        (#""grand_total":110,"base_shipping_amount":10"#, ["AB-1 2 × 50 = 100"]),
        (#""grand_total":"110.0000","shipping_amount":"10.0000","base_shipping_amount":9"#, ["AB-1 2 × 50 = 100"]),
        (#""base_grand_total":100"#, ["AB-1 2 × 50 = 100"]),
        (
            """
            "grand_total":116,"shipping_amount":10,"tax_amount":18,"discount_amount":-12,
            "discount_tax_compensation_amount":2,"shipping_discount_tax_compensation_amount":1,
            "gift_cards_amount":4,"gw_price":1
            """, ["AB-1 2 × 50 = 100"]
        ),
        (#""grand_total":120,"tax_amount":20,"subtotal":100"#, ["AB-1 2 × 50 = 100"]),
        (#""grand_total":120,"shipping_amount":10"#, nil), (#""grand_total":110"#, nil),
        (#""grand_total":110,"shipping_amount":10,"subtotal":99"#, nil),
    ]

    @Test(
        "a missing subtotal is what the other amounts leave of the grand total, and the lines have to meet it",
        arguments: derived)
    func derivesSubtotal(_ amounts: String, _ lines: [String]?) throws {
        let order = try CommerceOrder.read(
            Fixture.bytes(
                """
                {"increment_id":"7","order_currency_code":"EUR","base_currency_code":"EUR",\(amounts),
                 "items":[{"sku":"AB-1","qty_ordered":2,"base_price":50}]}
                """))
        guard let lines else {
            #expect(throws: OrderLinesError.self) { try exportLines(of: order) }
            return
        }
        #expect(order.totals.sumOfParts == order.totals.grandTotal)
        #expect(
            try exportLines(of: order).map { "\($0.sku) \($0.quantity) × \($0.unitPrice) = \($0.rowTotal)" } == lines)
    }

    static let refused: [(String, String, String)] = [
        (
            "100", #"[{"item_id":1,"sku":"A","qty_ordered":1,"price":99.99,"row_total":99.99}]"#,
            "Order 7: its lines add up to 99.99, its subtotal is 100."
        ),
        (
            "0.01", #"[{"item_id":1,"sku":"A","qty_ordered":1,"price":0,"row_total":0}]"#,
            "Order 7: its lines add up to 0, its subtotal is 0.01."
        ),
        (
            "10", #"[{"item_id":2,"parent_item_id":1,"sku":"A","qty_ordered":1,"price":10,"row_total":10}]"#,
            "Order 7: item A belongs to another item that the order does not contain."
        ),
        (
            "10", #"[{"item_id":2,"parent_item_id":2,"sku":"A","qty_ordered":1,"price":10,"row_total":10}]"#,
            "Order 7: item A belongs to another item that the order does not contain."
        ),
        (
            "10",
            """
            [{"item_id":1,"parent_item_id":2,"sku":"A","qty_ordered":1,"price":10,"row_total":10},
             {"item_id":2,"parent_item_id":1,"sku":"B","qty_ordered":1,"price":10,"row_total":10}]
            """, "Order 7: item A belongs to another item that the order does not contain."
        ),
    ]

    @Test("lines whose money is not right are refused with both numbers, and parked", arguments: refused)
    func refuses(_ subtotal: String, _ items: String, _ message: String) throws {
        let order = try CommerceOrder.read(Fixture.order(subtotal: subtotal, items: items))
        #expect {
            try exportLines(of: order)
        } throws: { error in
            guard let error = error as? OrderLinesError else { return false }
            return error.description == message && error.failureKind == .validation
        }
    }
}

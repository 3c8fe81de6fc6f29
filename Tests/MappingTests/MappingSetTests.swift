import JSON
import Mapping
import Testing

@Suite("A mapping document")
struct MappingSetTests {
    private static let catalog = MappingCatalog(
        targets: [
            TargetRecord(
                "dynamics.SalesOrderHeader",
                [
                    TargetField("CurrencyCode", .text(longest: 3), required: true),
                    TargetField("DeliveryAddressStreet", .text(longest: 12)),
                    TargetField("DeliveryModeCode", .text(longest: 10)),
                    TargetField("RequestedShippingDate", .date),
                    TargetField("SkipCreateAutoCharges", .noYes),
                ])
        ], sources: [:], functions: [])

    private func map(_ fields: String, _ order: JSONValue) throws -> JSONValue {
        let yaml = "mapping: header\nfrom: commerce.order\nto: dynamics.SalesOrderHeader\nfields:\n" + fields
        return try Self.catalog.load(shipped: ["header.yaml": yaml])
            .map("header", ["order": order], scope: "usmf", values: NoValues()).json
    }

    @Test("fills the target's fields in its own types")
    func types() throws {
        let mapped = try map(
            """
              CurrencyCode: order.order_currency_code
              DeliveryAddressStreet: { from: order.street, join: ", ", cut: true }
              RequestedShippingDate: { from: order.created_at, date: noon }
              SkipCreateAutoCharges: { constant: true }
            """,
            [
                "order_currency_code": "EUR", "street": ["Lindenweg 4", "Top 3"],
                "created_at": "2026-01-15 23:30:00",
            ])
        #expect(
            mapped == [
                "CurrencyCode": "EUR", "DeliveryAddressStreet": "Lindenweg 4,",
                "RequestedShippingDate": "2026-01-15T12:00:00Z", "SkipCreateAutoCharges": "Yes",
            ])
    }

    @Test("refuses a text that is too long, unless it may be cut")
    func tooLong() {
        #expect(
            throws: MappingFault.tooLong(
                mapping: "header", field: "DeliveryAddressStreet", found: "Lindenweg 4, Top 3", longest: 12)
        ) {
            try map(
                """
                  CurrencyCode: { constant: EUR }
                  DeliveryAddressStreet: { from: order.street, join: ", " }
                """, ["street": ["Lindenweg 4", "Top 3"]])
        }
    }

    @Test("says which row of which value table is missing")
    func missingRow() {
        #expect(
            throws: MappingFault.missingValue(
                mapping: "header", field: "DeliveryModeCode",
                ValueKey(table: "shipping-methods", scope: "usmf", key: "flatrate_flatrate"),
                column: "DeliveryModeCode")
        ) {
            try map(
                """
                  CurrencyCode: { constant: EUR }
                  DeliveryModeCode: { from: order.method, table: shipping-methods, column: DeliveryModeCode }
                """, ["method": "flatrate_flatrate"])
        }
    }
}

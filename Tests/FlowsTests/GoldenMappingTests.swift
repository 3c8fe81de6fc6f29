import Flows
import Foundation
import JSON
import Mapping
import Testing

/// What the shipped documents make of records, as files: `Golden/<document>.<case>.in.json` holds what paths begin
/// with, `.out.json` the record. `CAUSEWAY_WRITE_GOLDEN=1` writes the second anew; look at the difference, then commit it.
@Suite("A golden sample")
struct GoldenMappingTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    private static let suffix = ".in.json"
    private static let samples: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }.sorted()
    }()

    @Test("is mapped as it was before", arguments: samples)
    func golden(sample: String) throws {
        let input = try JSONValue.parse([UInt8](Data(contentsOf: Self.folder.appending(path: sample + Self.suffix))))
        let roots = try #require(input.objectValue)
        let records = Dictionary(roots.fields.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        let name = String(sample.prefix { $0 != "." })
        let set = try FlowCatalog.catalog.load(shipped: FlowCatalog.shipped)
        let outcome = set.outcome(name, records, scope: "usmf", values: GoldenValues())
        #expect(outcome.faults.map(\.description) == [])
        let output = Self.folder.appending(path: sample + ".out.json")
        let found = Self.lines(outcome.record.json)
        if ProcessInfo.processInfo.environment["CAUSEWAY_WRITE_GOLDEN"] == "1" {
            try Data((found.joined(separator: "\n") + "\n").utf8).write(to: output)
        }
        let expected = try String(contentsOf: output, encoding: .utf8).split(separator: "\n").map(String.init)
        // As differences, so that a failure says which lines changed.
        let changes = found.difference(from: expected).map { change in
            switch change {
            case .insert(_, let line, _): "+ \(line)"
            case .remove(_, let line, _): "- \(line)"
            }
        }
        #expect(changes == [], "\(sample)")
    }

    @Test("is there for every shipped document")
    func complete() {
        let sampled = Set(Self.samples.map { String($0.prefix { $0 != "." }) + ".yaml" })
        #expect(Set(FlowCatalog.shipped.keys).subtracting(sampled).sorted() == [])
    }

    /// One line per member, sorted, numbers as they are written.
    private static func lines(_ record: JSONValue) -> [String] {
        let fields = (record.objectValue?.fields ?? []).sorted { $0.key < $1.key }
        let members = fields.enumerated().map { index, field in
            let value = String(decoding: JSONWriter.bytes(field.value), as: UTF8.self)
            return "  \"\(field.key)\": \(value)" + (index == fields.count - 1 ? "" : ",")
        }
        return ["{"] + members + ["}"]
    }
}

/// A few rows, so that look-ups are seen.
private struct GoldenValues: ValueLookup {
    private static let rows: [String: [String: String]] = [
        "shipping-methods flatrate_flatrate": ["DeliveryModeCode": "FLAT", "DeliveryTermsCode": "DAP"],
        "payment-methods checkmo": ["CustomerPaymentMethodName": "CHECK", "PaymentTermsName": "Net30"],
        "payment-methods stripe_payments": [
            "CustomerPaymentMethodName": "CARD", "PaymentJournalName": "CardPay", "OffsetAccountType": "Bank",
            "OffsetAccountDisplayValue": "USMF OPER",
        ],
        "items AB-1": ["ItemNumber": "A0001", "ProductColorId": "BLACK"],
        "customer-groups 1": ["CustomerGroupId": "30"],
        "customer-groups 4": ["CustomerGroupId": "20", "DiscountPriceGroupId": "B2B"],
        "countries XK": ["CountryRegionId": "KOS"],
        "regions AT-BL": ["AddressState": "BGLD"],
        "regions US-Texas": ["AddressState": "TX"],
        "return-reasons 21": ["CustomerReturnReasonCode": "DEFECT", "ReturnDispositionCode": "10"],
        "carriers UPS-G": ["carrier_code": "ups", "title": "UPS"],
        "order-statuses Confirmed": ["status": "processing_confirmed"],
        "tax-groups 20": ["SalesTaxItemGroupCode": "FULL"],
    ]

    func row(_ key: ValueKey) -> [String: String]? { Self.rows["\(key.table) \(key.key)"] }
    func keys(in table: String, scope: String, where column: String, is value: String) -> [String] {
        switch (table, value) {
        case ("sources", "13"): ["main"]
        case ("customer-groups", "30"): ["1"]
        default: []
        }
    }
}

import Foundation
import HTTPTypes
import JSON
import Sandbox
import Testing

@Suite("What the contract finds")
struct ContractViolationTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        var method = HTTPRequest.Method.post
        var path = "/V1/order/42/ship"
        var query: String?
        var body: String? = #"{"notify":true}"#
        let violations: [ContractViolation]
    }

    static let track = #"{"track_number":"1","title":"UPS","carrier_code":"ups"}"#

    static let good = [
        Row(testDescription: "all that is needed", violations: []),
        Row(testDescription: "no body where none is required", body: nil, violations: []),
        Row(
            testDescription: "an encoded slash in a SKU", method: .get, path: "/V1/products/A%2FB", body: nil,
            violations: []),
        Row(
            testDescription: "search criteria, in snake case too", method: .get, path: "/V1/orders",
            query:
                "searchCriteria[filter_groups][3][filters][7][condition_type]=eq&searchCriteria[pageSize]=5&fields=x",
            body: nil, violations: []),
        Row(
            testDescription: "a partial order, which the schema does not foresee", path: "/V1/orders",
            body: #"{"entity":{"entity_id":1}}"#, violations: []),
        Row(
            testDescription: "a literal path before a placeholder", method: .put, path: "/V1/products/tier-prices",
            body: #"{"prices":[]}"#, violations: []),
    ]

    static let bad = [
        Row(
            testDescription: "unknown path", path: "/V1/order/42/send",
            violations: [.init("POST /V1/order/42/send", .unknownOperation)]),
        Row(
            testDescription: "unknown method", method: .delete, path: "/V1/orders", body: nil,
            violations: [.init("DELETE /V1/orders", .unknownOperation)]),
        Row(
            testDescription: "a text for a number in the path", path: "/V1/order/x/ship",
            violations: [.init("path orderId", .wrongType(found: "x", expected: "int"))]),
        Row(
            testDescription: "an unknown parameter", method: .get, path: "/V1/orders", query: "search[pageSize]=1",
            body: nil, violations: [.init("query search[pageSize]", .unknown)]),
        Row(
            testDescription: "a page size that is none", method: .get, path: "/V1/orders",
            query: "searchCriteria[pageSize]=all", body: nil,
            violations: [.init("query searchCriteria[pageSize]", .wrongType(found: "all", expected: "int"))]),
        Row(testDescription: "no JSON", body: "{", violations: [.init("", .malformed)]),
        Row(
            testDescription: "a list for an object", body: "[]",
            violations: [
                .init("", .wrongType(found: [], expected: "object"))
            ]),
        Row(
            testDescription: "the source where the starter kit puts it",
            body: #"{"extension_attributes":{"source_code":"a"}}"#,
            violations: [.init("/extension_attributes", .unknown)]),
        Row(
            testDescription: "a member of a member of a list is missing",
            body: #"{"tracks":[\#(track),{"track_number":"2","title":"UPS"}]}"#,
            violations: [.init("/tracks/1/carrier_code", .missing)]),
        Row(
            testDescription: "a text for a number", body: #"{"items":[{"order_item_id":"7","qty":1}]}"#,
            violations: [.init("/items/0/order_item_id", .wrongType(found: "7", expected: "int"))]),
        Row(
            testDescription: "a fraction for a whole number", body: #"{"items":[{"order_item_id":7.5,"qty":1}]}"#,
            violations: [
                .init("/items/0/order_item_id", .wrongType(found: .number(7.5), expected: "int"))
            ]),
        Row(
            testDescription: "a number for a flag", body: #"{"notify":1}"#,
            violations: [.init("/notify", .wrongType(found: 1, expected: "boolean"))]),
        Row(
            testDescription: "null", body: #"{"items":null}"#,
            violations: [.init("/items", .wrongType(found: .null, expected: "array"))]),
        Row(
            testDescription: "no body where one is required", path: "/V1/products", body: nil,
            violations: [.init("/product", .missing)]),
        Row(
            testDescription: "a body where none is allowed", path: "/V1/orders/42/cancel",
            violations: [.init("", .unknown)]),
        Row(
            testDescription: "several at once", path: "/V1/products", body: #"{"product":{"price":"1"},"x":1}"#,
            violations: [
                .init("/product/sku", .missing), .init("/product/price", .wrongType(found: "1", expected: "float")),
                .init("/x", .unknown),
            ]),
    ]

    @Test(
        "A request is held against the schema, and what does not fit is named with its place", arguments: good + bad)
    func checks(_ row: Row) throws {
        for edition in CommerceContract.Edition.allCases {
            let contract = try CommerceContract.of(edition)
            let found = contract.violations(
                row.method, path: row.path, query: row.query, body: row.body.map { Array($0.utf8) })
            #expect(found == row.violations, "\(found)")
        }
    }

    @Test("A bulk request is an array of bodies, each of them checked")
    func bulk() throws {
        let contract = try CommerceContract.of(.paas)
        func violations(_ body: String, _ path: String = "/V1/products/bySku") -> [ContractViolation] {
            contract.bulkViolations(.put, path: path, body: Array(body.utf8))
        }
        #expect(violations(#"[{"product":{"sku":"A"}},{"product":{"sku":"B"}}]"#) == [])
        #expect(violations(#"[{"product":{"sku":"A"}},{"product":{}}]"#) == [.init("/1/product/sku", .missing)])
        #expect(violations(#"{"product":{"sku":"A"}}"#).count == 1)
        #expect(violations("[]", "/V1/products/A") == [.init("PUT /V1/products/A", .unknownOperation)])
    }

    @Test("Every deviation is about an operation that is used, and about something that the schema requires")
    func deviations() throws {
        let contract = try CommerceContract.of(.paas)
        #expect(Set(CommerceDeviation.all.map(\.operation)).isSubset(of: contract.operationNames))
        #expect(CommerceDeviation.all.allSatisfy { !$0.optional.isEmpty && !$0.reason.isEmpty })
    }

    @Test(
        "The simulated shop refuses what does not fit, in Commerce's words",
        arguments: [
            (#"{"extension_attributes":{}}"#, "does not have accessor method"),
            (#"{"tracks":[{"title":"UPS","carrier_code":"ups"}]}"#, #""fieldName":"track_number""#),
            (#"{"notify":1}"#, "type is invalid"), ("{", "Decoding error"), ("[]", "type is invalid"),
        ])
    func refusals(_ body: String, _ words: String) async throws {
        try await ShopRig.run { rig in
            let id = try rig.order().entityID
            for path in ["/rest/default/V1", "/V1", "/tenant/V1"] {
                let (status, answer) = try await rig.raw(.post, "\(path)/order/\(id)/ship", body)
                #expect(status == 400 && answer.contains(words), "\(answer)")
            }
            #expect(rig.shop.records(.shipments).isEmpty)
            let (status, answer) = try await rig.raw(.post, "/rest/V1/order/\(id)/send", "{}")
            #expect(status == 404 && answer.contains("Request does not match any route."))
        }
    }
}

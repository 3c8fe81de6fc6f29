import Foundation
import HTTPTypes
import Testing

@testable import Sandbox

@Suite("What exists twice")
struct DoublesTests {
    @Test("A clean run has no doubles, also where two companies share numbers and references")
    func clean() async throws {
        let stage = try Stage()
        for area in ["usmf", "dat"] {
            let order = try await stage.createOrder(
                try await stage.createCustomer("a@example.com", area: area), reference: "1", area: area)
            try await stage.createLine(order, area: area)
            try await stage.createLine(order, area: area)
        }
        #expect(stage.dynamics.doubles().isEmpty)
    }

    @Test("Two orders with one reference, and two customers with one address, are found by their numbers")
    func found() async throws {
        let stage = try Stage()
        let account = try await stage.createCustomer("a@example.com")
        try await stage.createCustomer("A@Example.com")
        try await stage.createOrder(account, reference: "000000001")
        try await stage.createOrder(account, reference: "000000002")
        try await stage.createOrder(account, reference: "000000001")
        let doubles = stage.dynamics.doubles()
        #expect(doubles.orders.map(\.description) == ["usmf 000000001: SO-000001, SO-000003"])
        #expect(doubles.customers.map(\.description) == ["usmf a@example.com: C-000001, C-000002"])
        #expect(doubles.lines.isEmpty && !doubles.isEmpty)
    }

    @Test("Two lines with one mark of the sender on one order are found, though their line numbers differ")
    func lines() async throws {
        let stage = try Stage()
        let order = try await stage.createOrder(try await stage.createCustomer())
        for _ in 0..<2 {
            try await stage.createLine(
                order, #""ItemNumber":"MUG-01","OrderedSalesQuantity":1,"OrderLineReference":"9001""#)
        }
        #expect(
            stage.dynamics.doubles().lines.map(\.description)
                == ["usmf SO-000001 reference 9001: LOT-000001, LOT-000002"])
    }

    @Test("Requests are counted by route")
    func counters() async throws {
        let stage = try Stage()
        try await stage.createCustomer()
        _ = try await stage.data(.get, "CustomersV3(dataAreaId='usmf',CustomerAccount='C-000001')")
        _ = try await stage.data(.get, "Anything")
        #expect(stage.dynamics.requestCounts["POST /data/CustomersV3"] == 1)
        #expect(stage.dynamics.requestCounts["GET /data/CustomersV3(…)"] == 1)
        #expect(stage.dynamics.requestCounts["GET /data/?"] == 1)
        #expect(stage.dynamics.requestCounts["POST /{tenant}/oauth2/v2.0/token"] == 3)
        _ = try await stage.commerce(.get, "orders/1")
        #expect(stage.commerce.requestCounts == ["GET /V1/orders/{id}": 1])
    }
}

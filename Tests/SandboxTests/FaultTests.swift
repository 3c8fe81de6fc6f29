import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Fault knobs")
struct FaultTests {
    @Test("A create that is cut off after the commit has happened; one cut off before has not")
    func cutOff() async throws {
        let stage = try Stage()
        let account = try await stage.createCustomer()
        stage.dynamics.faults.update { $0.cutAfterCommit = 1 }
        let after = try await stage.data(.post, "SalesOrderHeadersV2", stage.orderBody(account, "after"))
        #expect(after.response.isCutOff)
        #expect(stage.dynamics.orders(reference: "after", dataAreaId: "usmf").count == 1)
        stage.dynamics.faults.update { ($0.cutAfterCommit, $0.cutBeforeCommit) = (0, 1) }
        let before = try await stage.data(.post, "SalesOrderHeadersV2", stage.orderBody(account, "before"))
        #expect(before.response.isCutOff)
        #expect(stage.dynamics.orders(reference: "before", dataAreaId: "usmf").isEmpty)
        #expect(try await stage.data(.get, "SalesOrderHeadersV2").status == 200)
    }

    @Test("A refused create is answered, not cut off: there was nothing to commit")
    func cutOnlyAfterCommit() async throws {
        let stage = try Stage()
        stage.dynamics.faults.plan.cutAfterCommit = 1
        #expect(try await stage.data(.post, "CustomersV3", "{}").status == 400)
    }

    @Test("The same seed cuts the same creates, close to the fraction that was asked for")
    func seeded() {
        func cuts(seed: UInt64) -> [SandboxFaults.Verdict] {
            var plan = FaultPlan()
            plan.cutAfterCommit = 0.05
            plan.cutBeforeCommit = 0.05
            let faults = SandboxFaults(plan, seed: seed)
            return (0..<2000).map { _ in faults.verdict(isCreate: true) }
        }
        #expect(cuts(seed: 7) == cuts(seed: 7))
        #expect(cuts(seed: 7) != cuts(seed: 8))
        #expect((60...140).contains(cuts(seed: 7).count { $0 == .cutAfterCommit }))
        #expect((60...140).contains(cuts(seed: 7).count { $0 == .cutBeforeCommit }))
    }

    @Test("Counted knobs run out, one request each, in a fixed order")
    func counted() async throws {
        let stage = try Stage()
        stage.dynamics.faults.update { plan in
            plan.nextUnauthorized = 1
            plan.nextTooManyRequests = 2
            plan.nextServerErrors = 1
            plan.nextMaintenancePages = 1
        }
        var statuses: [Int] = []
        for _ in 0..<6 { statuses.append(try await stage.data(.get, "CustomersV3").status) }
        #expect(statuses == [401, 429, 429, 500, 503, 200])
    }

    @Test("429 comes with Retry-After or without", arguments: [7, nil])
    func retryAfter(_ seconds: Int?) async throws {
        let stage = try Stage()
        stage.dynamics.faults.update { ($0.nextTooManyRequests, $0.retryAfterSeconds) = (1, seconds) }
        stage.commerce.faults.update { ($0.nextTooManyRequests, $0.retryAfterSeconds) = (1, seconds) }
        let erp = try await stage.data(.get, "CustomersV3")
        #expect(erp.status == 429 && erp.response.headers[.retryAfter] == seconds.map(String.init))
        let shop = try await stage.commerce(.get, "orders?searchCriteria=")
        #expect(shop.status == 429 && shop.response.headers[.retryAfter] == seconds.map(String.init))
        #expect(shop["message"] == "Too Many Requests")
    }

    @Test("Each platform words its own 401 and 500; maintenance is a page in HTML")
    func wording() async throws {
        let stage = try Stage()
        stage.commerce.faults.update {
            ($0.nextUnauthorized, $0.nextServerErrors, $0.nextMaintenancePages) = (1, 1, 1)
        }
        let path = "orders?searchCriteria="
        #expect(try await stage.commerce(.get, path).body.contains("isn't authorized"))
        #expect(try await stage.commerce(.get, path).body.contains("Report ID"))
        let page = try await stage.commerce(.get, path)
        #expect(page.status == 503 && page.response.headers[.contentType]?.hasPrefix("text/html") == true)
        #expect(page.response.headers[.retryAfter] == nil)
        stage.dynamics.faults.update { $0.nextServerErrors = 1 }
        let erp = try await stage.data(.get, "CustomersV3")
        #expect(try erp.text("error.innererror.message").contains("An update conflict occurred"))
    }

    @Test("A platform that is away refuses everything, and the other one and Entra go on")
    func away() async throws {
        let stage = try Stage()
        stage.dynamics.faults.plan.isAway = true
        #expect(try await stage.data(.get, "CustomersV3").status == 503)
        #expect(await stage.token().status == 200)
        #expect(try await stage.commerce(.get, "orders?searchCriteria=").status == 200)
        stage.dynamics.faults.plan.isAway = false
        #expect(try await stage.data(.get, "CustomersV3").status == 200)
        stage.dynamics.identityFaults.plan.isAway = true
        #expect(await stage.token().status == 503)
    }

    @Test("Latency delays the answer and changes nothing else")
    func latency() async throws {
        let stage = try Stage()
        stage.dynamics.faults.plan.latency = .milliseconds(1)
        #expect(try await stage.data(.get, "CustomersV3").status == 200)
    }
}

import Commerce
import Foundation
import Sandbox
import Testing

@Suite("Asynchronous bulk requests", .timeLimit(.minutes(5)))
struct BulkRoadTests {
    static let polling = BulkPolling(waits: [.zero, .zero])

    @Test(
        "Each body is followed to its end: done, to be sent again, or failed",
        arguments: CommerceEndpoint.Edition.allCases)
    func followed(_ edition: CommerceEndpoint.Edition) async throws {
        try await ShopRig.run(edition) { rig in
            rig.shop.shopFaults.nextBulkLockFailures = 1
            let submission = try await rig.client.submitProducts([
                CatalogRoadTests.draft("LOCKED"), CatalogRoadTests.draft("GOOD/1"), ProductDraft(sku: "NO-PRICE"),
            ])
            #expect(submission.accepted == [0, 1, 2])
            let results = try await rig.client.results(of: submission, polling: Self.polling) { _ in false }
            #expect(results[0] == .retriable("SQLSTATE[HY000]: General error: 1205 Lock wait timeout exceeded"))
            #expect(results[1] == .done)
            guard case .failed(let message)? = results[2] else {
                Issue.record("\(String(describing: results[2]))")
                return
            }
            #expect(message.contains("must be set"))
            #expect(try await rig.client.product(sku: "GOOD/1") != nil)
        }
    }

    @Test(
        "What stays open is looked for itself: found it is done, not found it is unknown", arguments: [true, false])
    func stuck(_ isWorkedOn: Bool) async throws {
        try await ShopRig.run { rig in
            rig.shop.shopFaults.bulkStaysOpen = true
            rig.shop.shopFaults.bulkIsWorkedOn = isWorkedOn
            let drafts = [CatalogRoadTests.draft("A")]
            let submission = try await rig.client.submitProducts(drafts)
            let results = try await rig.client.results(of: submission, polling: Self.polling) { index in
                try await rig.client.product(sku: drafts[index].sku) != nil
            }
            #expect(results == [0: isWorkedOn ? .done : .unknown])
        }
    }

    @Test("Updates take their SKUs from the bodies; customers are made where there is no other way")
    func others() async throws {
        try await ShopRig.run(.saas) { rig in
            rig.shop.addProduct(sku: "A/1")
            let update = try await rig.client.submitProductUpdates([ProductDraft(sku: "A/1", price: 5)])
            let customers = try await rig.client.submitCustomers([
                CustomerDraft(email: "a@example.com", firstname: "A", lastname: "B")
            ])
            for submission in [update, customers] {
                let results = try await rig.client.results(of: submission, polling: Self.polling) { _ in false }
                #expect(results == [0: .done])
            }
            #expect(try await rig.client.product(sku: "A/1")?.price == 5)
            #expect(try await rig.client.customers(email: "a@example.com").count == 1)
        }
    }

    @Test("A request that nobody knows, and one without bodies, are faults")
    func refusals() async throws {
        try await ShopRig.run { rig in
            await refused("products", "1 to 5000") { _ = try await rig.client.submitProducts([]) }
            let fault = await #expect(throws: CommerceFault.self) { try await rig.client.bulkStatus("nope") }
            #expect(fault?.kind == .notFound)
        }
    }
}

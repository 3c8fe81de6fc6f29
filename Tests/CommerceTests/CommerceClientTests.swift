import Foundation
import HTTPClient
import HTTPTypes
import JSON
import Relay
import Synchronization
import Testing

@testable import Commerce

@Suite("Commerce REST")
struct CommerceClientTests {
    static let base = "https://shop.example.com/rest/default/V1"

    static func client(_ transport: any HTTPTransport) throws -> CommerceClient {
        CommerceClient(
            endpoint: try CommerceEndpoint(baseURL: "https://shop.example.com"),
            authorization: BearerAuthorization(token: "secret-token"), transport: transport)
    }

    @Test("an order is found by the number that customers see, and then read whole")
    func findsOrder() async throws {
        let transport = ScriptedTransport(
            #"{"items":[{"entity_id":42,"increment_id":"000000042"}],"total_count":1}"#, Fixture.restConfigurable)
        let order = try await CommerceClientTests.client(transport).order(incrementID: "000000042")
        #expect(order?.entityID == 42)
        #expect(
            transport.calls == [
                "GET \(CommerceClientTests.base)/orders"
                    + "?searchCriteria%5BfilterGroups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bfield%5D=increment_id"
                    + "&searchCriteria%5BfilterGroups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bvalue%5D=000000042"
                    + "&searchCriteria%5BfilterGroups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5BconditionType%5D=eq"
                    + "&searchCriteria%5BpageSize%5D=10&searchCriteria%5BcurrentPage%5D=1"
                    + "&fields=items%5Bentity_id%2Cincrement_id%5D%2Ctotal_count",
                "GET \(CommerceClientTests.base)/orders/42",
            ])
        #expect(transport.requests[0].headers[.authorization] == "Bearer secret-token")
        #expect(transport.requests[0].headers[.accept] == "application/json")
    }

    @Test("what a person changed of a record is sent, and stands in the audit trail")
    func patched() async throws {
        let transport = ScriptedTransport("17")
        let trail = Trail(redactor: EverythingRedactor())
        let items = [InvoicedItem(orderItemID: 9001, qty: 2)]
        try await Trail.$current.withValue(trail) {
            try await RecordPatch.$current.withValue(Array(#"{"items":[{"order_item_id":9001,"qty":1}]}"#.utf8)) {
                _ = try await CommerceClientTests.client(transport).createInvoice(
                    orderID: 42, items: items, capture: false, notify: false)
            }
        }
        let sent =
            #"{"appendComment":false,"capture":false,"items":[{"order_item_id":9001,"qty":1}],"notify":false}"#
        #expect(transport.calls == ["POST \(CommerceClientTests.base)/order/42/invoice \(sent)"])
        #expect(trail.exchanges.map(\.sent) == [sent])
    }

    @Test("a patch that is no JSON parks the record, and nothing is sent")
    func malformedPatch() async throws {
        let transport = ScriptedTransport("17")
        await #expect {
            try await RecordPatch.$current.withValue(Array("{".utf8)) {
                try await CommerceClientTests.client(transport).createInvoice(
                    orderID: 42, capture: false, notify: false)
            }
        } throws: {
            ($0 as? CommerceFault)?.failureKind == .validation
        }
        #expect(transport.requests.isEmpty)
    }

    @Test("a number is sent so that no character of it can change the query")
    func encodesQuery() async throws {
        let transport = ScriptedTransport(#"{"items":[],"total_count":0}"#)
        #expect(try await CommerceClientTests.client(transport).order(incrementID: "Ä&B=1 +%") == nil)
        #expect(transport.requests[0].url.contains("%5Bvalue%5D=%C3%84%26B%3D1%20%2B%25&"))
    }

    @Test("a number that only differs in case, or that two websites have, is not mistaken")
    func checksNumber() async throws {
        let other = ScriptedTransport(#"{"items":[{"entity_id":42,"increment_id":"a-1"}],"total_count":1}"#)
        #expect(try await CommerceClientTests.client(other).order(incrementID: "A-1") == nil)
        let two = ScriptedTransport(
            #"{"items":[{"entity_id":1,"increment_id":"7"},{"entity_id":2,"increment_id":"7"}],"total_count":2}"#)
        let fault = await #expect(throws: CommerceFault.self) {
            try await CommerceClientTests.client(two).order(incrementID: "7")
        }
        #expect(fault?.failureKind == .validation)
    }

    @Test("an order that is gone is nil; an address that leads nowhere is a fault")
    func missingOrder() async throws {
        let gone = #"{"message":"The entity that was requested doesn't exist. Verify the entity and try again."}"#
        let transport = ScriptedTransport([.success(OutboundResponse(status: 404, body: Fixture.bytes(gone)))])
        #expect(try await CommerceClientTests.client(transport).order(entityID: 42) == nil)
        for page in [#"{"message":"Request does not match any route."}"#, "<html><title>404</title></html>", ""] {
            let transport = ScriptedTransport([.success(OutboundResponse(status: 404, body: Fixture.bytes(page)))])
            let fault = await #expect(throws: CommerceFault.self) {
                try await CommerceClientTests.client(transport).order(entityID: 42)
            }
            #expect(fault?.kind == .misdirected)
        }
    }

    @Test("the ERP's number is written with as little of the order as Commerce takes")
    func writesBack() async throws {
        let transport = ScriptedTransport(Fixture.restConfigurable)
        try await CommerceClientTests.client(transport)
            .setExternalOrderID(entityID: 42, incrementID: "000000042", extOrderID: "SO/004512")
        #expect(
            transport.calls == [
                "POST \(CommerceClientTests.base)/orders "
                    + #"{"entity":{"entity_id":42,"ext_order_id":"SO/004512","increment_id":"000000042"}}"#
            ])
        #expect(transport.requests[0].headers[.contentType] == "application/json")
    }

    @Test("a comment keeps the order's status, given or asked for", arguments: [nil, "pending"] as [String?])
    func comments(_ status: String?) async throws {
        let transport = status == nil ? ScriptedTransport("\"pending\"", "true") : ScriptedTransport("true")
        try await CommerceClientTests.client(transport).addComment(
            orderID: 42, text: "Als SO-1 erfaßt", status: status)
        #expect(
            transport.calls.last == "POST \(CommerceClientTests.base)/orders/42/comments "
                + #"{"statusHistory":{"comment":"Als SO-1 erfaßt","is_customer_notified":0,"is_visible_on_front":0,"#
                + #""parent_id":42,"status":"pending"}}"#)
        #expect(transport.calls.count == (status == nil ? 2 : 1))
        if status == nil { #expect(transport.calls[0] == "GET \(CommerceClientTests.base)/orders/42/statuses") }
    }

    @Test("comments are read, entries without text left out")
    func readsComments() async throws {
        let transport = ScriptedTransport(
            #"{"items":[{"comment":"one"},{"comment":null},{"comment":"zwei\n"},{}],"total_count":4}"#)
        #expect(try await CommerceClientTests.client(transport).comments(orderID: 42) == ["one", "zwei\n"])
    }

    @Test("invoices come with their comments, whether or not the list has them")
    func readsInvoices() async throws {
        let transport = ScriptedTransport(
            """
            {"items":[{"entity_id":9,"increment_id":"000000009","order_id":42,"state":2,"grand_total":57.0,
               "items":[{"order_item_id":101,"qty":1},{"order_item_id":"102","qty":"1.0000"}],
               "comments":[{"comment":"ERP invoice INV-9"}]},
              {"entity_id":10,"order_id":42,"state":1,"items":[]}],"total_count":2}
            """, #"{"items":[{"comment":"ERP invoice INV-10"}],"total_count":1}"#)
        let invoices = try await CommerceClientTests.client(transport).invoices(orderID: 42)
        #expect(invoices[0].document.objectValue?["grand_total"] == 57)
        let withoutDocuments = invoices.map { invoice in
            var invoice = invoice
            invoice.document = .null
            return invoice
        }
        #expect(
            withoutDocuments == [
                CommerceInvoice(
                    entityID: 9, incrementID: "000000009", orderID: 42, state: .paid, grandTotal: 57,
                    items: [InvoicedItem(orderItemID: 101, qty: 1), InvoicedItem(orderItemID: 102, qty: 1)],
                    comments: ["ERP invoice INV-9"]),
                CommerceInvoice(entityID: 10, orderID: 42, state: .open, comments: ["ERP invoice INV-10"]),
            ])
        #expect(transport.calls.last == "GET \(CommerceClientTests.base)/invoices/10/comments")
    }

    @Test("each page begins behind the last key of the one before; none past the end is asked for")
    func pagesByKey() async throws {
        func page(_ id: Int, _ total: Int) -> String {
            #"{"items":[{"entity_id":\#(id),"order_id":42,"comments":[{"comment":"x"}]}],"total_count":\#(total)}"#
        }
        let transport = ScriptedTransport(page(9, 2), page(10, 1))
        #expect(try await CommerceClientTests.client(transport).invoices(orderID: 42).map(\.entityID) == [9, 10])
        #expect(transport.requests[1].url.contains("%5Bvalue%5D=9&"))
        #expect(transport.requests.allSatisfy { $0.url.hasSuffix("%5BcurrentPage%5D=1") })
    }

    @Test("a list that gives the same page again is a fault, not an endless loop")
    func repeatedPage() async throws {
        let page = #"{"items":[{"entity_id":9,"order_id":42,"comments":[{"comment":"x"}]}],"total_count":51}"#
        let fault = await #expect(throws: CommerceFault.self) {
            try await CommerceClientTests.client(ScriptedTransport(page, page, page)).invoices(orderID: 42)
        }
        #expect(fault?.kind == .unexpected)
    }

    @Test("a partial invoice names order items and exact quantities")
    func createsPartialInvoice() async throws {
        let transport = ScriptedTransport("17")
        let id = try await CommerceClientTests.client(transport).createInvoice(
            orderID: 42, items: [InvoicedItem(orderItemID: 101, qty: Fixture.decimal("0.1"))], capture: true,
            notify: false, comment: "ERP invoice INV-9")
        #expect(id == 17)
        #expect(
            transport.calls == [
                "POST \(CommerceClientTests.base)/order/42/invoice "
                    + #"{"appendComment":true,"capture":true,"comment":{"comment":"ERP invoice INV-9","#
                    + #""is_visible_on_front":0},"items":[{"order_item_id":101,"qty":0.1}],"notify":false}"#
            ])
    }

    @Test("a full invoice names no items")
    func createsFullInvoice() async throws {
        let transport = ScriptedTransport("\"17\"")
        let id = try await CommerceClientTests.client(transport)
            .createInvoice(orderID: 42, capture: false, notify: true)
        #expect(id == 17)
        #expect(
            transport.calls[0].hasSuffix(#"/order/42/invoice {"appendComment":false,"capture":false,"notify":true}"#))
    }

    @Test("calls that change one order run one at a time, others side by side")
    func serialises() async throws {
        let transport = CrowdCounter()
        let client = try CommerceClientTests.client(transport)
        await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<20 {
                group.addTask { try await client.createInvoice(orderID: number % 2, capture: false, notify: false) }
            }
        }
        #expect(transport.most == [0: 1, 1: 1])
    }

    @Test("the audit trail has every call, and no credential")
    func leavesTrail() async throws {
        let transport = ScriptedTransport([
            .success(OutboundResponse(status: 200, body: Fixture.bytes("17"))), .failure(.interrupted("deadline")),
        ])
        let client = try CommerceClientTests.client(transport)
        let trail = Trail(redactor: EverythingRedactor())
        await Trail.$current.withValue(trail) {
            for _ in 1...2 { _ = try? await client.createInvoice(orderID: 42, capture: false, notify: false) }
        }
        let exchanges = trail.exchanges
        #expect(exchanges.map(\.destination) == ["commerce", "commerce"])
        #expect(exchanges.map(\.method) == ["POST", "POST"])
        #expect(exchanges.map(\.target) == Array(repeating: "/rest/default/V1/order/42/invoice", count: 2))
        #expect(exchanges.map(\.status) == [200, nil])
        #expect(exchanges.map(\.received) == ["17", nil])
        #expect(exchanges.map(\.failure) == [nil, "interrupted: deadline"])
        #expect(exchanges.allSatisfy { $0.sent?.contains("appendComment") == true })
        #expect(exchanges.allSatisfy { $0.sentHeaders["content-type"] == "application/json" })
    }

    @Test("a cancelled call is a cancellation, not a fault of Commerce")
    func cancels() async throws {
        let transport = ScriptedTransport([.failure(.cancelled)])
        await #expect(throws: CancellationError.self) { try await CommerceClientTests.client(transport).ping() }
    }

    @Test("a ping asks for what every flow needs: to read orders")
    func pings() async throws {
        let transport = ScriptedTransport(#"{"total_count":0}"#)
        try await CommerceClientTests.client(transport).ping()
        #expect(
            transport.calls == [
                "GET \(CommerceClientTests.base)/orders?searchCriteria%5BpageSize%5D=1"
                    + "&searchCriteria%5BcurrentPage%5D=1&fields=total_count"
            ])
    }
}

/// Counts how many calls for one order are under way at once.
private final class CrowdCounter: HTTPTransport {
    private let state = Mutex<(now: [Int: Int], most: [Int: Int])>(([:], [:]))

    var most: [Int: Int] { state.withLock { $0.most } }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let order = request.url.contains("/order/0/") ? 0 : 1
        state.withLock { state in
            state.now[order, default: 0] += 1
            state.most[order] = max(state.most[order] ?? 0, state.now[order] ?? 0)
        }
        for _ in 1...20 { await Task.yield() }
        state.withLock { $0.now[order, default: 0] -= 1 }
        return OutboundResponse(status: 200, body: Array("1".utf8))
    }
}

import HTTPClient
import Testing

@testable import Commerce

@Suite("Operations of a bulk request")
struct BulkSubmissionTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let ids: [Int]
        /// By index, which id's operation it is.
        let expected: [Int: Int]
    }

    static let cases = [
        Row(testDescription: "numbered by index", ids: [0, 1, 3], expected: [0: 0, 1: 1, 3: 3]),
        Row(testDescription: "numbered by index, one not yet there", ids: [0, 3], expected: [0: 0, 3: 3]),
        Row(
            testDescription: "numbered by the database, in another order", ids: [93, 91, 92],
            expected: [0: 91, 1: 92, 3: 93]),
        Row(
            testDescription: "numbered by the database, incomplete: nobody knows which", ids: [91, 92], expected: [:]),
        Row(testDescription: "none", ids: [], expected: [:]),
    ]

    @Test("An operation is matched to the body that was sent", arguments: cases)
    func matches(_ row: Row) {
        let submission = BulkSubmission(
            id: "b", accepted: [0, 1, 3], rejected: [.init(index: 2, message: "no product")])
        let found = submission.byIndex(row.ids.map { BulkOperation(id: $0, status: .complete) })
        #expect(found.mapValues(\.id) == row.expected)
    }

    @Test("What was rejected at once is failed, without a question")
    func rejected() async throws {
        let transport = ScriptedTransport(
            """
            {"bulk_uuid":"b-1","request_items":[{"id":0,"status":"rejected","error_message":"\\"product\\" is required."},
             {"id":1,"status":"accepted"}],"errors":true}
            """, #"{"operations_list":[{"id":1,"status":5,"result_message":"rejected later"}]}"#)
        let client = try CommerceClientTests.client(transport)
        let submission = try await client.submitProducts([ProductDraft(sku: "A"), ProductDraft(sku: "B")])
        let results = try await client.results(of: submission, polling: BulkPolling(waits: [.zero])) { _ in true }
        #expect(results == [0: .failed("\"product\" is required."), 1: .failed("rejected later")])
        #expect(transport.requests[0].url == "https://shop.example.com/rest/all/async/bulk/V1/products")
    }
}

import Foundation
import JSON
import Testing

@testable import Commerce

@Suite("Rows refused inside an answer of 200")
struct RowOutcomeTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let answer: String
        /// Indices into `rows`.
        let refused: [Int]
        var unattributed: [String] = []
    }

    static let rows = [
        TierPrice(sku: "A", price: 1, customerGroup: "General", quantity: 5),
        TierPrice(sku: "A", price: 2, customerGroup: "Wholesale", quantity: 5),
        TierPrice(sku: "B", price: 3, websiteID: 2, customerGroup: "General", quantity: 10),
    ]

    static let cases = [
        Row(testDescription: "nothing refused", answer: "[]", refused: []),
        Row(testDescription: "an answer that is true", answer: "true", refused: []),
        Row(
            testDescription: "a list of values for named placeholders",
            answer: #"[{"message":"Invalid attribute %fieldName = %fieldValue.","parameters":["SKU","B"]}]"#,
            refused: [2]),
        Row(
            testDescription: "a map of values",
            answer: #"[{"message":"No %SKU in %group.","parameters":{"SKU":"A","group":"Wholesale"}}]"#, refused: [1]),
        Row(
            testDescription: "only the SKU: all of its rows",
            answer: #"[{"message":"No %SKU.","parameters":["A"]}]"#, refused: [0, 1]),
        Row(
            testDescription: "the SKU in another case, as the database compares it",
            answer: #"[{"message":"No %SKU.","parameters":["b"]}]"#, refused: [2]),
        Row(
            testDescription: "two messages for one row",
            answer: #"[{"message":"%1 x","parameters":["B"]},{"message":"%1 y","parameters":["B"]}]"#, refused: [2]),
        Row(
            testDescription: "a row that was not sent", answer: #"[{"message":"No %SKU.","parameters":["Z"]}]"#,
            refused: [], unattributed: ["No Z."]),
        Row(
            testDescription: "no values at all", answer: #"[{"message":"Something is wrong."}]"#, refused: [],
            unattributed: ["Something is wrong."]),
    ]

    @Test("A refusal finds the row that it is about", arguments: cases)
    func finds(_ row: Row) throws {
        let complaints = CommerceErrorBody.rowComplaints(in: try JSONValue.parse(Array(row.answer.utf8)))
        let outcome = RowOutcome.matching(complaints, to: Self.rows, sku: \.sku, marks: \.marks)
        #expect(outcome.refused.map(\.row) == row.refused.map { Self.rows[$0] })
        #expect(outcome.unattributed == row.unattributed)
    }
}

import Commerce
import Testing

@testable import Gateway

@Suite("How much goes into one call to Commerce")
struct CommerceBatchTests {
    private static let shop = "baseURL: https://shop.example.com"

    private static func with(_ more: String) -> String { shop + "\n  " + more }

    static let accepted: [(String, BatchSizes)] = [
        ("store: default", BatchSizes(rows: 100, page: 100)), ("batchSize: 20", BatchSizes(rows: 20, page: 100)),
        ("batchSize: 5000", BatchSizes(rows: 5000, page: 100)), ("pageSize: 300", BatchSizes(rows: 100, page: 300)),
        ("pageSize: 1", BatchSizes(rows: 100, page: 1)),
    ]

    @Test("Sizes within what Commerce takes are used as they are", arguments: accepted)
    func reads(_ more: String, _ sizes: BatchSizes) throws {
        #expect(try ConfigurationFixture.read(replacing: Self.shop, with: Self.with(more)).commerce.batches == sizes)
    }

    static let refused: [(String, String)] = [
        ("batchSize: 0", "4:14: commerce.batchSize: found \"0\"; expected a whole number from 1 to 5000"),
        ("batchSize: 5001", "4:14: commerce.batchSize: found \"5001\"; expected a whole number from 1 to 5000"),
        ("batchSize: many", "4:14: commerce.batchSize: found \"many\"; expected a whole number from 1 to 5000"),
        ("pageSize: 301", "4:13: commerce.pageSize: found \"301\"; expected a whole number from 1 to 300"),
        ("pageSize: -1", "4:13: commerce.pageSize: found \"-1\"; expected a whole number from 1 to 300"),
    ]

    @Test("Other sizes are refused with their line and the range", arguments: refused)
    func refuses(_ more: String, _ problem: String) {
        let problems = ConfigurationFixture.problems(replacing: Self.shop, with: Self.with(more))
        #expect(problems == [problem])
    }
}

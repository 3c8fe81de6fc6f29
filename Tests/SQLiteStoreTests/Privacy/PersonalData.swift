import Foundation
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

let jane = "jane.o'hara+shop@example.com"

extension NewEvent {
    /// An order that names a person.
    static func personal(
        _ subject: String = "order 000000042", key: String, email: String = jane, at second: Int64 = 0,
        digest: UInt8 = 7
    ) -> NewEvent {
        var event = NewEvent.sample(
            subject, key: key, at: second,
            body: Array(#"{"order":{"customer_email":"\#(email)","increment_id":"000000042"}}"#.utf8))
        event.bodyDigest = [UInt8](repeating: digest, count: 32)
        event.searchKeys = [SearchKey(.email, email), SearchKey(.order, "000000042")]
        return event
    }
}

extension Exchange {
    static func personal(_ email: String = jane) -> Exchange {
        let name = email.replacing("'", with: "''").addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return Exchange(
            step: "customer", destination: "dynamics", method: "GET",
            target: "/data/CustomersV3?$filter=PrimaryContactEmail%20eq%20%27\(name)%27", status: 200, sent: nil,
            received: #"{"value":[{"PrimaryContactEmail":"\#(email.uppercased())"}]}"#, startedAt: at(1),
            milliseconds: 5)
    }
}

extension SQLiteStore {
    /// Carries an event to its end, as an order would be.
    func carry(_ event: NewEvent, email: String = jane, at second: Int64 = 10) async throws -> EventID {
        let id = try await append(event).event
        let claim = try #require(try await claim(limit: 100, at: second).first { $0.event.id == id })
        let key = LinkKey(kind: "customer", scope: "usmf", key: email)
        try await conclude(
            claim.lease, step: "customer", result: Array(#""US-0042""#.utf8),
            link: Link(key: key, value: "US-0042"), fingerprint: nil, at: at(second))
        _ = try await finish(
            claim.lease, .done(summary: "SO-1"), .sample(at: second, exchanges: [.personal(email)]))
        return id
    }

    /// Whether the words stand anywhere in the files, in any case.
    func files(hold words: String) async throws -> [String] {
        try await truncateLog()
        return ["", "-wal"].filter { suffix in
            let data = (try? Data(contentsOf: URL(fileURLWithPath: path + suffix))) ?? Data()
            let needle = Array(words.lowercased().utf8)
            let bytes = data.map { 0x41 <= $0 && $0 <= 0x5A ? $0 | 0x20 : $0 }
            guard let first = needle.first, bytes.count >= needle.count else { return false }
            return bytes.indices.dropLast(needle.count - 1).contains { place in
                bytes[place] == first && bytes[place..<place + needle.count].elementsEqual(needle)
            }
        }
    }
}

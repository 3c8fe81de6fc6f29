import JSON
import Synchronization

/// All records of the simulated shop, by shelf. One change at a time.
final class ShopShelves: Sendable {
    struct State {
        var records: [ShopShelf: [JSONObject]] = [:]
        private var nextIDs: [ShopShelf: Int] = [:]

        init() {
            records[.groups] = [Self.group(1, "General"), Self.group(2, "Wholesale"), Self.group(3, "Retailer")]
            records[.categories] = [
                ["id": 1, "parent_id": 0, "name": "Root Catalog", "is_active": true, "position": 0, "level": 0],
                ["id": 2, "parent_id": 1, "name": "Default Category", "is_active": true, "position": 1, "level": 1],
            ]
        }

        private static func group(_ id: Int, _ code: String) -> JSONObject {
            ["id": .int(id), "code": .string(code), "tax_class_id": 3, "tax_class_name": "Retail Customer"]
        }

        subscript(_ shelf: ShopShelf) -> [JSONObject] {
            get { records[shelf] ?? [] }
            set { records[shelf] = newValue }
        }

        func index(_ shelf: ShopShelf, id: Int) -> Int? {
            guard let key = shelf.key else { return nil }
            return self[shelf].firstIndex { $0[key]?.intValue == id }
        }

        /// - Returns: The record with its new number.
        mutating func add(_ shelf: ShopShelf, _ record: JSONObject) -> JSONObject {
            var record = record
            if let key = shelf.key {
                let id = nextIDs[shelf] ?? shelf.firstID
                nextIDs[shelf] = id + 1
                record[key] = .int(id)
            }
            self[shelf].append(record)
            return record
        }
    }

    private let state = Mutex(State())

    subscript(_ shelf: ShopShelf) -> [JSONObject] { state.withLock { $0[shelf] } }

    func record(_ shelf: ShopShelf, id: Int) throws(CommerceRefusal) -> JSONObject {
        let found = state.withLock { state in state.index(shelf, id: id).map { state[shelf][$0] } }
        guard let found else { throw .noSuchEntity }
        return found
    }

    func add(_ shelf: ShopShelf, _ record: JSONObject) -> JSONObject {
        state.withLock { $0.add(shelf, record) }
    }

    /// - Returns: The record after the change.
    func update(
        _ shelf: ShopShelf, id: Int, _ change: (inout JSONObject) throws(CommerceRefusal) -> Void
    ) throws(CommerceRefusal) -> JSONObject {
        try state.withLock { state throws(CommerceRefusal) in
            guard let index = state.index(shelf, id: id) else { throw .noSuchEntity }
            var record = state[shelf][index]
            try change(&record)
            state[shelf][index] = record
            return record
        }
    }

    /// Several changes that belong together; none is kept if one is refused.
    func change<Result>(
        _ body: (inout State) throws(CommerceRefusal) -> Result
    ) throws(CommerceRefusal) -> Result {
        try state.withLock { state throws(CommerceRefusal) in
            var changed = state
            let result = try body(&changed)
            state = changed
            return result
        }
    }
}

import Relay
import Testing

@testable import SQLiteStore

@Test("The SQLite store keeps every store's promises", arguments: StorePromise.all)
func keepsPromise(_ promise: StorePromise) async throws {
    try await withStore { try await promise.check($0) }
}

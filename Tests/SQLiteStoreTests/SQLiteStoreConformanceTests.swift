import Foundation
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

@Test("The SQLite store keeps every store's promises, plain and sealed", arguments: StorePromise.all, [false, true])
func keepsPromise(_ promise: StorePromise, isSealed: Bool) async throws {
    try await withFolder { folder in
        let workshop = SQLiteWorkshop(
            path: folder.appendingPathComponent("causeway.db").path,
            vault: isSealed ? XORVault("2026-11") : PlainVault())
        do {
            try await promise.check(in: workshop)
        } catch {
            try await workshop.close()
            throw error
        }
        try await workshop.close()
    }
}

/// Stores in one file, one after the other; each is checked when it is closed.
private actor SQLiteWorkshop: StoreWorkshop {
    private let path: String
    private let vault: any PayloadVault
    private var store: SQLiteStore?

    init(path: String, vault: any PayloadVault) {
        self.path = path
        self.vault = vault
    }

    func open() async throws -> any RelayStore {
        let store = try SQLiteStore.open(path: path, vault: vault, logger: silent)
        self.store = store
        return store
    }

    func close() async throws {
        guard let store else { return }
        self.store = nil
        try await store.checkInvariants()
        await store.close()
    }
}

import Cryptography
import Relay
import Testing

@testable import Gateway

private func key(_ id: String, _ byte: UInt8) -> EncryptionSettings.Key {
    EncryptionSettings.Key(id: id, bytes: [UInt8](repeating: byte, count: 32))
}

private let ring = KeyRing(EncryptionSettings(keys: [key("new", 1), key("old", 2)], searchKey: key("search", 3)))
private let older = KeyRing(EncryptionSettings(keys: [key("old", 2)], searchKey: key("search", 3)))

@Suite("The key ring")
struct KeyRingTests {
    private let body = Array(#"{"customer_email":"jane@example.com"}"#.utf8)
    private let place = PayloadPlace.body(digest: [UInt8](repeating: 9, count: 32))

    @Test("seals with the first key and opens with all of them")
    func rotation() throws {
        let (new, old) = (ring.seal(body, at: place), older.seal(body, at: place))
        #expect(new.key == "new" && old.key == "old")
        #expect(try ring.open(new, at: place) == body)
        #expect(try ring.open(old, at: place) == body)
        #expect(throws: VaultFault.unknownKey("new")) { try older.open(new, at: place) }
    }

    @Test(
        "opens nothing in another place",
        arguments: [
            PayloadPlace.body(digest: [UInt8](repeating: 8, count: 32)),
            .patches(digest: [UInt8](repeating: 9, count: 32)), .exchanges(DeliveryID(17), attempt: 3),
            .linkKey(kind: "customer", scope: "usmf"),
        ])
    func places(_ other: PayloadPlace) {
        let sealed = ring.seal(body, at: place)
        #expect(throws: VaultFault.notGenuine(key: "new")) { try ring.open(sealed, at: other) }
    }

    @Test("sees a changed bit anywhere, the names of the keys included")
    func changed() {
        let sealed = ring.seal(body, at: place)
        for index in sealed.bytes.indices {
            var bad = sealed
            bad.bytes[index] ^= 1
            #expect(throws: VaultFault.notGenuine(key: "new")) { try ring.open(bad, at: place) }
        }
        #expect(throws: VaultFault.notGenuine(key: "old")) {
            try ring.open(StoredPayload(sealed.bytes, sealedBy: "old"), at: place)
        }
    }

    @Test("does not open what another key of the same name sealed")
    func sameName() {
        let other = KeyRing(EncryptionSettings(keys: [key("new", 7)], searchKey: key("search", 3)))
        let sealed = other.seal(body, at: place)
        #expect(throws: VaultFault.notGenuine(key: "new")) { try ring.open(sealed, at: place) }
    }

    @Test("passes on what is not sealed yet")
    func plain() throws { #expect(try ring.open(StoredPayload(body), at: place) == body) }

    @Test("hashes equal values alike, whatever key seals, and others not")
    func tokens() {
        let token = ring.token(of: "jane@example.com", kind: "email")
        #expect(token?.count == 16 && token == older.token(of: "jane@example.com", kind: "email"))
        #expect(token != ring.token(of: "jane@example.com", kind: "customer"))
        #expect(token != ring.token(of: "jane@example.co", kind: "email"))
        let other = KeyRing(EncryptionSettings(keys: [key("new", 1)], searchKey: key("search", 4)))
        #expect(token != other.token(of: "jane@example.com", kind: "email") && ring.tokenMark != other.tokenMark)
    }
}

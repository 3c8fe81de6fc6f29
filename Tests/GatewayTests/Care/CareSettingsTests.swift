import Relay
import Testing

@testable import Gateway

private let server = "server: { host: 127.0.0.1, port: 0 }"
private let hex = String(repeating: "0f", count: 32)
private let base64 = "Dw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8="
private let search = "searchKey: " + String(repeating: "a1", count: 32)

private func read(_ yaml: String) throws -> GatewayConfiguration {
    try ConfigurationFixture.read(replacing: server, with: yaml)
}

@Suite("Settings that keep people's data")
struct CareSettingsTests {
    @Test("Keys are read in hex and in base64", arguments: [hex, hex.uppercased(), base64])
    func keys(_ text: String) throws {
        let encryption = try read("store: { encryption: { keys: [ { id: 2026-11, key: \(text) } ], \(search) } }")
            .store.encryption
        #expect(encryption?.keys.map(\.id) == ["2026-11"])
        #expect(encryption?.keys.first?.bytes == [UInt8](repeating: 15, count: 32))
        #expect(encryption?.searchKey.bytes == [UInt8](repeating: 0xA1, count: 32))
        #expect(!"\(String(describing: encryption))".contains("0f0f"))
    }

    @Test("Without the sections nothing is sealed, no backup is made, and retention has its defaults")
    func defaults() throws {
        let configuration = try ConfigurationFixture.read()
        #expect(configuration.store.encryption == nil && configuration.store.backups == nil)
        #expect(configuration.retention == .standard)
    }

    @Test(
        "Mistakes name field and place, and no key",
        arguments: [
            (
                "keys: [ { id: a, key: \(hex)00 } ], \(search)",
                "keys[0].key: found 66 characters that are neither hex"
            ),
            ("keys: [ { id: a, key: AAAA } ], \(search)", "keys[0].key: found a key of 3 bytes; expected 32 bytes"),
            (
                "keys: [ { id: a, key: \(hex) }, { id: a, key: \(base64) } ], \(search)",
                "keys[1].id: found \"a\", as in"
            ),
            (
                "keys: [ { id: \"a b\", key: \(hex) } ], \(search)",
                "keys[0].id: found \"a b\"; expected 1 to 32 letters"
            ),
            ("keys: [ { id: a } ], \(search)", "keys[0].key: found nothing; expected 32 secret bytes"),
            ("keys: [ { key: \(hex) } ], \(search)", "keys[0].id: found nothing"),
            ("keys: [], \(search)", "store.encryption.keys: found nothing; expected at least one key"),
            (search, "store.encryption.keys: found nothing; expected at least one key"),
            ("keys: [ { id: a, key: \(hex) } ]", "searchKey: found nothing; expected the key of searches"),
            ("keys: [ { id: a, key: \(hex) } ], searchKey: \(hex)", "searchKey: found one of the keys that seal"),
            ("keys: [ { id: a, key: \(hex), kez: 1 } ], \(search)", "keys[0].kez: found an unknown key"),
        ])
    func mistakes(_ yaml: String, _ words: String) {
        let problems = ConfigurationFixture.problems(
            replacing: server, with: "store: { encryption: { \(yaml) } }")
        #expect(problems.count == 1 && problems.first?.contains(words) == true, "\(problems)")
        #expect(!problems.joined().contains("0f0f"))
    }

    @Test("Ages are read for all kinds and for single ones")
    func retention() throws {
        let retention = try read(
            "retention: { bodies: 7d, events: keep, kinds: { order: { bodies: 90d }, stock: { events: 2d } } }"
        ).retention
        #expect(retention.ages == .init(bodies: .days(7), attempts: .days(90), events: nil))
        #expect(retention.kinds["order"] == .init(bodies: .days(90), attempts: .days(90), events: nil))
        // What belongs to an event goes with it.
        #expect(retention.kinds["stock"] == .init(bodies: .days(2), attempts: .days(2), events: .days(2)))
    }

    @Test(
        "Ages that cannot be kept are refused",
        arguments: [
            ("bodies: 500d", "retention.bodies: found 500d; expected no longer than events, 400d"),
            ("attempts: keep", "retention.attempts: found keep; expected no longer than events, 400d"),
            (
                "bodies: 1s",
                "retention.bodies: found \"1s\"; expected a duration from 1h to 36500d, such as 30d, or keep"
            ),
            ("bodies: never", "retention.bodies: found \"never\""),
        ])
    func impossible(_ yaml: String, _ words: String) {
        let problems = ConfigurationFixture.problems(replacing: server, with: "retention: { \(yaml) }")
        #expect(problems.count == 1 && problems.first?.contains(words) == true, "\(problems)")
    }

    @Test("Backups go into a folder beside the configuration unless its path is absolute")
    func backups() throws {
        let standard = try read("store: { backups: { folder: backups } }").store.backups
        #expect(standard == BackupSettings(folder: "/etc/causeway/backups", keep: 7, every: .days(1)))
        let own = try read("store: { backups: { folder: /mnt/b, keep: 3, every: off } }").store.backups
        #expect(own == BackupSettings(folder: "/mnt/b", keep: 3, every: nil))
        let problems = ConfigurationFixture.problems(replacing: server, with: "store: { backups: { keep: 0 } }")
        #expect(problems.count == 2)
    }
}

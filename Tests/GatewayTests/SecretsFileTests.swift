import Foundation
import Testing

@testable import Gateway

/// A folder with a file of secrets under the keys that a test names.
private final class SecretsFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { path + "/causeway.secrets" }

    func secrets(_ masterKey: UInt8? = 1, previous: UInt8? = nil) -> SecretsFile {
        var settings = SecretsSettings(file: file)
        func key(_ id: String, _ byte: UInt8) -> EncryptionSettings.Key {
            EncryptionSettings.Key(id: id, bytes: Array(repeating: byte, count: 32))
        }
        settings.masterKey = masterKey.map { key("masterKey", $0) }
        settings.previousMasterKey = previous.map { key("previousMasterKey", $0) }
        return SecretsFile(settings)
    }

    var text: String { get throws { try String(contentsOfFile: file, encoding: .utf8) } }
}

@Suite("The file of secrets")
struct SecretsFileTests {
    @Test("keeps values that only the master key opens, and shows no more than names and times")
    func keeps() throws {
        let folder = try SecretsFolder()
        let secrets = folder.secrets()
        try secrets.set("d365", "hunter2", at: Date(timeIntervalSince1970: 1000))
        try secrets.set("commerce.token", "größer", at: Date(timeIntervalSince1970: 2000))
        try secrets.set("d365", "hunter3", at: Date(timeIntervalSince1970: 3000))
        #expect(try secrets.value(of: "d365") == "hunter3")
        #expect(try secrets.value(of: "commerce.token") == "größer")
        let list = try folder.secrets(nil).list()
        #expect(list.map(\.name) == ["commerce.token", "d365"])
        #expect(list.last?.createdAt == Date(timeIntervalSince1970: 1000))
        #expect(list.last?.changedAt == Date(timeIntervalSince1970: 3000))
        #expect(list.allSatisfy { $0.key == nil })
        #expect(try !folder.text.contains("hunter"))
    }

    @Test("is readable for its owner alone, and leaves no draft behind")
    func mode() throws {
        let folder = try SecretsFolder()
        try folder.secrets().set("a", "b")
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["causeway.secrets", "causeway.secrets.lock"])
    }

    @Test("opens under no other key")
    func otherKey() throws {
        let folder = try SecretsFolder()
        try folder.secrets(1).set("a", "b")
        #expect(throws: SecretsFault.wrongKey(file: folder.file)) { try folder.secrets(2).value(of: "a") }
        #expect(throws: SecretsFault.noMasterKey) { try folder.secrets(nil).value(of: "a") }
    }

    @Test("takes no value under another one's name: rows cannot be swapped")
    func swapped() throws {
        let folder = try SecretsFolder()
        try folder.secrets().set("first", "1")
        try folder.secrets().set("second", "2")
        let swapped = try folder.text.replacing("\"first\"", with: "\"x\"").replacing("\"second\"", with: "\"first\"")
            .replacing("\"x\"", with: "\"second\"")
        try Data(swapped.utf8).write(to: URL(fileURLWithPath: folder.file))
        #expect(throws: SecretsFault.wrongKey(file: folder.file)) { try folder.secrets().value(of: "first") }
    }

    @Test("is sealed anew for another master key, all or nothing")
    func rotation() throws {
        let folder = try SecretsFolder()
        try folder.secrets(1).set("a", "1", at: Date(timeIntervalSince1970: 1000))
        try folder.secrets(1).set("b", "2")
        let both = folder.secrets(2, previous: 1)
        #expect(try both.value(of: "a") == "1")
        #expect(try both.list().map(\.key) == ["previousMasterKey", "previousMasterKey"])
        #expect(try both.rotate() == 2)
        #expect(try both.rotate() == 0)
        #expect(try both.list().map(\.key) == ["masterKey", "masterKey"])
        #expect(try folder.secrets(2).list().first?.changedAt == Date(timeIntervalSince1970: 1000))
        #expect(throws: SecretsFault.wrongKey(file: folder.file)) { try folder.secrets(1).value(of: "a") }
        let before = try folder.text
        #expect(throws: SecretsFault.wrongKey(file: folder.file)) { try folder.secrets(3, previous: 4).rotate() }
        #expect(try folder.text == before)
    }

    @Test("forgets what is removed, and knows nothing that was never kept")
    func removal() throws {
        let folder = try SecretsFolder()
        #expect(throws: SecretsFault.unknownName(file: folder.file)) { try folder.secrets().remove("a") }
        try folder.secrets().set("a", "1")
        try folder.secrets().remove("a")
        #expect(throws: SecretsFault.unknownName(file: folder.file)) { try folder.secrets().value(of: "a") }
        #expect(try folder.secrets().list().isEmpty)
    }

    @Test(
        "takes no name that could be mistaken",
        arguments: ["", "a b", "a/b", "ä", "a\n", String(repeating: "a", count: 65)])
    func names(_ name: String) throws {
        let folder = try SecretsFolder()
        #expect(throws: SecretsFault.invalidName(name)) { try folder.secrets().set(name, "x") }
        #expect(throws: SecretsFault.invalidName(name)) { try folder.secrets().value(of: name) }
    }

    @Test("takes no value that is empty or far too long")
    func values() throws {
        let folder = try SecretsFolder()
        #expect(throws: SecretsFault.emptyValue) { try folder.secrets().set("a", "") }
        let long = String(repeating: "x", count: (64 << 10) + 1)
        #expect(throws: SecretsFault.valueTooLong(limitBytes: 64 << 10)) { try folder.secrets().set("a", long) }
    }

    @Test(
        "that somebody else wrote is refused and left alone",
        arguments: ["", "no json", "[]", "{}", #"{"version":2,"secrets":[]}"#])
    func foreign(_ text: String) throws {
        let folder = try SecretsFolder()
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file))
        #expect(throws: SecretsFault.self) { try folder.secrets().set("a", "b") }
        #expect(try folder.text == text)
    }

    @Test("holds all of what several writers keep at the same time")
    func writers() async throws {
        let folder = try SecretsFolder()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 { group.addTask { try folder.secrets().set("n\(number)", "\(number)") } }
            try await group.waitForAll()
        }
        #expect(try folder.secrets().list().count == 20)
        #expect(try folder.secrets().value(of: "n7") == "7")
    }
}

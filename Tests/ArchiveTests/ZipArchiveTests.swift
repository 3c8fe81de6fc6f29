import Testing

@testable import Archive

private func entry(_ name: String, _ text: String = "x") -> ArchiveEntry {
    ArchiveEntry(name: name, content: Array(text.utf8))
}

@Suite("Zip archives")
struct ZipArchiveTests {
    private static let package = [
        entry("Manifest.xml", "<a/>"), entry("Customers V3.csv", String(repeating: "A,B\r\n", count: 1000)),
        entry("Größe/é.txt", ""),
    ]

    @Test("come back as they were written, whatever the names and sizes")
    func roundTrip() throws {
        let bytes = try ZipArchive.write(Self.package)
        #expect(bytes.count < 2000)
        #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]))
        #expect(try ZipArchive.read(bytes) == Self.package)
    }

    @Test("are the same bytes for the same entries, so that a digest tells whether they are the same")
    func deterministic() throws {
        #expect(try ZipArchive.write(Self.package) == ZipArchive.write(Self.package))
    }

    @Test(
        "hold no name that could leave the folder they are unpacked to",
        arguments: [
            "", "/etc/passwd", "../x", "a/../x", "a//b", "./a", "a\\..\\b", "C:\\x", "c:x", "a\nb", "a\u{0}b",
            String(repeating: "n", count: 256),
        ])
    func unusableNames(_ name: String) {
        let error = #expect(throws: ArchiveError.self) { try ZipArchive.write([entry(name)]) }
        guard case .unusableName = error else {
            Issue.record("\(name): \(String(describing: error))")
            return
        }
    }

    @Test("with such a name are not read either", arguments: ["../evil.txt", "/abs/evil.tx", "a\\..\\evil.t"])
    func hostileArchive(_ name: String) throws {
        var bytes = try ZipArchive.write([entry(String(repeating: "n", count: name.utf8.count))])
        // The name stands twice: before the content, and in the directory at the end.
        let old = [UInt8](repeating: UInt8(ascii: "n"), count: name.utf8.count)
        for start in bytes.indices.dropLast(old.count) where Array(bytes[start..<start + old.count]) == old {
            bytes.replaceSubrange(start..<start + old.count, with: Array(name.utf8))
        }
        #expect(throws: ArchiveError.self) { try ZipArchive.read(bytes) }
    }

    @Test("must have each name once, also where a file system ignores the case")
    func repeatedName() {
        #expect(throws: ArchiveError.repeatedName("a.CSV")) {
            try ZipArchive.write([entry("A.csv"), entry("a.CSV")])
        }
    }

    @Test("that unpack to more than the limit are given up on the way, not after it")
    func bomb() throws {
        let bomb = try ZipArchive.write([ArchiveEntry(name: "b", content: [UInt8](repeating: 0, count: 8 << 20))])
        #expect(bomb.count < 20_000)
        let limits = ArchiveLimits(unpackedBytes: 1 << 20)
        #expect(throws: ArchiveError.contentTooLarge(limit: 1 << 20)) { try ZipArchive.read(bomb, limits: limits) }
    }

    @Test("have limits of entries and size, in both directions")
    func limits() throws {
        let three = try ZipArchive.write(Self.package)
        let two = ArchiveLimits(entries: 2)
        #expect(throws: ArchiveError.tooManyEntries(count: 3, limit: 2)) { try ZipArchive.read(three, limits: two) }
        #expect(throws: ArchiveError.tooManyEntries(count: 3, limit: 2)) {
            try ZipArchive.write(Self.package, limits: two)
        }
        let small = ArchiveLimits(archiveBytes: 100)
        #expect(throws: ArchiveError.archiveTooLarge(bytes: three.count, limit: 100)) {
            try ZipArchive.read(three, limits: small)
        }
        #expect(throws: ArchiveError.contentTooLarge(limit: 10)) {
            try ZipArchive.write(Self.package, limits: ArchiveLimits(unpackedBytes: 10))
        }
        #expect(throws: ArchiveError.self) { try ZipArchive.write([]) }
    }

    @Test("that are damaged are refused", arguments: [0, 1, 20, 60])
    func damaged(_ cut: Int) throws {
        let bytes = try ZipArchive.write(Self.package)
        #expect(throws: ArchiveError.self) { try ZipArchive.read(Array(bytes.dropLast(bytes.count - cut))) }
        #expect(throws: ArchiveError.self) { try ZipArchive.read(Array(bytes.dropFirst(cut + 1))) }
    }

    @Test("with a changed byte of content are refused by its checksum")
    func checksum() throws {
        var bytes = try ZipArchive.write([entry("a.txt", "hello hello hello")])
        bytes[30 + 5 + 4] ^= 0xFF
        #expect(throws: ArchiveError.self) { try ZipArchive.read(bytes) }
    }
}

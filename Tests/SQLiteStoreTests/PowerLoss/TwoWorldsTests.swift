import Testing

@Suite("What a power cut leaves")
struct TwoWorldsTests {
    private func world(_ operations: FileOperation...) -> TwoWorlds {
        operations.reduce(into: TwoWorlds()) { $0.apply($1) }
    }

    /// All that may be found, over many throws of the dice.
    private func found(in world: TwoWorlds) -> Set<[String: [UInt8]]> {
        Set(
            (0..<200).map { seed in
                var dice = SplitMix(seed: UInt64(seed))
                return world.survivors(&dice)
            })
    }

    private let block = [UInt8](repeating: 7, count: 512)

    @Test("what was synced in a synced folder is found, always and exactly")
    func synced() {
        let world = world(
            .create("a"), .write("a", offset: 0, [1, 2, 3]), .truncate("a", size: 2), .sync("a"), .syncFolder)
        #expect(found(in: world) == [["a": [1, 2]]])
    }

    @Test("what was written and not synced may be there or not")
    func unsynced() {
        let world = world(.create("a"), .syncFolder, .write("a", offset: 0, [1]))
        #expect(found(in: world) == [["a": []], ["a": [1]]])
    }

    @Test("a write of several sectors may be torn in any way; what is missing before the end reads as zeros")
    func torn() {
        let world = world(.create("a"), .syncFolder, .write("a", offset: 0, block + block))
        let zeros = [UInt8](repeating: 0, count: 512)
        #expect(found(in: world) == [["a": []], ["a": block], ["a": zeros + block], ["a": block + block]])
    }

    @Test("a later unsynced write may reach the disk without an earlier one")
    func reordered() {
        let world = world(
            .create("a"), .write("a", offset: 0, [1, 1]), .sync("a"), .syncFolder, .write("a", offset: 0, [2]),
            .write("a", offset: 1, [3]))
        #expect(found(in: world) == [["a": [1, 1]], ["a": [2, 1]], ["a": [1, 3]], ["a": [2, 3]]])
    }

    @Test("a file whose folder was not synced may be gone, however often the file was")
    func lostName() {
        let world = world(.create("a"), .write("a", offset: 0, [1]), .sync("a"))
        #expect(found(in: world) == [[:], ["a": [1]]])
    }

    @Test("a deleted file may come back with what it held, until its folder is synced")
    func undeleted() {
        let deleted = world(.create("a"), .write("a", offset: 0, [1]), .sync("a"), .syncFolder, .delete("a"))
        #expect(found(in: deleted) == [[:], ["a": [1]]])
        var synced = deleted
        synced.apply(.syncFolder)
        #expect(found(in: synced) == [[:]])
    }

    @Test("a new file of the same name does not bring back the old one's bytes")
    func newFile() {
        let world = world(
            .create("a"), .write("a", offset: 0, [1]), .sync("a"), .syncFolder, .delete("a"), .create("a"),
            .syncFolder)
        #expect(found(in: world) == [["a": []]])
    }
}

import Mapping
import Relay
import StoreConformance
import Testing

@testable import Gateway

@Suite("What a change of a value table comes to")
struct ValueEditTests {
    private static func row(
        _ key: String, _ columns: [String: String], in scope: String = "", table: String = "items"
    )
        -> ValueTableRow
    {
        ValueTableRow(ValueKey(table: table, scope: scope, key: key), columns)
    }

    private static let before = ValueSnapshot(
        .standard,
        rows: [
            row("a", ["ItemNumber": "A", "ProductColorId": "red"]), row("b", ["ItemNumber": "B"]),
            row("b", ["ItemNumber": "B-US"], in: "usmf"), row("kg", ["SalesUnitSymbol": "kg"], table: "units"),
        ])

    private static func edit(
        _ rows: [ValueTableRow], columns: [String] = ["ItemNumber"], _ mode: ValueEdit.Mode,
        removesOthers: Bool = false
    ) -> ValueEdit {
        ValueEdit(rows, columns: columns, of: "items", mode, removesOthers: removesOthers, in: before)
    }

    @Test("merged, columns and rows that are not named stay")
    func merge() {
        let edit = Self.edit(
            [
                Self.row("a", ["ItemNumber": "A2"]), Self.row("b", ["ItemNumber": "B"]),
                Self.row("c", ["ItemNumber": "C"]),
            ], .merge)
        #expect(
            edit.written == [
                Self.row("a", ["ItemNumber": "A2", "ProductColorId": "red"]), Self.row("c", ["ItemNumber": "C"]),
            ])
        #expect([edit.added, edit.changed, edit.unchanged, edit.gone] == [1, 1, 1, 0] && edit.removed.isEmpty)
        #expect(edit.change.target == "items, 1 added, 1 changed, 0 removed")
    }

    @Test("replaced, what is not named goes, and other tables stay")
    func replace() {
        let edit = Self.edit([Self.row("a", ["ItemNumber": "A"])], .replace, removesOthers: true)
        #expect(edit.written == [Self.row("a", ["ItemNumber": "A"])])
        #expect(Set(edit.removed.map(\.scope)) == ["", "usmf"] && edit.gone == 2 && edit.changed == 1)
        let after = edit.applied(to: Self.before)
        #expect(after.rows(of: "items") == [Self.row("a", ["ItemNumber": "A"])])
        #expect(after.count(of: "units") == 1)
    }

    @Test("nothing new is no change")
    func nothing() {
        let edit = Self.edit([Self.row("a", ["ItemNumber": "A"])], .merge)
        #expect(edit.isEmpty && edit.change.isEmpty && edit.unchanged == 1)
    }

    @Test("a row whose last value is emptied goes")
    func emptied() {
        let edit = Self.edit([Self.row("b", [:]), Self.row("new", [:])], .merge)
        #expect(edit.removed == [ValueKey(table: "items", key: "b")] && edit.written.isEmpty && edit.gone == 1)
        #expect(edit.change.target == "items \"b\", removed")
    }

    @Test("a key that is only spelt otherwise takes the old one's place")
    func respelt() {
        let before = ValueSnapshot(.standard, rows: [Self.row("DHL", ["title": "DHL"], table: "carriers")])
        let edit = ValueEdit(
            [Self.row("dhl", ["title": "DHL"], table: "carriers")], columns: ["title"], of: "carriers", .merge,
            removesOthers: true, in: before)
        #expect(edit.removed.map(\.key) == ["DHL"] && edit.written.map(\.key.key) == ["dhl"])
        #expect([edit.added, edit.changed, edit.gone] == [0, 1, 0])
        #expect(edit.applied(to: before).count(of: "carriers") == 1)
    }

    @Test(
        "a row brings its key, and its values to those who look them up the other way round",
        arguments: [
            ("items/a/usmf", true), ("items/A/usmf", true), ("items/nr-1/usmf", true), ("items/a/demf", false),
            ("items/a/", false), ("units/a/usmf", false), ("items/a2/usmf", false), ("items", false), ("", false),
        ])
    func brought(name: String, isBrought: Bool) {
        let edit = Self.edit([Self.row("a", ["ItemNumber": "NR-1"], in: "usmf")], .merge)
        #expect(edit.change.brings(name) == isBrought)
    }

    @Test(
        "a row for all legal entities brings itself to each", arguments: ["items/z/", "items/z/usmf", "items/z/dat"])
    func broughtToAll(name: String) {
        #expect(Self.edit([Self.row("z", ["ItemNumber": "1"])], .merge).change.brings(name))
    }

    @Test("a refused change leaves the rows that flows see as they were")
    func refused() async throws {
        let book = MemoryValueBook()
        let keeper = ValueKeeper(Self.before, book: book)
        book.fail(with: .full("no room"))
        await #expect(throws: StoreFault.self) {
            try await keeper.change(by: .sample()) { _ in ValueEdit(removing: ValueKey(table: "items", key: "a")) }
        }
        #expect(keeper.tables.row(ValueKey(table: "items", key: "a")) != nil)
    }

    @Test("changes at the same time are made one after the other, and none is lost")
    func sideBySide() async throws {
        let keeper = ValueKeeper(ValueSnapshot(.standard), book: MemoryValueBook())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    _ = try await keeper.change(by: .sample()) { snapshot in
                        ValueEdit(
                            [Self.row("\(number)", ["ItemNumber": "x"])], columns: ["ItemNumber"], of: "items",
                            .merge,
                            removesOthers: false, in: snapshot)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(keeper.snapshot.count(of: "items") == 50)
    }

    @Test("The book in memory that these tests use keeps what every book keeps", arguments: ValuePromise.all)
    func memoryBook(_ promise: ValuePromise) async throws { try await promise.check(MemoryValueBook()) }
}

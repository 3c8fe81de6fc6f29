import Flows
import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("Value tables of a running gateway", .timeLimit(.minutes(5)))
struct ValueTests {
    private func run(_ rig: Rig, _ arguments: String...) async throws -> Command {
        try await Command.run(["values"] + arguments + ["--url", rig.gatewayURL, "--token", rig.text.operatorToken])
    }

    @Test("a row is set, shown, changed and removed by command, whatever its key looks like")
    func rows() async throws {
        try await Rig.run { rig in
            let key = "50% off/é '\"?#&+"
            let added = try await run(rig, "set", "items", key, "ItemNumber=D1", "ProductSizeId=L", "--why", "new")
            #expect(added.status == 0 && added.output == "1 added\n", "\(added.errors)")
            let changed = try await run(
                rig, "set", "items", key, "ProductSizeId=", "ProductColorId=red", "--why", "x")
            #expect(changed.output == "1 changed\n")
            let own = try await run(
                rig, "set", "items", key, "ItemNumber=D2", "--legal-entity", "usmf", "--why", "its own")
            #expect(own.output == "1 added\n")
            let shown = try await run(rig, "show", "items")
            #expect(shown.output.contains("all      \(key)  D1          red"), "\(shown.output)")
            #expect(shown.output.contains("usmf     \(key)  D2"))
            #expect(try await run(rig, "remove", "items", key, "--why", "old").output == "1 removed\n")
            let again = try await run(rig, "remove", "items", key, "--why", "old")
            #expect(again.status == 1 && again.errors.hasPrefix("No such row."))
            let list = try await run(rig, "list")
            #expect(list.output.contains("items             1     sku"))
        }
    }

    @Test("a file is loaded as a whole or not at all, and comes back as it was")
    func files() async throws {
        try await Rig.run { rig in
            let folder = try TemporaryFolder()
            let rows = "legalEntity,unit,SalesUnitSymbol\r\n,kg,KG\r\nusmf,kg,lb\r\n"
            try Data(rows.utf8).write(to: folder.url.appending(path: "units.csv"))
            try Data("unit,SalesUnitSymbol\ng,G\nkg\n".utf8).write(to: folder.url.appending(path: "bad.csv"))
            let dry = try await run(rig, "import", "units", folder.path("units.csv"), "--dry-run")
            #expect(dry.output == "would be: 2 added\n", "\(dry.errors)")
            let loaded = try await run(rig, "import", "units", folder.path("units.csv"), "--why", "start")
            #expect(loaded.output == "2 added\n")
            let bad = try await run(rig, "import", "units", folder.path("bad.csv"), "--replace", "--why", "x")
            #expect(bad.status == 1)
            #expect(bad.errors.contains("line 3: found 1 fields, expected 2, as the header has"))
            #expect(try await run(rig, "export", "units").output == rows)
        }
    }

    @Test("an unknown table is refused with those that there are")
    func overHTTP() async throws {
        try await Rig.run { rig in
            let refused = try await rig.operate(.get, "/values/unit", body: nil)
            #expect(refused.status == 404)
            #expect(String(decoding: refused.body, as: UTF8.self).contains("units"))
        }
    }

    @Test("orders that miss rows are parked with the command that adds each, and go on when the rows are there")
    func releases() async throws {
        let configure = { (configuration: inout GatewayConfiguration) in
            configuration.orders.money.tax = .commerce
            // The simulated F&O knows no rates of tax.
            configuration.orders.money.whenTotalsDiffer = .ignore
        }
        try await Rig.run(configure: configure) { rig in
            var parked: [Outcome] = []
            for number in ["000000001", "000000002"] {
                parked.append(try await rig.carry(.simple(incrementID: number)))
            }
            var rows: Set<String> = []
            while case .parked(let reason)? = parked.first {
                try #require(reason.code == "missing-value" && rows.count < 5, "\(reason)")
                let name = try #require(reason.waitsFor?.split(separator: "/").map(String.init))
                let column =
                    reason.message.contains("SalesTaxGroupCode") ? "SalesTaxGroupCode" : "SalesTaxItemGroupCode"
                #expect(
                    reason.advice?.contains("causeway values set \(name[0]) \(name[1]) \(column)=…") == true,
                    "\(reason)")
                let list = try await run(rig, "list")
                #expect(list.output.contains("\(name[0])  \(name[1])"), "\(list.output)")
                let set = try await run(rig, "set", name[0], name[1], "\(column)=STD", "--why", "new shop")
                #expect(set.output.hasSuffix("; records that go on: 2\n"), "\(set.output)\(set.errors)")
                rows.insert(reason.waitsFor ?? "")
                parked = []
                for number in ["000000001", "000000002"] {
                    parked.append(try await rig.outcomes.next(of: "order \(number)"))
                }
            }
            #expect(!rows.isEmpty)
            for (number, outcome) in zip(["000000001", "000000002"], parked) {
                let order = try #require(
                    rig.sandbox.dynamics.orders(reference: number, dataAreaId: "usmf").first)
                #expect(outcome == .done(summary: order.salesOrderNumber))
            }
        }
    }
}

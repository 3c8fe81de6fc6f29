import HTTPServer
import HTTPTypes
import Logging
import Relay
import Testing

@testable import Gateway

@Suite("The operator's hand on the store")
struct CareRoutesTests {
    @Test("A dry run counts, and changes nothing")
    func dryRun() async throws {
        let routes = try RouteFixture()
        let answer = await routes.asOperator(
            .post, "/erasures", body: #"{"email":"jane@example.com","dryRun":true}"#)
        #expect(answer.status == .ok && answer.text.contains(#""holdings":{"attempts":0,"events":0,"links":1"#))
        #expect(routes.store.with(\.erasures).isEmpty)
    }

    @Test("An erasure is done with who and why, and listed without the person")
    func erases() async throws {
        let routes = try RouteFixture()
        let order = #"{"email":"Jane@Example.com","why":"ticket 4711","by":"ann"}"#
        let answer = await routes.asOperator(.post, "/erasures", body: order)
        #expect(answer.status == .created)
        let record = try #require(routes.store.with(\.erasures).first)
        #expect(record.act.by == "ann" && record.act.why == "ticket 4711" && record.act.at == routes.clock.now())
        #expect(record.hash.count == 32)
        let list = await routes.asOperator(.get, "/erasures")
        #expect(list.text.contains("ticket 4711") && !list.text.lowercased().contains("jane"))
        // The same person has the same hash, so that one can tell later that it was done.
        _ = await routes.asOperator(.post, "/erasures", body: order.lowercased())
        #expect(routes.store.with(\.erasures).map(\.hash) == [record.hash, record.hash])
    }

    @Test(
        "Orders that are not clear are refused",
        arguments: [
            "", "{}", #"{"email":"jane@example.com"}"#, #"{"email":"jane@example.com","why":""}"#,
            #"{"email":"jane","why":"x"}"#, #"{"email":"a@b c@d","why":"x"}"#, #"{"customer":" ","why":"x"}"#,
            #"{"email":"a@b.c","customer":"1","why":"x"}"#, #"{"email":7,"why":"x"}"#,
        ])
    func refused(_ body: String) async throws {
        let routes = try RouteFixture()
        #expect(await routes.asOperator(.post, "/erasures", body: body).status == .unprocessableContent)
        #expect(routes.store.with(\.erasures).isEmpty)
    }

    @Test("Without a folder there are no backups")
    func backupsOff() async throws {
        let routes = try RouteFixture()
        let answer = await routes.asOperator(.post, "/backups")
        #expect(answer.status == .conflict && answer.json("type") == "urn:causeway:problem:backups-off")
        #expect(await routes.asOperator(.get, "/backups").text == #"{"backups":[]}"#)
    }

    @Test("Sealing shows what each key still seals")
    func sealing() async throws {
        let routes = try RouteFixture()
        for (method, status) in [(HTTPRequest.Method.get, HTTPResponse.Status.ok), (.post, .accepted)] {
            let answer = await routes.asOperator(method, "/sealing")
            #expect(answer.status == status && answer.text.contains(#""plain":2"#))
        }
    }

    @Test("Nobody gets in without the token", arguments: ["/backups", "/sealing", "/erasures"])
    func token(_ path: String) async throws {
        let routes = try RouteFixture()
        #expect(await routes.asOperator(.get, path, token: "wrong").status == .unauthorized)
        #expect(await routes.asOperator(.post, path, token: "wrong").status == .unauthorized)
    }

    @Test("Metrics show how the store's files grow")
    func metrics() async throws {
        let store = FakeStore()
        let keeper = StoreKeeper(
            try ConfigurationFixture.read(), store: store, clock: HandClock(), logger: .init(label: "test"))
        await keeper.watch.look()
        let text = await StoreMetrics(keeper: keeper).text()
        #expect(text.contains("causeway_store_bytes 40960\n") && text.contains("causeway_store_log_bytes 8192\n"))
        #expect(text.contains(#"causeway_store_purged_total{what="bodies"} 0"#))
    }
}

@Suite("The names of backups")
struct BackupNameTests {
    @Test("tell the time, and sort by it")
    func name() {
        let moment = Timestamp(millisecondsSince1970: 1_767_261_612_447)
        #expect(BackupName.name(at: moment) == "causeway-20260101T100012Z.db")
        #expect(
            BackupName.time(of: "causeway-20260101T100012Z.db") == Timestamp(millisecondsSince1970: 1_767_261_612_000)
        )
    }

    @Test(
        "are not those of other files",
        arguments: [
            "causeway.db", "causeway-20260101T100012Z.db.partial", "causeway-x.db", "other.db", "",
        ])
    func others(_ name: String) { #expect(BackupName.time(of: name) == nil) }
}

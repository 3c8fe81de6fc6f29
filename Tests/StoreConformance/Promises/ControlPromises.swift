import Relay
import Testing

private let pause = LanePause(
    lane: "dynamics", since: at(5), until: at(3600), by: "jane@example.com", why: "Maintenance of F&O.")
private let alert = RememberedAlert(cause: "parked dynamics/orders", since: at(5), detail: Array("{}".utf8))
private let hold = DestinationHold(
    destination: "dynamics", since: at(5), sinceUptime: .seconds(1000), boot: "a boot", wait: .milliseconds(29_999))

extension StorePromise {
    static let controls: [StorePromise] = [
        StorePromise("keeps a pause as it was made, and one for each lane") { store in
            #expect(try await store.pauses().isEmpty)
            try await store.pause(pause)
            #expect(try await store.pauses() == [pause])
            let open = LanePause(lane: "dynamics", since: at(6), until: nil, by: "joe", why: "Longer.")
            try await store.pause(open)
            #expect(try await store.pauses() == [open])
            var other = pause
            other.lane = "commerce/invoices"
            try await store.pause(other)
            #expect(Set(try await store.pauses().map(\.lane)) == ["dynamics", "commerce/invoices"])
        },
        StorePromise("ends a pause once, and says whether there was one") { store in
            try await store.pause(pause)
            #expect(try await store.resume("dynamics", act: .sample()))
            #expect(try await !store.resume("dynamics", act: .sample()))
            #expect(try await store.pauses().isEmpty)
        },
        StorePromise("writes down who paused and who resumed") { store in
            try await store.pause(pause)
            try await store.resume("dynamics", act: .sample(at: 30, why: "It is back."))
            try await store.resume("dynamics", act: .sample(at: 31))
            let acts = try await store.acts(on: nil, before: nil, limit: 10)
            #expect(acts.map(\.verb) == ["resume", "pause"])
            #expect(acts.map(\.target) == ["lane dynamics", "lane dynamics"])
            #expect(acts.map(\.act.why) == ["It is back.", "Maintenance of F&O."])
            #expect(acts.map(\.act.at) == [at(30), at(5)] && acts.allSatisfy { $0.event == nil })
        },
        StorePromise(
            "keeps pauses by hand, pauses that destinations asked for, and alerts over a restart",
            beforeClosing: { store in
                try await store.pause(pause)
                try await store.remember(alert)
                try await store.remember(hold)
            },
            afterwards: { store in
                let (pauses, alerts) = (try await store.pauses(), try await store.alerts())
                #expect(pauses == [pause] && alerts == [alert])
                #expect(try await store.holds() == [hold])
            }),
        StorePromise("remembers one pause for each destination, as it was asked for last") { store in
            #expect(try await store.holds().isEmpty)
            try await store.remember(hold)
            let later = DestinationHold(
                destination: "dynamics", since: at(2), sinceUptime: .seconds(9), boot: nil, wait: .milliseconds(1))
            try await store.remember(later)
            #expect(try await store.holds() == [later])
            var other = hold
            other.destination = "commerce"
            try await store.remember(other)
            #expect(try await Set(store.holds().map(\.destination)) == ["commerce", "dynamics"])
        },
        StorePromise("keeps what people changed outside the store") { store in
            let act = OperatorAct(by: "dana", why: "pool for web orders", at: Timestamp(millisecondsSince1970: 1))
            try await store.record(act, verb: "upload", target: "mapping order-header")
            let acts = try await store.acts(on: nil, before: nil, limit: 9)
            #expect(acts.map(\.act) == [act])
            #expect(acts.map(\.verb) == ["upload"] && acts.map(\.target) == ["mapping order-header"])
        },
        StorePromise("remembers one alert for each cause, as it was told last") { store in
            #expect(try await store.alerts().isEmpty)
            try await store.remember(alert)
            var later = alert
            later.detail = [0xFF, 0]
            try await store.remember(later)
            #expect(try await store.alerts() == [later])
        },
        StorePromise("forgets an alert that has ended, and no other") { store in
            var other = alert
            other.cause = "breaker dynamics"
            for one in [alert, other] { try await store.remember(one) }
            try await store.forget(cause: alert.cause)
            try await store.forget(cause: "never told")
            #expect(try await store.alerts() == [other])
        },
    ]
}

import Foundation
import Relay
import Testing

@testable import Gateway

@Suite("Section relay")
struct RelaySettingsTests {
    private static let piece = "operator: { token: ${OPERATOR_TOKEN} }"

    private func read(_ yaml: String) throws -> GatewayConfiguration {
        try ConfigurationFixture.read(replacing: Self.piece, with: yaml)
    }

    @Test("sets limits, breaker and windows of a destination, and leaves those of the other")
    func destinations() throws {
        let configuration = try read(
            """
            relay:
              destinations:
                dynamics:
                  concurrency: 4
                  callsPerSecond: 20
                  longestRetryAfter: 10m
                  breaker: { failures: 7, coolDown: 30s, longestCoolDown: 20m }
                  pausedDuring:
                    - { days: [sat, sun], from: "22:00", to: "04:00", timeZone: Europe/Berlin }
            """)
        let dynamics = try #require(configuration.relay.destinations[.dynamics])
        #expect(
            dynamics.limits
                == DestinationSettings(
                    concurrency: 4, callsPerSecond: 20, longestRetryAfter: .seconds(600),
                    breaker: .init(failures: 7, coolDown: .seconds(30), longestCoolDown: .seconds(1200))))
        let window = ScheduleWindow(
            days: [.sat, .sun], from: 22 * 60, to: 4 * 60,
            timeZone: try #require(TimeZone(identifier: "Europe/Berlin")))
        #expect(dynamics.calendar == LaneCalendar(pausedDuring: [window]))
        #expect(configuration.relay.destinations[.commerce] == nil)
        let lanes = configuration.dispatcherSettings.lanes
        #expect(lanes["dynamics/OrderToSalesOrder"]?.calendars.contains(dynamics.calendar) == true)
        #expect(lanes["commerce/InvoiceToCommerce"]?.calendars.contains(dynamics.calendar) == false)
    }

    @Test("sets concurrency and off-peak hours of a lane")
    func lanes() throws {
        let lanes = try read(
            """
            relay:
              lanes:
                dynamics/OrderToSalesOrder:
                  concurrency: 3
                  onlyDuring: [ { from: "00:00", to: "24:00", timeZone: UTC } ]
            """
        ).dispatcherSettings.lanes
        let lane = try #require(lanes["dynamics/OrderToSalesOrder"])
        #expect(lane.concurrency == 3)
        let whole = ScheduleWindow(from: 0, to: 1440, timeZone: try #require(TimeZone(identifier: "UTC")))
        #expect(lane.calendars == [LaneCalendar(onlyDuring: [whole])])
        #expect(lanes["commerce/InvoiceToCommerce"] == LaneSettings(concurrency: 32, calendars: [LaneCalendar()]))
    }

    @Test("gives a flow a schedule and treatments of its own, on top of those of all")
    func flows() throws {
        let settings = try read(
            """
            relay:
              retry: { firstWait: 1s, longestWait: 1h }
              flows:
                OrderToSalesOrder:
                  retry: { giveUpAfter: 5d }
                  treat: { serverError: park, notFound: retry }
            """
        ).dispatcherSettings
        let schedule = RetrySchedule(firstWait: .seconds(1), longestWait: .seconds(3600))
        #expect(settings.rules == RetryRules(schedule: schedule))
        var own = schedule
        own.giveUpAfter = .seconds(5 * 86_400)
        #expect(
            settings.flowRules == [
                "OrderToSalesOrder": RetryRules(schedule: own, exceptions: [.serverError: .park, .notFound: .retry])
            ])
    }

    private static let window = "from: \"22:00\", to: \"04:00\", timeZone: UTC"
    private static let days = "days: [ mon, tue, wed, thu, fri, sat, sun ], or some of them"
    private static let time = "a time of day in quotes, such as \"22:00\""

    private static func lane(_ window: String) -> String {
        "relay: { destinations: { commerce: { pausedDuring: [ { \(window) } ] } } }"
    }

    private static let bad: [(String, String)] = [
        (
            lane("from: \"24:00\", to: \"04:00\", timeZone: UTC"),
            "pausedDuring[0].from: found \"24:00\"; expected \(time)"
        ),
        (
            lane("from: 10pm, to: \"04:00\", timeZone: UTC"),
            "pausedDuring[0].from: found \"10pm\"; expected \(time)"
        ),
        (
            lane("from: \"22:60\", to: \"04:00\", timeZone: UTC"),
            "pausedDuring[0].from: found \"22:60\"; expected \(time)"
        ),
        (
            lane("from: \"22:00\", to: \"22:00\", timeZone: UTC"),
            "pausedDuring[0].to: found the end of nothing; expected another time than from; a whole day is from "
                + "\"00:00\" to \"24:00\""
        ),
        (
            lane("from: \"22:00\", to: \"00:00\", timeZone: UTC"),
            "pausedDuring[0].to: found the end of the day before; expected another time than from; a whole day is "
                + "from \"00:00\" to \"24:00\""
        ),
        (lane("to: \"04:00\", timeZone: UTC"), "pausedDuring[0].from: found nothing; expected \(time)"),
        (
            lane("from: \"22:00\", to: \"04:00\""),
            "pausedDuring[0].timeZone: found nothing; expected a time zone such as Europe/Berlin or UTC"
        ),
        (
            lane("from: \"22:00\", to: \"04:00\", timeZone: Europe/Bonn"),
            "pausedDuring[0].timeZone: found \"Europe/Bonn\"; expected a time zone such as Europe/Berlin or UTC"
        ),
        (lane(window + ", days: [sam]"), "pausedDuring[0].days[0]: found \"sam\"; expected \(days)"),
        (lane(window + ", days: []"), "pausedDuring[0].days: found no day; expected \(days)"),
        (lane(window + ", day: [sat]"), "pausedDuring[0].day: found an unknown key; expected perhaps days"),
        (
            "relay: { destinations: { commerce: { pausedDuring: nights } } }",
            "commerce.pausedDuring: found \"nights\"; expected a list: [ … ]"
        ),
        (
            "relay: { destinations: { dynamic: { concurrency: 1 } } }",
            "relay.destinations.dynamic: found an unknown key; expected perhaps dynamics"
        ),
        (
            "relay: { destinations: { dynamics: { concurrency: 0 } } }",
            "relay.destinations.dynamics.concurrency: found \"0\"; expected a whole number from 1 to 256"
        ),
        (
            "relay: { destinations: { dynamics: { callsPerSecond: 0 } } }",
            "relay.destinations.dynamics.callsPerSecond: found \"0\"; expected a whole number from 1 to 10000"
        ),
        (
            "relay: { destinations: { dynamics: { breaker: { coolDown: 10m, longestCoolDown: 1m } } } }",
            "breaker.longestCoolDown: found 1m; expected at least coolDown, 10m"
        ),
        (
            "relay: { flows: { OrderToSalesOrder: { treat: { serverError: hold } } } }",
            "treat.serverError: found \"hold\"; expected retry or park"
        ),
        (
            "relay: { flows: { OrderToSalesOrder: { treat: { network: park } } } }",
            "treat.network: found an unknown key; expected one of conflict, forbidden, misconfigured, notFound, "
                + "serverError, unexpected, unknown, validation"
        ),
        (
            "relay: { flows: { Orders: { treat: { serverError: park } } } }",
            "relay.flows.Orders: found an unknown key; expected one of "
                + KnownFlow.allCases.map(\.rawValue).sorted().joined(separator: ", ")
        ),
    ]

    @Test("says what is wrong with a key, where, and what belongs there", arguments: bad)
    func problems(_ yaml: String, _ problem: String) {
        let problems = ConfigurationFixture.problems(replacing: Self.piece, with: yaml)
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix(problem) == true, "\(problems)")
    }
}

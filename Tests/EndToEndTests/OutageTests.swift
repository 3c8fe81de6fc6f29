import Foundation
import Relay
import Sandbox
import Testing

@Suite("A platform in trouble is left alone", .timeLimit(.minutes(5)))
struct OutageTests {
    private static func place(_ count: Int, _ rig: Rig) async throws -> [String] {
        let numbers = (1...count).map { String(format: "%09d", $0) }
        for number in numbers {
            let placed = try await rig.sandbox.commerce.place(.guest(incrementID: number))
            #expect(placed.status == 200)
        }
        return numbers
    }

    private static func breaker(_ failures: Int) -> String {
        """
        relay:
          retry: { firstWait: 10ms, longestWait: 50ms }
          destinations:
            dynamics: { breaker: { failures: \(failures), coolDown: 20ms, longestCoolDown: 80ms } }
        """
    }

    @Test("an outage of D365 costs fewer attempts than its breaker counts, however many orders wait and for how long")
    func outage() async throws {
        try await Rig.run(more: Self.breaker(4)) { rig in
            rig.sandbox.dynamics.faults.update { $0.isAway = true }
            let numbers = try await Self.place(30, rig)
            @Sendable func probes(_ story: Outcomes.Story) -> Int {
                story.destinationChanges.count { $0 == .probing }
            }
            try await rig.outcomes.wait { probes($0) >= 5 }
            #expect(rig.outcomes.story.allRetries < 4)
            let calls = rig.calls.calls(to: rig.addresses.dynamicsBaseURL + "/data").count
            // Those that showed it, those at work meanwhile, and the probes.
            #expect(calls <= 4 + 8 + probes(rig.outcomes.story))
            rig.sandbox.dynamics.faults.update { $0.isAway = false }
            for number in numbers { #expect(try await rig.outcomes.next(of: "order \(number)").state == .done) }
            #expect(rig.outcomes.story.allRetries < 4)
            #expect(rig.outcomes.story.destinationChanges.last == .closed)
            #expect(rig.sandbox.dynamics.snapshot().orders.count == 30)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("a sign-in that is refused parks no order and counts for none; mended, all of them are carried")
    func signIn() async throws {
        try await Rig.run(more: Self.breaker(4)) { rig in
            rig.sandbox.dynamics.faults.update { $0.nextUnauthorized = 9 }
            let numbers = try await Self.place(5, rig)
            for number in numbers { #expect(try await rig.outcomes.next(of: "order \(number)").state == .done) }
            #expect(rig.outcomes.story.allRetries == 0)
        }
    }

    @Test("no call leaves for a platform before its Retry-After is over, while the other one works on")
    func retryAfterOfOne() async throws {
        // One call at a time, so that none is under way while the answer to another comes in.
        let more = "relay: { retry: { firstWait: 10ms }, destinations: { commerce: { concurrency: 1 } } }"
        try await Rig.run(more: more) { rig in
            rig.sandbox.commerce.faults.update {
                $0.nextTooManyRequests = 1
                $0.retryAfterSeconds = 3000
            }
            let numbers = try await Self.place(12, rig)
            try await rig.outcomes.wait { story in numbers.allSatisfy { story.holds["order \($0)"] != nil } }
            #expect(rig.sandbox.dynamics.snapshot().orders.count == numbers.count)
            #expect(rig.calls.calls(to: rig.addresses.commerceBaseURL + "/rest").count == 1)
            #expect(rig.outcomes.story.allRetries == 0)
        }
    }

    @Test("when Retry-After is over, all goes on")
    func retryAfterEnds() async throws {
        // One call at a time, so that none is under way while the answer to another comes in.
        let more = "relay: { retry: { firstWait: 10ms }, destinations: { dynamics: { concurrency: 1 } } }"
        try await Rig.run(more: more) { rig in
            rig.sandbox.dynamics.faults.update {
                $0.nextTooManyRequests = 1
                $0.retryAfterSeconds = 1
            }
            let numbers = try await Self.place(12, rig)
            for number in numbers { #expect(try await rig.outcomes.next(of: "order \(number)").state == .done) }
            let calls = rig.calls.calls(to: rig.addresses.dynamicsBaseURL + "/data")
            let refused = try #require(calls.first { $0.status == 429 }?.answeredAt)
            #expect(!calls.contains { $0.leftAt > refused && $0.leftAt < refused + .seconds(1) })
            #expect(rig.outcomes.story.allRetries == 0)
        }
    }
}

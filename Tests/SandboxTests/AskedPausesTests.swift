import Testing

@testable import Sandbox

@Suite("Pauses asked for by Retry-After")
struct AskedPausesTests {
    private let start = ContinuousClock.now

    private func violations(askedFor seconds: [(at: Double, pause: Int)], requestsAt: [Double]) -> Int {
        var pauses = AskedPauses()
        let moments = (seconds.map { ($0.at, $0.pause as Int?) } + requestsAt.map { ($0, nil) }).sorted {
            $0.0 < $1.0
        }
        for (second, pause) in moments {
            let moment = start + .seconds(second)
            if let pause { pauses.ask(for: .seconds(pause), at: moment) } else { pauses.noteRequest(at: moment) }
        }
        return pauses.violations
    }

    @Test("a request in the pause, more than the grace after it was asked for, is a violation")
    func inPause() {
        #expect(violations(askedFor: [(0, 5)], requestsAt: [1.1, 4.9]) == 2)
    }

    @Test("requests under way when the pause was asked for, and those after its end, are not")
    func around() {
        #expect(violations(askedFor: [(0, 5)], requestsAt: [0.1, 0.9, 5, 6]) == 0)
    }

    @Test("a longer pause asked for later extends the first, with a grace of its own for nobody")
    func extended() {
        #expect(violations(askedFor: [(0, 2), (0.5, 10)], requestsAt: [1.2]) == 1)
        #expect(violations(askedFor: [(0, 2), (1.9, 10)], requestsAt: [2.5, 3.1]) == 1)
    }

    @Test("a caller that started after the pause was asked for is counted apart")
    func afterRestart() {
        var pauses = AskedPauses()
        pauses.ask(for: .seconds(5), at: start)
        pauses.noteCallerEnd(at: start + .seconds(1), couldWrite: true)
        pauses.noteRequest(at: start + .seconds(2))
        #expect(pauses.violations == 0)
        #expect(pauses.violationsAfterRestart == 1)
        pauses.ask(for: .seconds(3), at: start + .seconds(2))
        pauses.noteRequest(at: start + .seconds(4))
        #expect(pauses.violations == 1)
    }

    @Test(
        "a pause is not expected of the next caller if this one had no time or no disk to write it down",
        arguments: [(0.4, true, 0), (0.6, true, 1), (0.6, false, 0)])
    func notWritten(end: Double, couldWrite: Bool, violations: Int) {
        var pauses = AskedPauses()
        pauses.ask(for: .seconds(5), at: start)
        pauses.noteCallerEnd(at: start + .seconds(end), couldWrite: couldWrite)
        pauses.noteRequest(at: start + .seconds(2))
        #expect(pauses.violationsAfterRestart == violations)
    }

    @Test("a shorter pause asked for later ends nothing")
    func shorter() {
        #expect(violations(askedFor: [(0, 5), (1, 1)], requestsAt: [4]) == 1)
    }
}

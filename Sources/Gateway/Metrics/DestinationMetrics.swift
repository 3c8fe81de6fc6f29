import Relay

/// The destinations and lanes as they are now, in Prometheus' text format.
struct DestinationMetrics {
    let destinations: [DestinationOverview]
    let lanes: [LaneStanding]

    var text: String {
        guard !destinations.isEmpty else { return "" }
        var text = PrometheusText()
        states(&text)
        gauge(&text, "causeway_destination_concurrency", "Calls at the same time that are made now, by destination.")
        {
            $0.limit
        }
        gauge(&text, "causeway_destination_calls_in_flight", "Calls under way, by destination.") { $0.inFlight }
        gauge(&text, "causeway_destination_calls_waiting", "Calls that wait for their turn, by destination.") {
            $0.waiting
        }
        counter(&text, "causeway_destination_calls_total", "Calls made, by destination.") { $0.calls }
        counter(
            &text, "causeway_destination_failures_total",
            "Calls whose failure may be the destination's, by destination."
        ) { $0.failed }
        counter(&text, "causeway_destination_throttled_total", "Answers that asked for fewer calls (429).") {
            $0.throttled
        }
        counter(&text, "causeway_destination_refused_total", "Calls not made, since the destination was held.") {
            $0.refused
        }
        counter(&text, "causeway_destination_openings_total", "How often the breaker opened, by destination.") {
            $0.openings
        }
        pauses(&text)
        return text.content
    }

    private func states(_ text: inout PrometheusText) {
        let name = "causeway_destination_breaker"
        text.family(name, .gauge, help: "1 for the state that a destination's breaker is in.")
        for destination in destinations {
            for state in DestinationOverview.Breaker.allCases {
                text.sample(
                    name, .init([("destination", destination.name), ("state", state.rawValue)]),
                    destination.breaker == state ? 1 : 0)
            }
        }
    }

    private func pauses(_ text: inout PrometheusText) {
        let name = "causeway_lane_paused"
        text.family(name, .gauge, help: "1 if the lane is paused by hand or by its schedule.")
        for lane in lanes {
            text.sample(name, .init([("lane", lane.lane)]), lane.stop?.isPause == true ? 1 : 0)
        }
    }

    private func gauge(
        _ text: inout PrometheusText, _ name: String, _ help: String, _ value: (DestinationOverview) -> Int
    ) {
        text.family(name, .gauge, help: help)
        for destination in destinations {
            text.sample(name, .init([("destination", destination.name)]), Double(value(destination)))
        }
    }

    private func counter(
        _ text: inout PrometheusText, _ name: String, _ help: String, _ value: (DestinationTally) -> Int
    ) {
        text.family(name, .counter, help: help)
        for destination in destinations {
            text.sample(name, .init([("destination", destination.name)]), Double(value(destination.tally)))
        }
    }
}

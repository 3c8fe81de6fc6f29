import Relay

/// The systems that this gateway calls, each governed by itself.
struct Destinations: Sendable {
    let dynamics: Destination
    let commerce: Destination

    init(_ settings: RelaySettings, clock: any WallClock, observer: any RelayObserver) {
        func make(_ name: KnownDestination) -> Destination {
            let limits = settings.destinations[name]?.limits ?? DestinationSettings()
            return Destination(name: name.rawValue, settings: limits, clock: clock, observer: observer)
        }
        dynamics = make(.dynamics)
        commerce = make(.commerce)
    }

    var all: [Destination] { [dynamics, commerce] }
}

/// The platforms, as lanes name them.
public enum KnownDestination: String, Sendable, CaseIterable {
    case dynamics
    case commerce
}

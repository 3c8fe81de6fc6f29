import ArgumentParser

struct Events: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the events of a running gateway, replay and skip them.",
        subcommands: [EventsList.self, EventsShow.self, EventsReplay.self, EventsSkip.self],
        defaultSubcommand: EventsList.self)
}

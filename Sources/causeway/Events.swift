import ArgumentParser

struct Events: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the events of a running gateway, replay, skip and mend them.",
        subcommands: [
            EventsList.self, EventsShow.self, EventsReplay.self, EventsSkip.self, EventsRelease.self,
            EventsResend.self,
        ],
        defaultSubcommand: EventsList.self)
}

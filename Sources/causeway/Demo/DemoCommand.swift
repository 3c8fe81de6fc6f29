import ArgumentParser
import Foundation
import Gateway
import HTTPServer
import Sandbox

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A simulated shop and ERP with Causeway between them: orders go over, invoices come back.",
        discussion: """
            Places orders of several kinds, prints the journey of each as it happens, and keeps running for a look \
            around until Ctrl-C. With --once it ends by itself: exit status 0 only if every order ended as it should.
            """)

    @Flag(help: "End after the last order; release the parked one on the way.")
    var once = false

    @Option(help: "The port to listen on; another one is taken if it is in use.")
    var port = 8080

    func run() async throws {
        let signals = StopSignals()
        let printer = JourneyPrinter()
        let journal = Journal(show: printer.show)
        let stage = try await open(journal)
        printer.line("Causeway \(Version.current): a road between a shop and an ERP", .strong)
        printer.station("Adobe Commerce", "\(stage.addresses.commerceBaseURL) (simulated)")
        printer.station("Dynamics 365 F&O", "\(stage.addresses.dynamicsBaseURL) (simulated)")
        printer.station("Causeway", "\(stage.gatewayURL), store in \(stage.folder.path)")

        var complaints = await DemoPlay(stage: stage, journal: journal, printer: printer).play(DemoScene.all)
        let parked = DemoScene.all.filter { if case .parked = $0.ending { true } else { false } }
        for scene in parked {
            let release = DemoRelease(
                stage: stage, journal: journal, printer: printer, incrementID: scene.order.incrementID)
            release.explain()
            guard once else { continue }
            let comparison = DemoReconciliation(
                stage: stage, printer: printer, incrementID: scene.order.incrementID)
            for complaint in [await release.perform(), await comparison.perform()] {
                if let complaint { complaints.append(complaint) }
            }
        }
        summarize(printer, complaints)
        if !once {
            lookAround(stage, printer)
            _ = await signals.first()
        }
        await stage.close()
        if !complaints.isEmpty { throw ExitCode.failure }
    }

    private func open(_ journal: Journal) async throws -> DemoStage {
        do {
            return try await DemoStage(port: once ? 0 : port, observer: journal)
        } catch is ServerError {
            return try await DemoStage(port: 0, observer: journal)
        }
    }

    private func summarize(_ printer: JourneyPrinter, _ complaints: [String]) {
        printer.line()
        guard !complaints.isEmpty else {
            return printer.line("Every order ended as it should; nothing was lost, nothing doubled.", .good)
        }
        printer.line("Not everything ended as it should:", .warning)
        for complaint in complaints { printer.line("  \(complaint)", .warning) }
    }

    private func lookAround(_ stage: DemoStage, _ printer: JourneyPrinter) {
        let access = "--url \(stage.gatewayURL) --token \(stage.operatorToken)"
        printer.line()
        printer.line("Look around (Ctrl-C ends it):", .strong)
        printer.line(
            """
              causeway events list \(access)
              causeway events show 1 \(access)
              curl -X POST \(stage.addresses.operatorURL)/sandbox/v1/breaks -d '{"what":"dropNumber","order":"000000001"}'
              causeway reconcile \(access)
              curl \(stage.gatewayURL)/status
              curl \(stage.gatewayURL)/metrics
              curl -X POST \(stage.addresses.operatorURL)/sandbox/v1/orders -d '{"kind":"guest"}'
            """)
    }
}

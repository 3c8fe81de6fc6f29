import ArgumentParser
import Foundation
import Gateway
import HTTPServer
import Logging
import Mapping

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Accept events and deliver them, until SIGTERM or SIGINT.",
        discussion: """
            The first signal stops gracefully: no new connections, requests in flight are answered, running \
            deliveries end until shutdown.deadline. A second one ends the process at once; what was acknowledged \
            stays on disk and is taken up again at the next start. SIGHUP reads the certificates and the mapping \
            documents again.
            """)

    @OptionGroup var file: ConfigurationOption

    func run() async throws {
        let configuration = try await file.load()
        let handler = LineLogHandler(configuration.log)
        let logger = Logger(label: "causeway", factory: { _ in handler })
        let signals = StopSignals()
        DescriptorLimit.raise(for: configuration.server.limits.connections, logger)
        do {
            let inherited = InheritedSockets.take(environment: ProcessInfo.processInfo.environment)
            let gateway = try Gateway(configuration: configuration, inherited: inherited, logger: logger)
            _ = try await gateway.start()
            let hangups = signals.reloads
            let reloads = Task {
                for await _ in hangups {
                    logger.notice("received SIGHUP")
                    await gateway.reloadCertificates()
                    await gateway.reloadMappings()
                }
            }
            defer { reloads.cancel() }
            let signal = await signals.first()
            logger.notice("received \(signal)")
            await gateway.stop()
        } catch let refused as MappingRefused {
            for problem in refused.problems { logger.critical("cannot start: mapping document \(problem)") }
            throw ExitStatus.configuration
        } catch {
            logger.critical("cannot start: \(error)")
            throw GatewayError.mayPass(error) ? ExitStatus.temporary : ExitStatus.internalFault
        }
    }
}

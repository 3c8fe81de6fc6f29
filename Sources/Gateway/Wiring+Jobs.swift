import Dynamics
import Logging
import Relay

extension GatewayConfiguration {
    /// Carries jobs of data packages; `nil` where nothing is carried.
    func jobRunner(
        _ client: DataManagementClient, book: any JobBook, clock: any WallClock, logger: Logger
    ) -> DataJobRunner? {
        guard !relay.intakeOnly else { return nil }
        let settings = DataJobSettings(longestRun: dynamics.packages.longestRun, retry: relay.retry)
        return DataJobRunner(client: client, book: book, settings: settings, clock: clock) { job in
            var fields: Logger.Metadata = [
                "job": "\(job.id)", "kind": "\(job.kind.rawValue)", "entity": "\(job.entity)",
                "execution": "\(job.executionID)", "state": "\(job.state.rawValue)",
            ]
            if let reason = job.reason { fields["code"] = "\(reason.code)" }
            let isGood = !job.state.isFinished || job.state == .succeeded
            logger.log(level: isGood ? .info : .error, "job of data management", metadata: fields)
        }
    }
}

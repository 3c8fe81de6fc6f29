/// All that must be true at the end, whatever happened.
public enum Checks {
    public static func findings(_ evidence: Evidence) -> [Finding] {
        let pauses = evidence.requestsInPauses.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { Finding(.pause, "\($0.value) requests to \($0.key) came in a pause that it had asked for") }
        return AccountingCheck.findings(evidence) + EffectsCheck.findings(evidence)
            + SequenceCheck.findings(evidence) + pauses
    }
}

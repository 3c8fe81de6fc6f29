public import Relay

/// Why a queue of recurring integrations could not be used. Refusals of F&O are `ODataFault`s.
public enum RecurringFault: DeliveryFault, Equatable, CustomStringConvertible {
    case onPremises
    case foreignLink
    case noFile(correlationID: String, words: String)
    case unexpectedAnswer(call: String, detail: String)

    public var destination: String? { "dynamics" }

    public var failureKind: FailureKind {
        switch self {
        case .onPremises, .foreignLink: .misconfigured
        case .noFile: .notFound
        case .unexpectedAnswer: .unexpected
        }
    }

    public var reason: Reason {
        switch self {
        case .onPremises:
            Reason(
                code: "recurring-on-premises", message: description,
                advice: "Use the data package API, which is there as well.")
        case .foreignLink:
            Reason(
                code: "recurring-foreign-link", message: description,
                advice: "Check dynamics.environment: it must be the URL under which D365 knows itself.")
        case .noFile: Reason(code: "recurring-no-file", message: description)
        case .unexpectedAnswer: Reason(code: "recurring-unexpected-answer", message: description)
        }
    }

    public var description: String {
        switch self {
        case .onPremises: "Recurring integrations are not available on-premises."
        case .foreignLink: "The link to the file leads to another server than D365; it was not followed."
        case .noFile(let id, let words): "D365 has no file for message \(id): \(words)"
        case .unexpectedAnswer(let call, let detail): "The answer to \(call) is not what was asked for: \(detail)"
        }
    }
}

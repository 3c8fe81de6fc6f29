/// The stable half of each fault: the code that scripts look for, and what a person can do.
extension ODataFault {
    var code: String {
        switch self {
        case .validation: "d365-validation"
        case .rejected: "d365-rejected"
        case .unauthorized: "d365-unauthorized"
        case .forbidden: "d365-forbidden"
        case .notFound: "d365-not-found"
        case .conflict: "d365-conflict"
        case .stale: "d365-stale"
        case .batchTooLarge: "d365-batch-too-large"
        case .throttled: "d365-throttled"
        case .held: "d365-held"
        // One code for all of them, since what a person does about them is the same.
        case .unreachable, .noAnswer, .unavailable: "d365-unavailable"
        case .crashed: "d365-crashed"
        case .outcomeUnclear: "d365-outcome-unclear"
        case .malformedAnswer: "d365-malformed-answer"
        case .unexpectedRow: "d365-unexpected-row"
        case .answerTooLarge: "d365-answer-too-large"
        case .tooManyPages: "d365-too-many-pages"
        case .foreignNextLink: "d365-foreign-next-link"
        case .invalidURL: "d365-invalid-url"
        case .unusableValue: "d365-unusable-value"
        case .unencodable: "d365-unencodable"
        }
    }

    var advice: String? {
        switch self {
        case .validation(_, let sentences):
            (InfologTopic(sentences)?.advice ?? "Correct the record or the set-up in D365 that the sentence names")
                + ", then replay the event."
        case .rejected:
            "Compare the entity set and its properties with $metadata of the environment."
        case .unauthorized:
            "Add the client id under System administration > Setup > Microsoft Entra ID applications in D365, "
                + "with a user, and check that dynamics.environment is the environment's exact URL."
        case .forbidden(let call, _):
            "Give the user named under Microsoft Entra ID applications a security role for \(call.entitySet), to "
                + "\(call.right)."
        case .notFound(let call) where call.key != nil:
            "Check that there is such a row in that legal entity, that the user may see the legal entity, and that the "
                + "environment has \(call.entitySet)."
        case .notFound(let call):
            "Check \(call.entitySet) against the environment's entity sets (dynamics.entities), and that the user may see "
                + "the legal entity."
        case .unexpectedRow:
            "Check that the configured entity set has the properties that Causeway reads, against $metadata."
        case .answerTooLarge, .tooManyPages:
            "The look-up finds far more rows than it should; check the key it uses."
        case .foreignNextLink, .invalidURL:
            "Check dynamics.environment: it must be the URL under which D365 knows itself."
        case .unusableValue:
            "Correct the record at its source, then send or edit it again."
        case .batchTooLarge:
            "Let the lines of orders be created one by one (orders.lines: oneByOne)."
        case .conflict, .stale, .throttled, .held, .unreachable, .noAnswer, .unavailable, .crashed, .outcomeUnclear,
            .malformedAnswer, .unencodable:
            nil
        }
    }
}

extension ODataCall {
    /// What a privilege must allow for this call.
    fileprivate var right: String {
        switch method {
        case "POST": "create"
        case "PATCH": "update"
        case "DELETE": "delete"
        default: "read"
        }
    }
}

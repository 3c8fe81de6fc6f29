import HTTPServer
import HTTPTypes

/// What senders are told who don't prove who they are. None of them learns what would have been right.
extension Problem {
    static func missingEventSignature(_ detail: String) -> Problem {
        Problem(
            "missing-signature", status: .unauthorized, title: "The event is not signed", detail: detail,
            headers: [.wwwAuthenticate: "Signature header=\"x-adobe-digital-signature-1\""])
    }

    static func invalidEventSignature(_ detail: String) -> Problem {
        Problem(
            "invalid-signature", status: .unauthorized, title: "The signature does not verify", detail: detail,
            headers: [.wwwAuthenticate: "Signature header=\"x-adobe-digital-signature-1\""])
    }

    static func missingToken(_ detail: String) -> Problem {
        Problem(
            "missing-token", status: .unauthorized, title: "The request has no bearer token", detail: detail,
            headers: [.wwwAuthenticate: "Bearer realm=\"causeway events\""])
    }

    static func invalidToken(_ detail: String) -> Problem {
        Problem(
            "invalid-token", status: .unauthorized, title: "The bearer token is not accepted", detail: detail,
            headers: [.wwwAuthenticate: "Bearer realm=\"causeway events\", error=\"invalid_token\""])
    }

    static func wrongSecret(_ detail: String) -> Problem {
        Problem(
            "wrong-secret", status: .unauthorized, title: "The sender's secret is missing or wrong", detail: detail,
            headers: [.wwwAuthenticate: "Secret realm=\"causeway events\""])
    }

    static var wrongClient: Problem {
        Problem(
            "wrong-client", status: .forbidden, title: "The event is for somebody else",
            detail: "The event's recipientclientid is not commerce.events.clientID of causeway.yaml. Compare it with "
                + "the client id of the project in Adobe's Developer Console.")
    }

    static var foreignTopic: Problem {
        Problem(
            "foreign-topic", status: .forbidden, title: "This topic's events are not taken",
            detail: "The topic is not in dynamics.businessEvents.eventGrid.topics of causeway.yaml. Compare it with "
                + "the resource id of the topic in Azure.")
    }

    /// 503 and not 401, which is final for all senders that we know.
    static func keysUnavailable(_ detail: String) -> Problem {
        Problem(
            "keys-unavailable", status: .serviceUnavailable, title: "The sender's keys cannot be had now",
            detail: "\(detail) Send this event again later; until then look whether this gateway may call that host.",
            headers: [.retryAfter: "30"])
    }
}

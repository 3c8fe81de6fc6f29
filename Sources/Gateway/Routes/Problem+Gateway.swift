import HTTPServer
import HTTPTypes
import Relay

/// Every problem that the gateway's own routes answer with; the server adds those of HTTP itself. Each is described
/// in `openapi/causeway.yaml`.
extension Problem {
    static func unknownKind(_ kind: String, known: [String]) -> Problem {
        Problem(
            "unknown-kind", status: .notFound, title: "Unknown kind of webhook",
            detail: "No webhook of kind \"\(kind.prefix(40))\" is handled here. Known kinds: "
                + known.sorted().joined(separator: ", ") + ". Correct the URL of the webhook in Commerce.")
    }

    static func missingSignature(_ detail: String) -> Problem {
        Problem(
            "missing-signature", status: .unauthorized, title: "The webhook is not signed", detail: detail,
            headers: [.wwwAuthenticate: "Signature header=\"x-adobe-commerce-webhook-signature\""])
    }

    static func invalidSignature(_ detail: String) -> Problem {
        Problem(
            "invalid-signature", status: .unauthorized, title: "The signature does not verify", detail: detail,
            headers: [.wwwAuthenticate: "Signature header=\"x-adobe-commerce-webhook-signature\""])
    }

    static func malformedJSON(_ detail: String) -> Problem {
        Problem("malformed-json", status: .badRequest, title: "The body is not JSON", detail: detail)
    }

    static func unusableBody(_ detail: String) -> Problem {
        Problem(
            "unusable-body", status: .unprocessableContent, title: "The body lacks what is needed", detail: detail)
    }

    /// 404 and not 401: the token is part of the address, RFC 9110 §15.5.2 demands a challenge with each 401 and
    /// there is none that Dynamics could answer, and a stranger learns nothing about where the endpoint is.
    static var unknownToken: Problem {
        Problem(
            "unknown-endpoint-token", status: .notFound, title: "No such endpoint",
            detail: "No business event endpoint has this address. Compare the URL in the Key Vault secret of the "
                + "endpoint with dynamics.businessEvents.tokens in causeway.yaml.")
    }

    static func unavailable(_ fault: StoreFault) -> Problem {
        let (detail, wait) =
            switch fault {
            // Not the same for all, or all would come back in the same second.
            case .overloaded:
                ("More events arrive than the disk takes. Send this one again later.", Int.random(in: 1...4))
            case .full: ("The disk of the store is full. Make room, then send this event again.", 30)
            case .failed: ("The store takes nothing at the moment. Send this event again later.", 5)
            case .closed: ("The store takes nothing any more. Restart the gateway, then send this event again.", 60)
            }
        return Problem(
            "store-unavailable", status: .serviceUnavailable, title: "The event was not stored", detail: detail,
            headers: [.retryAfter: String(wait)])
    }

    /// For routes that only read, where nothing was lost.
    static func unreadable(_ fault: StoreFault) -> Problem {
        var problem = unavailable(fault)
        problem.title = "The store does not answer"
        problem.detail = "The store cannot be asked at the moment. Look at the gateway's log, then try again."
        return problem
    }

    static var notAuthorized: Problem {
        Problem(
            "not-authorized", status: .unauthorized, title: "The operator token is missing or wrong",
            detail: "Send the token of operator.token in causeway.yaml as Authorization: Bearer <token>.",
            headers: [.wwwAuthenticate: "Bearer realm=\"causeway operator\""])
    }

    static func unknownEvent(_ id: String) -> Problem {
        Problem(
            "unknown-event", status: .notFound, title: "No such event",
            detail: "The store holds no event \(id.prefix(40)). GET /operator/v1/events lists those it holds.")
    }

    static func refused(_ refusal: RepairRefused) -> Problem {
        switch refusal {
        case .running(let event):
            Problem(
                "event-running", status: .conflict, title: "The event is being carried",
                detail: "Event \(event) is being carried right now. Ask again when its attempt has ended.",
                headers: [.retryAfter: "2"])
        case .bodyGone(let event):
            Problem(
                "body-gone", status: .conflict, title: "The body is no longer kept",
                detail: "The body of event \(event) was purged or erased, so that it cannot be carried again. "
                    + "Resend the event with a new body, or let its platform send the record again.")
        }
    }

    static func countDiffers(
        _ verb: BulkOrder.Verb, found: Int, events: Int, expected: Int?
    ) -> Problem {
        let wish = expected.map { "expect: found \($0)" } ?? "expect: found nothing"
        return Problem(
            "count-differs", status: .conflict, title: "Not as many deliveries as expected",
            detail: "\(wish), expected \(found): the selection holds \(found) deliveries of \(events) events now. "
                + "Look at them, then ask to \(verb.rawValue) them with \"expect\": \(found).")
    }

    /// - Parameter run: Where the other one can be followed.
    static func busy(_ run: String) -> Problem {
        Problem(
            "change-under-way", status: .conflict, title: "Another change is under way",
            detail:
                "One change to many events is made at a time. Wait until \(OperatorDoor.prefix)\(run) is done, then "
                + "ask again.", headers: [.retryAfter: "1"])
    }

    static func unknownRun(_ id: String, _ verb: BulkOrder.Verb) -> Problem {
        Problem(
            "unknown-run", status: .notFound, title: "No such run",
            detail:
                "No \(verb.rawValue) \(id.prefix(40)) is known. Runs are remembered until the next start, the last "
                + "\(BulkChanges.remembered) of them; GET /operator/v1/acts tells what was done.")
    }

    static func unknownLane(_ lane: String, known: [String]) -> Problem {
        Problem(
            "unknown-lane", status: .notFound, title: "No such lane",
            detail: "There is no lane \(lane.prefix(100)). Known lanes: " + known.joined(separator: ", ")
                + ". The first part of a name means all lanes of that destination.")
    }

    static func invalidParameter(_ name: String, found: String, expected: String) -> Problem {
        Problem(
            "invalid-parameter", status: .badRequest, title: "A parameter cannot be used",
            detail: "\(name): found \"\(found.prefix(100))\", expected \(expected).")
    }
}

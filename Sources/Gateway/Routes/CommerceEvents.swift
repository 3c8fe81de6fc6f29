import Commerce
import Cryptography
import HTTPServer
import HTTPTypes
import Relay

/// `GET,POST /events/commerce`: what Adobe I/O Events delivers, one by one or in batches.
///
/// Adobe repeats what is answered with 429 or 5xx and nothing else, so whatever may pass by itself is answered with 503.
/// https://developer.adobe.com/events/docs/guides/
struct CommerceEvents: Sendable {
    static let pattern = "/events/commerce"

    let clientID: String
    let reader: CommerceEventReader
    let signatures: EventSignatures
    let registration: EventRegistration
    let routes: [CommerceRecordKind: [Route]]
    let intake: Intake
    let clock: any WallClock
    let signals: AlertSignals

    func add(to routes: inout RouteTable) {
        routes.on(.get, Self.pattern, immediately: { request, _ in try answerChallenge(request) })
        routes.on(.post, Self.pattern) { request, _ in try await receive(request) }
    }

    /// Whoever registers an address has Adobe ask it for a word. It says no secret, so everybody gets it.
    private func answerChallenge(_ request: Request) throws(Problem) -> Response {
        let expected = "the word to be repeated, up to \(Self.longestChallenge) letters, digits or -._~=+/"
        guard let word = QueryValues(request.query)["challenge"] else {
            throw .invalidParameter("challenge", found: "", expected: expected)
        }
        // Nothing that a browser could take for a page.
        guard word.utf8.count <= Self.longestChallenge, word.allSatisfy(\.isPlain) else {
            throw .invalidParameter("challenge", found: word, expected: expected)
        }
        var response = Response.text(word)
        if let name = HTTPField.Name("X-Content-Type-Options") { response.headers[name] = "nosniff" }
        return response
    }

    private static let longestChallenge = 256

    private func receive(_ request: Request) async throws -> Response {
        if let url = CommerceEventReader.validationURL(request.body) {
            guard await registration.confirm(url) else {
                signals.refused(AlertSource.commerceEvents.rawValue)
                throw Problem.unusableBody(
                    "validationUrl: expected an address that begins \(EventRegistration.prefix).")
            }
            return .json(Array(#"{"result":"validation"}"#.utf8))
        }
        let events = try await believed(request)
        signals.arrived(AlertSource.commerceEvents.rawValue, at: clock.now())
        do {
            let receipts = try await intake.accept(
                events.map { NewEvent($0, receivedAt: clock.now(), routes: routes) })
            let isNew = receipts.contains { !$0.isDuplicate }
            return .json(Array(#"{"result":"\#(isNew ? "stored" : "duplicate")"}"#.utf8))
        } catch let fault as StoreFault {
            throw Problem.unavailable(fault)
        }
    }

    /// The client id is looked at first: whose events are not for us shall not have us fetch keys.
    private func believed(_ request: Request) async throws(Problem) -> [CommerceEvent] {
        let events = try read(request.body)
        do throws(Problem) {
            let expected = Array(clientID.utf8)
            guard events.allSatisfy({ constantTimeEqual(Array($0.recipient.utf8), expected) }) else {
                throw .wrongClient
            }
            try await verify(request)
        } catch {
            if error.status != .serviceUnavailable { signals.refused(AlertSource.commerceEvents.rawValue) }
            throw error
        }
        return events
    }

    private func read(_ body: [UInt8]) throws(Problem) -> [CommerceEvent] {
        do throws(CommerceEventError) {
            return try reader.read(body)
        } catch {
            switch error {
            case .malformedJSON: throw .malformedJSON(error.description)
            case .unusableField: throw .unusableBody(error.description)
            }
        }
    }

    private func verify(_ request: Request) async throws(Problem) {
        do throws(EventSignatures.Failure) {
            try await signatures.verify(body: request.body, headers: EventSignatures.Headers(request.headers))
        } catch {
            switch error {
            case .missing: throw .missingEventSignature(error.description)
            case .invalid: throw .invalidEventSignature(error.description)
            case .keysUnavailable: throw .keysUnavailable(error.description)
            }
        }
    }
}

extension EventSignatures.Headers {
    fileprivate init(_ headers: HTTPFields) {
        let digital = (1...2).compactMap { number -> (String, String)? in
            guard let signature = headers.value("x-adobe-digital-signature-\(number)"),
                let path = headers.value("x-adobe-public-key\(number)-path")
            else { return nil }
            return (signature, path)
        }
        self.init(digital: digital, hmac: headers.value("x-adobe-signature"))
    }
}

extension Character {
    fileprivate var isPlain: Bool { isASCII && (isLetter || isNumber || "-._~=+/".contains(self)) }
}

import Dynamics
import HTTPClient
import HTTPTypes
import Relay
import Testing

private let get = ODataCall(method: "GET", entitySet: "Things")
private let post = ODataCall(method: "POST", entitySet: "Things")

private func created(_ reply: ScriptedTransport.Reply) async -> ODataFault? {
    await fault { try await odata(ScriptedTransport(reply)).create("Things", NewThing(Name: "A"), as: ThingRow.self) }
}

private func read(_ reply: ScriptedTransport.Reply) async -> ODataFault? {
    await fault { try await odata(ScriptedTransport(reply)).rows("Things", as: ThingRow.self) }
}

private func error(_ inner: String, message: String = "An error has occurred.") -> String {
    """
    {"error":{"code":"","message":"\(message)",
     "innererror":{"message":"\(inner)","type":"X","stacktrace":"at Y"}}}
    """
}

private let siteIsMandatory =
    "Write failed for table row of type 'SalesOrderLineV3Entity'. Infolog: Warning: Inventory dimension Site is "
    + "mandatory and must consequently be specified.; Error: Update has been canceled."

@Suite("What the answers of D365 mean for a record")
struct ODataFaultTests {
    @Test(
        "A business rule that refuses a record parks it with D365's own words, whether it answers 400 or 500",
        arguments: [400, 500])
    func validation(_ status: Int) async throws {
        let fault = try #require(await created(.answer(status, error(siteIsMandatory))))
        #expect(
            fault
                == .validation(
                    post, sentences: ["Inventory dimension Site is mandatory and must consequently be specified."]))
        #expect(fault.failureKind == .validation)
        #expect(fault.reason.code == "d365-validation")
        #expect(
            fault.reason.message == "D365 refused POST Things: "
                + "Inventory dimension Site is mandatory and must consequently be specified.")
        #expect(fault.reason.advice != nil)
    }

    @Test(
        "A crash, which has no infolog, may be the record's own",
        arguments: [error("Object reference not set to an instance of an object."), error("Oops.")])
    func crash(_ body: String) async throws {
        let fault = try #require(await created(.answer(500, body)))
        #expect(fault.failureKind == .serverError)
        #expect(fault.reason.code == "d365-crashed")
        #expect(!fault.reason.message.contains("stacktrace"))
    }

    @Test(
        "A 500 that is not in D365's own format is of whatever stands before it",
        arguments: ["", "<html>", "{}", "[]"])
    func foreignCrash(_ body: String) async throws {
        let fault = try #require(await created(.answer(500, body)))
        #expect(fault.failureKind == .unavailable)
        #expect(fault.reason.code == "d365-unavailable")
    }

    @Test(
        "A conflict with another process is tried again, even where it comes as an infolog",
        arguments: [
            (
                500,
                error("Infolog: Error: An update conflict occurred due to another user process deleting the record.")
            ),
            (400, error("Infolog: Error: Update conflict.; Error: Update has been canceled.")),
            (500, error("Transaction was deadlocked; a deadlock was found.")),
        ])
    func conflict(_ status: Int, _ body: String) async throws {
        let fault = try #require(await created(.answer(status, body)))
        #expect(fault.failureKind == .conflict)
        #expect(fault.reason.code == "d365-conflict")
    }

    @Test("A row that is not in the version that was read is told from a conflict: it is to be read again")
    func stale() async throws {
        let fault = try #require(await created(.answer(412, error("The resource has changed."))))
        #expect(fault == .stale(post))
        #expect(fault.failureKind == .conflict)
        #expect(fault.reason.code == "d365-stale")
    }

    static let statuses: [(Int, String, FailureKind)] = [
        (301, "d365-rejected", .misconfigured), (302, "d365-rejected", .misconfigured),
        (400, "d365-rejected", .misconfigured), (403, "d365-forbidden", .forbidden),
        (404, "d365-not-found", .notFound), (405, "d365-rejected", .misconfigured),
        (408, "d365-unavailable", .unavailable), (413, "d365-rejected", .misconfigured),
        (429, "d365-throttled", .throttled), (500, "d365-unavailable", .unavailable),
        (501, "d365-unavailable", .unavailable), (502, "d365-unavailable", .unavailable),
        (503, "d365-unavailable", .unavailable), (504, "d365-unavailable", .unavailable),
    ]

    @Test("Every status has a meaning", arguments: statuses)
    func status(_ status: Int, _ code: String, _ kind: FailureKind) async throws {
        for fault in [await created(.answer(status)), await read(.answer(status))] {
            #expect(try #require(fault).reason.code == code)
            #expect(fault?.failureKind == kind)
            #expect(fault?.destination == "dynamics")
        }
    }

    @Test(
        "A busy D365 says how long to wait, in seconds or as a date",
        arguments: [
            ("5", 5), ("0", 0), (" 7 ", 7), ("Thu, 01 Jan 2026 10:01:12 GMT", 60),
            ("Wed, 31 Dec 2025 10:01:12 GMT", 0),
            ("99999999999999999999999", 86_400), ("", 30), ("soon", 30), ("-5", 30), ("1.5", 30),
            ("Thu, 32 Jan 2026 10:01:12 GMT", 30),
        ])
    func retryAfter(_ field: String, _ seconds: Int) async throws {
        let fault = try #require(await read(.answer(429, "", [.retryAfter: field])))
        #expect(fault.retryAfter == .seconds(seconds))
    }

    @Test("Maintenance may say how long it takes")
    func maintenance() async throws {
        let fault = try #require(await read(.answer(503, "<html>", [.retryAfter: "120"])))
        #expect(fault.retryAfter == .seconds(120))
    }

    @Test("What D365 says about a wrong request is shown, without its stack trace")
    func wrongRequest() async throws {
        let text = "The property 'Prize' does not exist on type 'Things'."
        let fault = try #require(await created(.answer(400, error(text, message: "The request is invalid."))))
        #expect(fault == .rejected(post, status: 400, detail: text))
        let plain = try #require(await read(.answer(400, #"{"Message":"No HTTP resource was found."}"#)))
        #expect(plain == .rejected(get, status: 400, detail: "No HTTP resource was found."))
    }

    @Test(
        "A write without an answer may have happened: it is tried again, and the reason says so",
        arguments: [TransportError.interrupted("c:443"), .responseTooLarge(limit: 10), .cancelled])
    func unclear(_ error: TransportError) async throws {
        let fault = try #require(await created(.failure(error)))
        #expect(fault == .outcomeUnclear(post, detail: error.description))
        #expect(fault.failureKind == .unclearOutcome)
        #expect(fault.reason.code == "d365-outcome-unclear")
    }

    @Test("A write that was never sent is not unclear")
    func notSent() async {
        #expect(
            await created(.failure(.notConnected("c:443")))
                == .unreachable(post, detail: "not connected: c:443"))
    }

    @Test("A call that was held back, because D365 is left alone, says so", arguments: [true, false])
    func held(isWrite: Bool) async throws {
        let answer = ScriptedTransport.Reply.failure(.held("for 5s"))
        let fault = try #require(isWrite ? await created(answer) : await read(answer))
        #expect(fault == .held(isWrite ? post : get, detail: "for 5s"))
        #expect(fault.failureKind == .held)
    }

    @Test(
        "A read without an answer is told from one that was never sent",
        arguments: [
            (TransportError.interrupted("c:443"), FailureKind.timeout), (.notConnected("c:443"), .network),
            (.cancelled, .timeout),
        ])
    func unansweredRead(_ error: TransportError, _ kind: FailureKind) async throws {
        #expect(try #require(await read(.failure(error))).failureKind == kind)
    }

    @Test(
        "A read that brings too much, or has no valid address, waits for a person",
        arguments: [
            TransportError.responseTooLarge(limit: 10), .invalidURL("x"),
        ])
    func hopelessRead(_ error: TransportError) async throws {
        let kind = try #require(await read(.failure(error))).failureKind
        #expect(RetryRules().treatment(of: kind) == .park)
    }

    @Test("A good status with something else than JSON is tried again", arguments: ["", "<html>Sign in", "{", "{]"])
    func notJSON(_ body: String) async throws {
        let fault = try #require(await read(.answer(200, body, [.contentType: "text/html"])))
        #expect(fault == .malformedAnswer(get, detail: "\(body.utf8.count) bytes of text/html"))
        #expect(fault.failureKind == .unreadable)
    }

    @Test(
        "JSON that is not what was asked for parks and names the property",
        arguments: [
            (#"{"value":[{"Name":"A"},{"Price":1}]}"#, "value.[1].Name is missing"),
            (#"{"value":[{"Name":1}]}"#, "value.[0].Name is not of type String"),
            (#"{"value":[{"Name":null}]}"#, "value.[0].Name is null; expected String"),
            (#"{"value":[{"Name":"A","Price":"1"}]}"#, "value.[0].Price is not of type Decimal"),
            ("{}", "value is missing"), (#"{"value":{}}"#, "value is not of type Array<Any>"),
        ])
    func wrongRow(_ body: String, _ detail: String) async throws {
        let fault = try #require(await read(.answer(200, body)))
        #expect(fault == .unexpectedRow(get, detail: detail))
        #expect(fault.failureKind == .unexpected)
    }
}

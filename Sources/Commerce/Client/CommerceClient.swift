import Foundation
public import HTTPClient
import HTTPTypes
import JSON
public import Relay

/// Commerce's REST API, as far as the flows need it.
///
/// Calls that change one order run one at a time per order, since Commerce reads it without a lock and parallel
/// calls corrupt quantities and status (magento2#10396). That holds for all copies of one client; make one.
///
/// Every method throws `CommerceFault`, or what the authorization throws, or `CancellationError`.
public struct CommerceClient: Sendable {
    /// Slow tenants are known to take longer than ten seconds for a save.
    public static let defaultTimeout = Duration.seconds(120)

    let endpoint: CommerceEndpoint
    /// By entity id.
    let orderLocks = KeyedLocks<Int>()
    /// For records that are read, changed and written back whole: `customer 5`.
    let recordLocks = KeyedLocks<String>()
    let batches: LearnedBatchSizes
    private let authorization: any CommerceAuthorization
    private let transport: any HTTPTransport
    private let timeout: Duration
    let clock: any WallClock

    public init(
        endpoint: CommerceEndpoint, authorization: any CommerceAuthorization, transport: any HTTPTransport,
        timeout: Duration = CommerceClient.defaultTimeout, batches: BatchSizes = BatchSizes(),
        clock: any WallClock = SystemClock()
    ) {
        self.endpoint = endpoint
        self.authorization = authorization
        self.transport = transport
        self.timeout = timeout
        self.batches = LearnedBatchSizes(batches)
        self.clock = clock
    }

    /// Whether the shop answers, the token is accepted, and it may read orders, which every flow has to.
    public func ping() async throws {
        _ = try await call(.searchOrders, query: SearchCriteria(pageSize: 1, fields: "total_count").query)
    }

    /// - Returns: The answer's JSON; `null` if the answer is empty, as after writing source items.
    func call(_ call: CommerceCall) async throws -> JSONValue {
        try check(call)
        let name = call.name
        var request = OutboundRequest(
            method: call.operation.method, url: endpoint.url(call), headers: endpoint.headers(call), timeout: timeout)
        if let body = call.body {
            request.headers[.contentType] = "application/json"
            request.body = try CommerceClient.patched(body, for: name)
        }
        let answer = try await authorized(request, name)
        if answer.body.isEmpty, call.mayAnswerNothing { return .null }
        do {
            return try JSONValue.parse(answer.body)
        } catch {
            throw CommerceFault(
                kind: .unreadable, call: name, status: answer.status,
                detail: CommerceErrorBody.excerpt(of: answer.body))
        }
    }

    /// - Returns: A good answer. One that refuses the credentials was not acted upon, so the request is sent once more
    ///   with others where that may help.
    private func authorized(_ request: OutboundRequest, _ name: String) async throws -> OutboundResponse {
        var repeats = 0
        while true {
            var attempt = request
            for field in try await authorization.headers(for: request) { attempt.headers[field.name] = field.value }
            let answer = try await send(attempt, name)
            guard !(200..<300).contains(answer.status) else { return answer }
            var fault = CommerceFault(answer, call: name, now: clock.now())
            guard [400, 401].contains(answer.status),
                let verdict = await authorization.verdict(on: answer, to: attempt)
            else { throw fault }
            if verdict.next == .again, repeats < CommerceClient.maxCredentialRepeats {
                repeats += 1
                continue
            }
            fault.add(verdict)
            throw fault
        }
    }

    /// How often a request is sent again because its credentials were refused.
    static let maxCredentialRepeats = 1

    /// One exchange, written to the trail whatever comes of it.
    private func send(_ request: OutboundRequest, _ name: String) async throws -> OutboundResponse {
        let startedAt = clock.now()
        let start = ContinuousClock.now
        let result: Result<OutboundResponse, TransportError>
        do {
            result = .success(try await transport.send(request))
        } catch {
            result = .failure(error)
        }
        let elapsed = ContinuousClock.now - start
        let answer = try? result.get()
        let failure: String? = if case .failure(let error) = result { error.description } else { nil }
        Trail.current?.record(
            Call(
                destination: "commerce", method: request.method.rawValue, target: endpoint.target(of: request.url),
                sent: Call.Message(request.headers, request.body ?? []), status: answer?.status,
                received: answer.map { Call.Message($0.headers, $0.body) }, failure: failure, startedAt: startedAt,
                milliseconds: elapsed.wholeMilliseconds))
        switch result {
        case .success(let answer): return answer
        case .failure(.cancelled): throw CancellationError()
        case .failure(let error): throw CommerceFault(error, call: name)
        }
    }

    private static func patched(_ json: [UInt8], for call: String) throws -> [UInt8] {
        // What a person changed of it.
        guard let patch = RecordPatch.current else { return json }
        do {
            return try MergePatch.apply(patch, to: json)
        } catch {
            throw CommerceFault(kind: .rejected, call: call, detail: "The patch of the record is no JSON: \(error)")
        }
    }
}

extension Call.Message {
    fileprivate init(_ headers: HTTPFields, _ body: [UInt8]) {
        self.init(headers: headers.map { ($0.name.canonicalName, $0.value) }, body: body)
    }
}

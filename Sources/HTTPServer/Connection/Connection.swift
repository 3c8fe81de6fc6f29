import HTTPTypes
import Logging

/// One connection: reads a request, has it answered, writes the answer, and again, until one side closes.
///
/// One request is handled at a time, so pipelined answers keep their order; meanwhile nothing is read, so that a peer
/// can't make this side buffer more than one read's worth.
///
/// `@unchecked Sendable`: used only on its worker's event loop. The worker calls it from there, and its one task runs
/// there too, by its executor preference.
final class Connection: @unchecked Sendable {
    private enum Phase { case reading, responding, writing, lingering, closed }

    /// What the peer still sends after the last response is discarded up to this many bytes.
    private static let maxLingerBytes = 4 << 20
    /// Bodies up to this size are copied behind their head: cheaper than a write of two buffers.
    private static let maxCopiedBodyBytes = 2048
    private static let continueResponse = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    private let transport: any Transport
    private let worker: Worker
    private let responder: any Responder
    let origin: ConnectionOrigin
    private var phase = Phase.reading
    private var assembler: RequestAssembler
    private var output = OutputBuffer()
    private var deadline: Deadline
    /// Whether reading may find something, as far as readiness was reported.
    private var mayRead = true
    /// Whether the end of the stream was reported: it is reached by reading on.
    private var hasEnded = false
    private var closesAfterWriting = false
    private var lingeredBytes = 0
    private var exchange: Exchange?
    private var admission: RequestAdmission
    private var requestCount = 0

    /// The request being answered.
    private struct Exchange {
        let method: HTTPRequest.Method
        let keepsAlive: Bool
        let isHTTP10: Bool
        let receivedAt: UInt64
        var task: Task<Void, Never>?
    }

    init(transport: any Transport, worker: Worker, responder: any Responder, origin: ConnectionOrigin) {
        self.transport = transport
        self.worker = worker
        self.responder = responder
        self.origin = origin
        admission = RequestAdmission(worker.admission)
        assembler = RequestAssembler(limits: worker.configuration.requestLimits)
        deadline = Deadline(worker.configuration, usesReserve: origin.usesReserve)
    }

    var descriptor: Int32 { transport.descriptor }

    func ready(_ readiness: Readiness) {
        if readiness.hasEnded { hasEnded = true }
        if readiness.canRead || readiness.hasEnded { mayRead = true }
        if readiness.canWrite, transport.readAwaitsOutput { mayRead = true }
        let mayWrite = readiness.canWrite || readiness.canRead && transport.writeAwaitsInput
        if mayWrite, !output.isEmpty { progressed(output.flush(through: transport)) }
        advance()
    }

    /// Does all that can be done without waiting.
    func advance() {
        while phase == .reading || phase == .lingering {
            if phase == .reading, assembler.hasBacklog {
                receive { assembler, admit throws(FramingError) in try assembler.resume(admit) }
            } else if mayRead {
                read()
            } else {
                break
            }
        }
        updateDeadline()
    }

    /// Called now and then: answers or closes if the peer took too long.
    func checkDeadline(now: UInt64) {
        guard deadline.isOver(at: now) else { return }
        switch deadline.wait {
        case .head: fail(.headTimeout)
        case .body:
            let rate = worker.configuration.limits.minBodyBytesPerSecond
            fail(deadline.isOverByRate ? .refused(.bodyTooSlow(bytesPerSecond: rate)) : .bodyTimeout)
        case .handler: giveUpHandler()
        case .write: close(reset: true, because: .responseTimeout)
        case .firstByte: close(because: .firstByte)
        case .idle: close(because: .idle)
        case .handshake, .linger, .none: close()
        }
        advance()
    }

    /// The server stops: closes at once if nothing is in flight, otherwise after the answer.
    func drain() {
        if phase == .reading, assembler.isIdle { close() }
    }

    func close(reset: Bool = false, because limit: ServerLimit? = nil) {
        guard phase != .closed else { return }
        phase = .closed
        if let limit { worker.reached(limit) }
        exchange?.task?.cancel()
        exchange = nil
        admission.release()
        transport.close(reset: reset)
        worker.remove(self)
    }

    private func read() {
        let buffer = worker.readBuffer
        switch transport.read(into: buffer) {
        case .bytes(let count, let isDrained):
            if isDrained, !hasEnded { mayRead = false }
            if phase == .lingering {
                lingeredBytes += count
                if lingeredBytes > Self.maxLingerBytes { close() }
            } else {
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count]).assumingMemoryBound(to: UInt8.self)
                receive { assembler, admit throws(FramingError) in
                    try assembler.receive(Span(_unsafeElements: bytes), admit)
                }
            }
        case .wouldBlock: mayRead = false
        case .closed, .failed: close()
        case .refused(let reason): refuse(reason)
        }
    }

    private func refuse(_ reason: String) {
        worker.logger.debug(
            "connection refused", metadata: ["reason": "\(reason)", "peer": "\(origin.peerAddress)"])
        phase = .lingering
        transport.finishWriting()
    }

    private typealias Parse =
        (inout RequestAssembler, RequestAssembler.Admit) throws(FramingError) -> RequestAssembler.Outcome

    private func receive(_ parse: Parse) {
        do throws(FramingError) {
            switch try parse(&assembler, admit) {
            case .needsInput(let sendsContinue):
                try admission.keep(assembler.bodyBytes)
                if sendsContinue { progressed(output.send(Self.continueResponse, [], through: transport)) }
            case .complete(let head, let body):
                try admission.keep(body.count)
                respond(to: head, body)
            }
        } catch {
            fail(error)
        }
    }

    private func admit(_ head: RequestHead) throws(FramingError) -> Int {
        try admission.decide(on: head, from: origin)
    }

    private func respond(to head: RequestHead, _ body: [UInt8]) {
        phase = .responding
        // Whatever comes next is waited for anew.
        deadline.end()
        var request = Request(
            method: head.method, path: head.target.path, query: head.target.query, headers: head.headers, body: body,
            remoteAddress: admission.forwardedFor ?? origin.clientAddress, peerAddress: origin.peerAddress)
        if let tls = transport.tls { request.note(tls) }
        requestCount += 1
        exchange = Exchange(
            method: head.method, keepsAlive: head.keepsAlive, isHTTP10: head.isHTTP10,
            receivedAt: SystemCalls.monotonicNow())
        if let refusal = admission.takeRefusal() {
            worker.reached(refusal.limit)
            return finish(Response(refusal.problem))
        }
        if let response = responder.respondAtOnce(to: request) {
            admission.release()
            return finish(response)
        }
        startHandler(of: request)
    }

    private func startHandler(of request: Request) {
        // The body is kept as long as its handler runs, whether or not somebody still waits for the answer.
        let bytes = admission.handOver()
        exchange?.task = Task(executorPreference: worker.loop) { [self, request] in
            let response = await responder.respond(to: request)
            // The budget is one word that all loops write to: not for requests without a body.
            if bytes > 0 { worker.admission.bodies.add(-bytes) }
            complete(response)
        }
    }

    private func complete(_ response: Response) {
        assert(worker.loop.isCurrent, "the task's executor preference keeps it on the loop")
        finish(response)
        advance()
    }

    private func finish(_ response: Response) {
        guard phase == .responding, let exchange else { return }
        self.exchange = nil
        if response.isCutOff { return close(reset: true) }
        let keepsAlive =
            exchange.keepsAlive && !worker.isStopping && mayTakeAnother
            && !response.asksToClose
        send(
            response, to: exchange.method, receivedAt: exchange.receivedAt,
            connection: !keepsAlive ? .close : exchange.isHTTP10 ? .keepAlive : .none)
    }

    private var mayTakeAnother: Bool {
        if origin.usesReserve { return false }
        guard requestCount >= worker.configuration.limits.maxRequestsPerConnection else { return true }
        worker.reached(.requestsPerConnection)
        return false
    }

    /// Answers in place of a handler that takes too long. Its own answer, if one comes, finds nobody.
    private func giveUpHandler() {
        exchange?.task?.cancel()
        exchange = nil
        fail(.refused(.handlerTooSlow))
    }

    /// Answers a request that can't be read. The stream's framing is lost, so this is the last answer.
    private func fail(_ error: FramingError) {
        admission.release()
        if let limit = error.limit { worker.reached(limit) }
        send(Response(error.problem), to: nil, receivedAt: nil, connection: .close)
    }

    /// - Parameters:
    ///   - method: `nil` if the request could not be read.
    ///   - receivedAt: `nil` likewise.
    private func send(
        _ response: Response, to method: HTTPRequest.Method?, receivedAt: UInt64?,
        connection: ResponseEncoder.ConnectionOption
    ) {
        guard worker.encoder.encode(response, connection: connection, at: SystemCalls.unixNow()) else {
            worker.logger.error("a response could not be sent", metadata: ["status": "\(response.status.code)"])
            var replacement = Response(.internalError)
            replacement.route = response.route
            return send(replacement, to: method, receivedAt: receivedAt, connection: connection)
        }
        phase = .writing
        closesAfterWriting = connection == .close
        let sendsBody = method != .head && response.allowsBody
        let isCopied = sendsBody && response.body.count <= Self.maxCopiedBodyBytes
        if isCopied { worker.encoder.append(response.body) }
        progressed(
            output.send(worker.encoder.bytes, sendsBody && !isCopied ? response.body : [], through: transport))
        worker.answered(method, response, since: receivedAt)
    }

    private func progressed(_ progress: OutputBuffer.Progress) {
        switch progress {
        case .blocked: break
        case .failed: close()
        case .finished where phase == .writing && closesAfterWriting:
            phase = .lingering
            transport.finishWriting()
        case .finished where phase == .writing: phase = .reading
        case .finished: break
        }
    }

    private func updateDeadline() {
        let wait: Deadline.Wait =
            switch phase {
            case .reading where !transport.isEstablished: .handshake
            case .reading:
                switch assembler.stage {
                case .betweenRequests: requestCount == 0 ? .firstByte : .idle
                case .head: .head
                case .body: .body
                }
            case .responding: .handler
            case .closed: .none
            case .writing: .write
            case .lingering: .linger
            }
        if wait != deadline.wait {
            deadline.begin(wait, at: (wait == .handler ? exchange?.receivedAt : nil) ?? SystemCalls.monotonicNow())
        }
        if wait == .body { deadline.received(bodyBytes: assembler.bodyBytes) }
    }
}

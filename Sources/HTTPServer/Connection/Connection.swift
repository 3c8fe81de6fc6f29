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
    private let remoteAddress: String
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

    /// The request being answered.
    private struct Exchange {
        let method: HTTPRequest.Method
        let keepsAlive: Bool
        let isHTTP10: Bool
        let receivedAt: UInt64
        var task: Task<Void, Never>?
    }

    init(transport: any Transport, worker: Worker, remoteAddress: String) {
        self.transport = transport
        self.worker = worker
        self.remoteAddress = remoteAddress
        assembler = RequestAssembler(limits: worker.configuration.requestLimits)
        deadline = Deadline(worker.configuration)
    }

    var descriptor: Int32 { transport.descriptor }

    func ready(_ readiness: Readiness) {
        if readiness.hasEnded { hasEnded = true }
        if readiness.canRead || readiness.hasEnded { mayRead = true }
        if readiness.canWrite, !output.isEmpty { progressed(output.flush(through: transport)) }
        advance()
    }

    /// Does all that can be done without waiting.
    func advance() {
        while phase == .reading || phase == .lingering {
            if phase == .reading, assembler.hasBacklog {
                receive { assembler throws(FramingError) in try assembler.resume() }
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
        case .body: fail(.bodyTimeout)
        case .write: close(reset: true)
        case .idle, .linger, .none: close()
        }
        advance()
    }

    /// The server stops: closes at once if nothing is in flight, otherwise after the answer.
    func drain() {
        if phase == .reading, assembler.isIdle { close() }
    }

    func close(reset: Bool = false) {
        guard phase != .closed else { return }
        phase = .closed
        exchange?.task?.cancel()
        exchange = nil
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
                receive { assembler throws(FramingError) in
                    try assembler.receive(Span(_unsafeElements: bytes))
                }
            }
        case .wouldBlock: mayRead = false
        case .closed, .failed: close()
        }
    }

    private func receive(_ parse: (inout RequestAssembler) throws(FramingError) -> RequestAssembler.Outcome) {
        do throws(FramingError) {
            switch try parse(&assembler) {
            case .needsInput(sendsContinue: true):
                progressed(output.send(Self.continueResponse, [], through: transport))
            case .needsInput: break
            case .complete(let head, let body): respond(to: head, body)
            }
        } catch {
            fail(error)
        }
    }

    private func respond(to head: RequestHead, _ body: [UInt8]) {
        phase = .responding
        let request = Request(
            method: head.method, path: head.target.path, query: head.target.query, headers: head.headers, body: body,
            remoteAddress: remoteAddress)
        exchange = Exchange(
            method: head.method, keepsAlive: head.keepsAlive, isHTTP10: head.isHTTP10,
            receivedAt: SystemCalls.monotonicNow())
        exchange?.task = Task(executorPreference: worker.loop) { [self] in
            complete(await worker.responder.respond(to: request))
        }
    }

    private func complete(_ response: Response) {
        assert(worker.loop.isCurrent, "the task's executor preference keeps it on the loop")
        guard phase == .responding, let exchange else { return }
        self.exchange = nil
        if response.isCutOff { return close(reset: true) }
        let keepsAlive =
            exchange.keepsAlive && !worker.isStopping
            && !FieldList.contains("close", in: response.headers[fields: .connection])
        let sent = send(
            response, isForHEAD: exchange.method == .head,
            connection: !keepsAlive ? .close : exchange.isHTTP10 ? .keepAlive : .none)
        worker.answered(exchange.method, sent, since: exchange.receivedAt)
        advance()
    }

    /// Answers a request that can't be read. The stream's framing is lost, so this is the last answer.
    private func fail(_ error: FramingError) {
        let sent = send(Response(error.problem), isForHEAD: false, connection: .close)
        worker.answered(nil, sent, since: nil)
    }

    /// - Returns: What is really sent: a 500 in place of a response that would break the framing.
    private func send(
        _ response: Response, isForHEAD: Bool, connection: ResponseHead.ConnectionOption
    ) -> Response {
        phase = .writing
        closesAfterWriting = connection == .close
        var head = ResponseHead(response: response, isForHEAD: isForHEAD, connection: connection)
        if !worker.encode(head) {
            worker.logger.error("a response could not be sent", metadata: ["status": "\(response.status.code)"])
            var replacement = Response(.internalError)
            replacement.route = response.route
            head = ResponseHead(response: replacement, isForHEAD: isForHEAD, connection: connection)
            _ = worker.encode(head)
        }
        let body = head.sendsBody ? head.response.body : []
        if body.count <= Self.maxCopiedBodyBytes {
            worker.append(body)
            progressed(output.send(worker.encoded, [], through: transport))
        } else {
            progressed(output.send(worker.encoded, body, through: transport))
        }
        return head.response
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
            case .reading:
                switch assembler.stage {
                case .betweenRequests: .idle
                case .head: .head
                case .body: .body
                }
            case .responding, .closed: .none
            case .writing: .write
            case .lingering: .linger
            }
        deadline.set(wait)
    }
}

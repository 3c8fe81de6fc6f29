import HTTPServer
import HTTPTypes

/// Stands before a platform's API and makes it fail as its plan says.
struct FaultGate: Responder {
    /// How the platform words its refusals.
    struct Answers: Sendable {
        let unauthorized: Response
        let tooManyRequests: Response
        let serverError: Response
    }

    let faults: SandboxFaults
    let answers: Answers
    let inner: any Responder

    func respond(to request: Request) async -> Response {
        let arrival = ContinuousClock.now
        let latency = faults.plan.latency
        // Cancelled means that the connection is gone: answering early does no harm.
        if latency > .zero { try? await Task.sleep(for: latency) }
        switch faults.verdict(isCreate: request.method == .post, arrivedAt: arrival) {
        case .proceed: return await inner.respond(to: request)
        case .unauthorized: return answers.unauthorized
        case .tooManyRequests(let seconds):
            var response = answers.tooManyRequests
            response.headers[.retryAfter] = seconds.map(String.init)
            return response
        case .serverError: return answers.serverError
        case .maintenance: return Self.maintenancePage
        case .cutBeforeCommit: return .cutOff
        case .cutAfterCommit:
            let response = await inner.respond(to: request)
            return response.status.kind == .successful ? .cutOff : response
        }
    }

    /// What stands before both platforms answers in HTML and without `Retry-After`.
    static let maintenancePage = Response(
        status: .serviceUnavailable, headers: [.contentType: "text/html; charset=utf-8"],
        body: Array(
            """
            <!DOCTYPE html>
            <html><head><title>503 Service Temporarily Unavailable</title></head>
            <body><h1>Service Temporarily Unavailable</h1></body></html>

            """.utf8))
}

import HTTPServer
import HTTPTypes
import SignIn

/// One kind of sender under `/events/dynamics/`. The token in the address decides which it is, and so what else is
/// demanded; what a request says about itself decides nothing.
struct DynamicsDoor: Sendable {
    enum Sender: Sendable {
        /// F&O itself, which can prove nothing but that it knows the address.
        case direct
        case eventGrid(EventGridDemands)
        case dataverse(DataverseSettings.SignIn)
    }

    let tokens: TokenSet
    let sender: Sender

    /// For alerts.
    var source: AlertSource {
        switch sender {
        case .direct: .dynamics
        case .eventGrid: .eventGrid
        case .dataverse: .dataverse
        }
    }

    /// What the request must bring besides its address.
    func verify(_ request: Request) async throws(Problem) {
        switch sender {
        case .direct: break
        case .eventGrid(let demands): try await demands.verify(request)
        case .dataverse(let signIn): try signIn.verify(request)
        }
    }
}

/// What Event Grid must bring, and whose events are taken.
struct EventGridDemands: Sendable {
    /// Lower case: Azure's resource ids have no case.
    let topics: Set<String>
    let header: (name: String, values: TokenSet)?
    let bearer: BearerCheck?

    init(_ settings: EventGridSettings, bearer: JWTVerifier?) {
        topics = Set(settings.topics.map { $0.lowercased() })
        header = settings.header.map { ($0.name, TokenSet($0.values)) }
        self.bearer = bearer.map { BearerCheck(verifier: $0) }
    }

    func takes(topic: String) -> Bool { topics.contains(topic.lowercased()) }

    func verify(_ request: Request) async throws(Problem) {
        if let header {
            guard let value = request.headers.value(header.name), header.values.contains(value) else {
                throw .wrongSecret(
                    "\(header.name) is missing or wrong. Compare the subscription's delivery properties.")
            }
        }
        try await bearer?.verify(request)
    }
}

extension DataverseSettings.SignIn {
    fileprivate func verify(_ request: Request) throws(Problem) {
        switch self {
        case .headers(let pairs):
            try Self.verify(pairs, "header") { request.headers.value($0) }
        case .query(let pairs):
            let query = QueryValues(request.query)
            try Self.verify(pairs, "query parameter") { query[$0] }
        case .webhookKey(let keys):
            let query = QueryValues(request.query)
            try Self.verify(["code": keys], "query parameter") { query[$0] }
        }
    }

    private static func verify(
        _ pairs: [String: [Secret]], _ kind: String, _ value: (String) -> String?
    ) throws(Problem) {
        for (name, secrets) in pairs.sorted(by: { $0.key < $1.key }) {
            guard let value = value(name), TokenSet(secrets).contains(value) else {
                throw .wrongSecret("The \(kind) \(name) is missing or wrong. Compare the webhook's registration.")
            }
        }
    }
}

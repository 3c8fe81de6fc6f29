public import HTTPClient
import HTTPTypes
public import Relay

extension ODataFault {
    /// What the answer to a call means; `nil` if it is a good one. For those who watch calls without making them.
    public init?(answer: OutboundResponse, to request: OutboundRequest, now: Timestamp) {
        let resource = request.url.prefix { $0 != "?" && $0 != "(" }.split(separator: "/").last ?? ""
        let call = ODataCall(method: request.method.rawValue, entitySet: String(resource))
        let answer = ODataAnswer(call: call, response: answer, now: now)
        guard !answer.isGood else { return nil }
        self = answer.fault
    }
}

extension SignInFault {
    /// What an answer of the sign-in service says about it, whoever asks; `nil` if it gave or refused a token.
    public init?(answer: OutboundResponse, from service: SignInService, now: Timestamp) {
        guard let fault = TokenAnswer.outage(answer, from: service, now: now) else { return nil }
        self = fault
    }
}

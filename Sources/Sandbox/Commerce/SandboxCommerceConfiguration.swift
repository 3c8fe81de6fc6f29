/// How the simulated shop is set up.
public struct SandboxCommerceConfiguration: Sendable {
    /// 0 takes any free port.
    public var port = 0
    /// The access token of the integration, sent as `Authorization: Bearer …`.
    public var bearerToken = "sandbox-commerce-token"
    /// The other ways to sign in, and the edition.
    public var signIn = SandboxCommerceSignIn()
    public var signing = WebhookSigning.rsaBase64Body
    /// An RSA private key in PEM, so that receivers can keep the public key; `nil` makes a new pair at each start.
    public var signingKeyPEM: String?
    public var webhookEvent = WebhookEvent.saveCommitAfter
    /// Commerce waits without a limit unless told otherwise; a shop that is set up with care gives a few seconds.
    public var webhookTimeout = Duration.seconds(5)
    /// Sends the order's webhook after each write over REST, as a shop does that hooks an order's save: whoever writes
    /// an order hears of it.
    public var sendsWebhooksAfterWrites = false
    public var faults = FaultPlan.none

    public init() {}
}

/// Where the sandbox listens. None has a slash at the end.
public struct SandboxAddresses: Sendable, Equatable {
    /// What comes before `/rest/…`.
    public let commerceBaseURL: String
    /// The environment's URL: what comes before `/data`, and what tokens are for.
    public let dynamicsBaseURL: String
    /// What comes before `/{tenant}/oauth2/v2.0/token`.
    public let authorityURL: String
    /// What comes before `/sandbox/v1/…`.
    public let operatorURL: String
}

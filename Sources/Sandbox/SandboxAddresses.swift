/// Where the sandbox listens. None has a slash at the end.
public struct SandboxAddresses: Sendable, Equatable {
    /// What comes before `/rest/…`.
    public let commerceBaseURL: String
    /// The environment's URL: what comes before `/data`.
    public let dynamicsBaseURL: String
    /// What comes before `/{tenant}/oauth2/v2.0/token`, and on premises before `/oauth2/token`. In the cloud this is
    /// where the managed identity and the key vault are as well.
    public let authorityURL: String
    /// What comes before `/sandbox/v1/…`.
    public let operatorURL: String
}

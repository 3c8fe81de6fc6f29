/// Who asked whom for a token, and for what: all that an error may show.
public struct SignInAttempt: Sendable, Equatable {
    public let service: SignInService
    /// Where it is configured: `dynamics.auth.clientSecret`.
    public let settings: String
    /// `nil` for the machine's own identity.
    public let clientID: String?
    public let tenant: String?
    public let resource: SignInResource
    /// Thumbprint of the certificate, as Microsoft's portals show it: SHA-1 in hexadecimal digits.
    public let thumbprint: String?

    init(
        service: SignInService, settings: String, clientID: String?, tenant: String? = nil, resource: SignInResource,
        thumbprint: String? = nil
    ) {
        self.service = service
        self.settings = settings
        self.clientID = clientID
        self.tenant = tenant
        self.resource = resource
        self.thumbprint = thumbprint
    }

    /// "client 1 of tenant 2".
    var who: String {
        guard let clientID else { return "the system-assigned identity" }
        return "client \(clientID)" + (tenant.map { " of tenant \($0)" } ?? "")
    }
}

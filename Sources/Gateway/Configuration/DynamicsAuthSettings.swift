public import Cryptography
import Relay

/// How this gateway signs in to F&O and what belongs to it: exactly one way.
public enum DynamicsAuthSettings: Sendable, Equatable {
    case clientSecret(EntraSettings, secret: Secret)
    /// - Parameter keys: At least one.
    case clientCertificate(EntraSettings, keys: [CertifiedKey])
    case managedIdentity(ManagedIdentitySettings)
    case adfs(ADFSSettings)

    /// When the last of its certificates ends.
    var end: Timestamp? {
        guard case .clientCertificate(_, let keys) = self else { return nil }
        return keys.map(\.certificate.notAfter).max().map { Timestamp(millisecondsSince1970: $0 * 1000) }
    }
}

/// An application registered in Microsoft Entra ID.
public struct EntraSettings: Sendable, Equatable {
    /// Directory id or domain.
    public var tenant: String
    public var clientID: String
    public var authority: String

    public static let publicAuthority = "https://login.microsoftonline.com"

    public init(tenant: String, clientID: String, authority: String = publicAuthority) {
        self.tenant = tenant
        self.clientID = clientID
        self.authority = authority
    }
}

/// The identity that Azure gives to the machine.
public struct ManagedIdentitySettings: Sendable, Equatable {
    public enum Endpoint: Sendable, Equatable {
        /// Of virtual machines.
        case instanceMetadata(url: String)
        /// Of App Service and Container Apps, which name it in the environment.
        case appService(url: String, header: Secret)
    }

    /// Of a user-assigned identity.
    public var clientID: String?
    public var endpoint: Endpoint

    public init(clientID: String? = nil, endpoint: Endpoint) {
        self.clientID = clientID
        self.endpoint = endpoint
    }
}

/// A server application of AD FS, for F&O on premises.
public struct ADFSSettings: Sendable, Equatable {
    /// `https://adfs.contoso.com/adfs`
    public var authority: String
    public var clientID: String
    public var clientSecret: Secret
    /// `nil`: scheme and host of the environment.
    public var resource: String?

    public init(authority: String, clientID: String, clientSecret: Secret, resource: String? = nil) {
        self.authority = authority
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.resource = resource
    }
}

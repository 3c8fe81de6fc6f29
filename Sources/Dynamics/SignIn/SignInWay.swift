public import Cryptography

/// How this gateway shows Microsoft who it is.
public enum SignInWay: Sendable {
    case clientSecret(EntraApplication, secret: String)
    /// - Parameter keys: At least one; two while one is replaced. Each is registered with the application.
    case clientCertificate(EntraApplication, keys: [CertifiedKey])
    case managedIdentity(ManagedIdentity)
    case adfs(ADFSApplication)

    /// The key of the configuration under which this way is set up.
    var name: String {
        switch self {
        case .clientSecret: "clientSecret"
        case .clientCertificate: "clientCertificate"
        case .managedIdentity: "managedIdentity"
        case .adfs: "adfs"
        }
    }

    /// Who is asked for tokens.
    public var service: SignInService {
        switch self {
        case .clientSecret, .clientCertificate: .entra
        case .managedIdentity: .managedIdentity
        case .adfs: .adfs
        }
    }
}

public enum SignInService: String, Sendable {
    case entra
    case managedIdentity = "managed-identity"
    case adfs

    /// As it begins a sentence.
    var name: String {
        switch self {
        case .entra: "Microsoft Entra ID"
        case .managedIdentity: "The managed identity service"
        case .adfs: "AD FS"
        }
    }
}

/// An application registered in Microsoft Entra ID.
public struct EntraApplication: Sendable, Equatable {
    public static let publicAuthority = "https://login.microsoftonline.com"

    /// Id or domain of the tenant.
    public let tenant: String
    public let clientID: String
    /// Base URL of the sign-in service, without a slash at the end.
    let authority: String

    public init(tenant: String, clientID: String, authority: String = publicAuthority) {
        self.tenant = tenant
        self.clientID = clientID
        self.authority = ServiceRoot(authority).url
    }

    /// Of version 2: also the audience of what is signed to get a token.
    var tokenURL: String { "\(authority)/\(tenant.encodedPathSegment)/oauth2/v2.0/token" }
}

/// The identity that Azure gives to the machine or the app that this process runs in.
public struct ManagedIdentity: Sendable {
    public enum Endpoint: Sendable {
        /// Instance metadata of virtual machines and scale sets.
        /// - Parameter url: Base URL, which outside of tests is always ``instanceMetadataURL``.
        case instanceMetadata(url: String = instanceMetadataURL)
        /// App Service, Functions and Container Apps: `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` of the environment.
        case appService(url: String, header: String)
    }

    public static let instanceMetadataURL = "http://169.254.169.254"

    let endpoint: Endpoint
    /// Of a user-assigned identity; `nil` takes the system-assigned one.
    let clientID: String?

    public init(_ endpoint: Endpoint, clientID: String? = nil) {
        self.endpoint = endpoint
        self.clientID = clientID
    }
}

/// A server application of Active Directory Federation Services, for F&O on premises.
public struct ADFSApplication: Sendable {
    /// Base URL, such as `https://adfs.contoso.com/adfs`.
    let authority: String
    let clientID: String
    let clientSecret: String
    /// What a token for the environment is asked for; `nil` takes the environment's scheme and host.
    let resource: String?

    public init(authority: String, clientID: String, clientSecret: String, resource: String? = nil) {
        self.authority = ServiceRoot(authority).url
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.resource = resource
    }
}

import Dynamics

extension DynamicsAuthSettings {
    var way: SignInWay {
        switch self {
        case .clientSecret(let entra, let secret):
            .clientSecret(entra.application, secret: secret.reveal())
        case .clientCertificate(let entra, let keys):
            .clientCertificate(entra.application, keys: keys)
        case .managedIdentity(let identity):
            .managedIdentity(ManagedIdentity(identity.endpoint.place, clientID: identity.clientID))
        case .adfs(let adfs):
            .adfs(
                ADFSApplication(
                    authority: adfs.authority, clientID: adfs.clientID, clientSecret: adfs.clientSecret.reveal(),
                    resource: adfs.resource))
        }
    }
}

extension EntraSettings {
    fileprivate var application: EntraApplication {
        EntraApplication(tenant: tenant, clientID: clientID, authority: authority)
    }
}

extension ManagedIdentitySettings.Endpoint {
    fileprivate var place: ManagedIdentity.Endpoint {
        switch self {
        case .instanceMetadata(let url): .instanceMetadata(url: url)
        case .appService(let url, let header): .appService(url: url, header: header.reveal())
        }
    }
}

import HTTPClient
import HTTPTypes

/// Managed identities of Azure (learn.microsoft.com/entra/identity/managed-identities-azure-resources/
/// how-to-use-vm-token, learn.microsoft.com/azure/app-service/overview-managed-identity).
extension TokenRequest {
    static func managedIdentity(
        _ identity: ManagedIdentity, resource: SignInResource, settings: String
    ) -> TokenRequest {
        let clientID = identity.clientID.map { [(name: "client_id", value: $0)] } ?? []
        let url: String
        let version: String
        let header: (name: HTTPField.Name?, value: String)
        switch identity.endpoint {
        case .instanceMetadata(let root):
            url = ServiceRoot(root).url + "/metadata/identity/oauth2/token"
            version = "2018-02-01"
            header = (HTTPField.Name("Metadata"), "true")
        case .appService(let endpoint, let secret):
            url = endpoint
            version = "2019-08-01"
            header = (HTTPField.Name("X-IDENTITY-HEADER"), secret)
        }
        let query = PercentEncoding.form([("api-version", version), ("resource", resource.url)] + clientID)
        var request = OutboundRequest(
            method: .get, url: "\(url)?\(query)", headers: [.accept: "application/json"], timeout: timeout,
            maxResponseBytes: maxAnswerBytes)
        if let name = header.name { request.headers[name] = header.value }
        return TokenRequest(
            attempt: SignInAttempt(
                service: .managedIdentity, settings: settings, clientID: identity.clientID, resource: resource),
            outbound: request, secrets: identity.secrets)
    }
}

extension ManagedIdentity {
    fileprivate var secrets: [String] {
        if case .appService(_, let header) = endpoint { [header] } else { [] }
    }
}

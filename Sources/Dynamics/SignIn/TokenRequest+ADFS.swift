/// Client credentials of AD FS, which takes a resource instead of a scope.
extension TokenRequest {
    static func adfs(_ application: ADFSApplication, resource: SignInResource, settings: String) -> TokenRequest {
        // The environment of an on-premises installation has a path; what tokens are for has none.
        let wanted = SignInResource(
            url: application.resource ?? ServiceRoot(resource.url).origin, setting: settings + ".resource")
        let form = [
            (name: "grant_type", value: "client_credentials"), ("client_id", application.clientID),
            ("client_secret", application.clientSecret), ("resource", wanted.url),
        ]
        return TokenRequest(
            attempt: SignInAttempt(
                service: .adfs, settings: settings, clientID: application.clientID, resource: wanted),
            outbound: post(application.authority + "/oauth2/token", form: form), secrets: [application.clientSecret])
    }
}

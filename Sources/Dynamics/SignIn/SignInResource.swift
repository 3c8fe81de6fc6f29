/// What a token is for. Each resource needs a token of its own.
public struct SignInResource: Sendable, Hashable {
    /// Without a slash at the end and without `/.default`: F&O takes only its exact URL.
    public let url: String
    /// The key of the configuration that names it, for advice; `nil` if it is always the same.
    let setting: String?

    public init(url: String, setting: String?) {
        self.url = ServiceRoot(url).url
        self.setting = setting
    }

    /// The F&O environment.
    /// - Parameter url: As configured; on premises with `/namespaces/AXSF` at its end.
    public static func environment(_ url: String) -> SignInResource {
        SignInResource(url: url, setting: "dynamics.environment")
    }

    public static let serviceBus = SignInResource(url: "https://servicebus.azure.net", setting: nil)
    public static let keyVault = SignInResource(url: "https://vault.azure.net", setting: nil)
}

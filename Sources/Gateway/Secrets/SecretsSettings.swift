/// Where secrets are kept that the configuration refers to by name.
public struct SecretsSettings: Sendable, Equatable {
    /// The file that `causeway secrets` writes.
    public var file: String
    /// Seals and opens that file; `nil` if none is used.
    public var masterKey: EncryptionSettings.Key?
    /// Opens what is not sealed anew yet.
    public var previousMasterKey: EncryptionSettings.Key?
    public var keyVault: KeyVaultSettings?

    public init(file: String = "causeway.secrets") { self.file = file }

    /// What opens the file, the newest first.
    var keys: [EncryptionSettings.Key] { [masterKey, previousMasterKey].compactMap(\.self) }
}

/// An Azure Key Vault.
public struct KeyVaultSettings: Sendable, Equatable {
    /// `https://contoso.vault.azure.net`
    public var url: String
    public var auth: DynamicsAuthSettings

    public init(url: String, auth: DynamicsAuthSettings) {
        self.url = url
        self.auth = auth
    }
}

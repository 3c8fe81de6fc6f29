import Cryptography
import Dynamics
public import Foundation

extension SecretsSettings {
    /// Reads the section, and lets the rest of the file refer to what it describes.
    init(_ root: ConfigurationSection, _ files: ConfigurationFiles, _ vault: VaultValues?) {
        self.init(file: files.path(SecretsSettings().file))
        let reading = root.reading
        reading.interpolation.sources["secret"] = Self.tooEarly("secret")
        reading.interpolation.sources["vault"] = Self.tooEarly("vault")
        let section = root.section("secrets")
        if let section { readFile(section, files) }
        reading.interpolation.sources["secret"] = stored
        // How one signs in to the vault may be kept in the file, but not in the vault.
        if let section { readVault(section, files) }
        reading.interpolation.sources["vault"] = fetched(vault)
    }

    /// The section alone, for the command that fills the file in the first place: the rest of the configuration need
    /// not be right yet.
    public static func load(
        path: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> SecretsSettings {
        try read(
            yaml: GatewayConfiguration.text(of: path), file: path, folder: GatewayConfiguration.folder(of: path),
            environment: environment)
    }

    static func read(
        yaml: String, file: String, folder: String, environment: [String: String]
    ) throws(ConfigurationError) -> SecretsSettings {
        let files = ConfigurationFiles(folder: folder)
        let reading = ConfigurationReading(
            interpolation: Interpolation(environment: environment, readFile: files.text(at:)))
        let settings = reading.root(of: yaml).map { SecretsSettings($0, files, nil) }
        guard let settings, reading.problems.isEmpty else {
            throw ConfigurationError(file: file, problems: reading.problems)
        }
        return settings
    }

    private mutating func readFile(_ section: ConfigurationSection, _ files: ConfigurationFiles) {
        file = files.path(section.text("file", default: SecretsSettings().file))
        let expected = "the master key of the file: 32 bytes in hex or base64 (openssl rand -hex 32)"
        func key(_ name: String) -> EncryptionSettings.Key? {
            guard section.child(name) != nil else { return nil }
            return section.keyBytes(name, holding: expected).map { EncryptionSettings.Key(id: name, bytes: $0) }
        }
        masterKey = key("masterKey")
        previousMasterKey = key("previousMasterKey")
        if section.child("previousMasterKey") != nil, section.child("masterKey") == nil {
            section.missing("masterKey", expected: expected)
        }
    }

    private mutating func readVault(_ section: ConfigurationSection, _ files: ConfigurationFiles) {
        defer { section.finish() }
        guard let vault = section.section("keyVault") else { return }
        defer { vault.finish() }
        let url = vault.baseURL("url", such: "https://contoso.vault.azure.net")
        var auth: DynamicsAuthSettings? = .managedIdentity(
            ManagedIdentitySettings(endpoint: .instanceMetadata(url: ManagedIdentity.instanceMetadataURL)))
        if let own = vault.section("auth") { auth = DynamicsAuthSettings(own, files) }
        if case .adfs = auth {
            vault.refuse("auth", found: "adfs", expected: "one of clientSecret, clientCertificate, managedIdentity")
        }
        if let auth, !url.isEmpty { keyVault = KeyVaultSettings(url: url, auth: auth) }
    }

    private static func tooEarly(_ prefix: String) -> Interpolation.Source {
        { (name) throws(Interpolation.Failure) in
            throw Interpolation.Failure(
                found: "${\(prefix):\(name)} in the section that says where it is kept",
                expected: "${NAME}, ${file:PATH} or ${credential:NAME}")
        }
    }

    private var stored: Interpolation.Source {
        let store = SecretsFile(self)
        return { (name) throws(Interpolation.Failure) in
            do throws(SecretsFault) {
                return try store.value(of: name)
            } catch {
                throw Interpolation.Failure(
                    found: "${secret:\(name)}, which cannot be had: \(error)", expected: error.advice(name))
            }
        }
    }

    private func fetched(_ values: VaultValues?) -> Interpolation.Source {
        let isConfigured = keyVault != nil
        return { (name) throws(Interpolation.Failure) in
            guard isConfigured else {
                throw Interpolation.Failure(
                    found: "${vault:\(name)}, but no key vault is configured",
                    expected: "secrets: { keyVault: { url: https://….vault.azure.net } }")
            }
            guard let value = values?[name] else {
                throw Interpolation.Failure(
                    found: "${vault:\(name)}, which was not asked for",
                    expected: "the name of a secret: 1 to 127 letters, digits and dashes, and /version if need be")
            }
            return try value.get()
        }
    }
}

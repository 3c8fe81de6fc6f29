public import Foundation
public import HTTPClient

extension GatewayConfiguration {
    /// Reads `causeway.yaml`, with what it refers to in a key vault: all of that is asked for first, then filled in.
    /// A file without such references is read without any call.
    /// - Throws: `ConfigurationError` with all problems of the file, or `KeyVaultFault` if the vault cannot be asked now.
    public static func load(
        path: String, environment: [String: String] = ProcessInfo.processInfo.environment,
        vaultBy transport: @autoclosure () -> any HTTPTransport
    ) async throws -> GatewayConfiguration {
        let (yaml, folder) = (try text(of: path), folder(of: path))
        let names = VaultReferences.names(in: yaml)
        var values: VaultValues?
        // A section with mistakes asks for nothing: the reading below tells them.
        if !names.isEmpty,
            let settings = try? SecretsSettings.read(
                yaml: yaml, file: path, folder: folder, environment: environment),
            let vault = settings.keyVault
        {
            values = try await KeyVault(vault, transport: transport()).values(of: names)
        }
        return try read(yaml: yaml, file: path, folder: folder, environment: environment, vault: values)
    }
}

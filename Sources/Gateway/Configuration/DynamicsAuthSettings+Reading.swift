import Cryptography
import Dynamics
import Yams

extension DynamicsAuthSettings {
    static let expected = "one of clientSecret, clientCertificate, managedIdentity, adfs"

    /// Nobody ever sees it: a file with problems yields no configuration.
    static let standIn = DynamicsAuthSettings.clientSecret(
        EntraSettings(tenant: "", clientID: ""), secret: Secret(""))

    /// - Returns: `nil` only if a problem was noted.
    init?(_ auth: ConfigurationSection, _ files: ConfigurationFiles) {
        defer { auth.finish() }
        let way = auth.alternative(["clientSecret", "clientCertificate", "managedIdentity", "adfs"])
        guard let way, let section = auth.section(way) else { return nil }
        defer { section.finish() }
        switch way {
        case "clientSecret":
            self = .clientSecret(
                EntraSettings(section),
                secret: section.secret("clientSecret", expected: "the application's client secret"))
        case "clientCertificate":
            self = .clientCertificate(EntraSettings(section), keys: section.certifiedKeys("certificates", files))
        case "managedIdentity":
            self = .managedIdentity(ManagedIdentitySettings(section))
        default:
            self = .adfs(ADFSSettings(section))
        }
    }
}

extension EntraSettings {
    fileprivate init(_ section: ConfigurationSection) {
        self.init(
            tenant: section.text("tenant", expected: "the directory's id or domain"),
            clientID: section.text("clientID", expected: "the application's (client) id"),
            authority: section.baseURL("authority", such: Self.publicAuthority, default: Self.publicAuthority))
    }
}

extension ManagedIdentitySettings {
    /// App Service and Container Apps say in the environment where to ask; a virtual machine has one address for it.
    fileprivate init(_ section: ConfigurationSection) {
        let environment = section.reading.interpolation.environment
        let metadata = ManagedIdentity.instanceMetadataURL
        let isNamed = section.child("endpoint") != nil
        let url = section.baseURL("endpoint", such: metadata, default: metadata)
        var endpoint = Endpoint.instanceMetadata(url: url)
        if !isNamed, let url = environment["IDENTITY_ENDPOINT"], let header = environment["IDENTITY_HEADER"] {
            endpoint = .appService(url: url, header: Secret(header))
        }
        self.init(
            clientID: section.optionalText("clientID", expected: "the client id of a user-assigned identity"),
            endpoint: endpoint)
    }
}

extension ADFSSettings {
    fileprivate init(_ section: ConfigurationSection) {
        self.init(
            authority: section.baseURL("authority", such: "https://adfs.contoso.com/adfs"),
            clientID: section.text("clientID", expected: "the server application's client id"),
            clientSecret: section.secret("clientSecret", expected: "the server application's shared secret"),
            resource: section.child("resource").map { _ in
                section.baseURL("resource", such: "https://ax.contoso.com")
            })
    }
}

extension ConfigurationSection {
    /// More than during any rotation.
    private static let maxCertificates = 8

    fileprivate func certifiedKeys(_ key: String, _ files: ConfigurationFiles) -> [CertifiedKey] {
        let shape = "{ certificate: …, key: … } or { pkcs12: …, password: … }"
        let items = list(key)
        if items.isEmpty { missing(key, expected: "at least one certificate: \(shape)") }
        if items.count > Self.maxCertificates {
            refuse(key, found: "\(items.count) certificates", expected: "at most \(Self.maxCertificates)")
        }
        return items.compactMap { item in
            ConfigurationSection(item.node, at: item.path, in: reading)?.certifiedKey(files)
        }
    }

    private func certifiedKey(_ files: ConfigurationFiles) -> CertifiedKey? {
        defer { finish() }
        let kind = alternative(["certificate", "pkcs12"])
        // Known in either case, so that a wrong pair is called that and not an unknown key.
        let (hasKey, hasPassword) = (child("key") != nil, child("password") != nil)
        let passphrase = optionalText("passphrase", expected: "the passphrase of an encrypted key")
        switch kind {
        case "certificate":
            if hasPassword { refuseKey("password", expected: "passphrase, if the key is encrypted") }
            guard let certificate = certificate("certificate", files),
                let key = privateKey("key", files, passphrase)
            else { return nil }
            return together(certificate, key)
        case "pkcs12":
            if hasKey { refuseKey("key", expected: "password alone: a PKCS #12 file holds its key") }
            return pkcs12("pkcs12", files, password: optionalText("password", expected: "the file's password") ?? "")
        default: return nil
        }
    }

    private func certificate(_ key: String, _ files: ConfigurationFiles) -> X509Certificate? {
        pem(key, files, of: "a certificate (-----BEGIN CERTIFICATE-----)") { (pem) throws(KeyError) in
            let certificate = try X509Certificate(pem: pem)
            _ = try RSAPublicKey(pem: pem)
            return certificate
        }
    }

    private func privateKey(_ key: String, _ files: ConfigurationFiles, _ passphrase: String?) -> RSAPrivateKey? {
        if child(key) == nil { missing(key, expected: "the PEM file of the certificate's private key") }
        return pem(key, files, of: "an RSA private key (-----BEGIN PRIVATE KEY-----)") { (pem) throws(KeyError) in
            try RSAPrivateKey(pem: pem, passphrase: passphrase)
        }
    }

    private func together(_ certificate: X509Certificate, _ key: RSAPrivateKey) -> CertifiedKey? {
        do throws(KeyError) {
            return try CertifiedKey(certificate: certificate, key: key)
        } catch {
            refuse("key", found: "a key that does not belong to the certificate", expected: "another one: \(error)")
            return nil
        }
    }

    /// The PEM text in a file, or given as such.
    private func pem<Value>(
        _ key: String, _ files: ConfigurationFiles, of expected: String,
        _ read: (String) throws(KeyError) -> Value
    ) -> Value? {
        guard let text = optionalText(key, expected: "the path of a PEM file") else { return nil }
        guard let pem = text.contains("-----BEGIN") ? text : files.text(at: text) else {
            refuse(key, found: Self.noFile(text), expected: "a PEM file at that path, relative to this file")
            return nil
        }
        do throws(KeyError) {
            return try read(pem)
        } catch {
            refuse(key, found: "no usable PEM text (\(error))", expected: expected)
            return nil
        }
    }

    /// The file at a path, or its content in base64, as Key Vault keeps certificates.
    private func pkcs12(_ key: String, _ files: ConfigurationFiles, password: String) -> CertifiedKey? {
        guard let text = optionalText(key, expected: "the path of a .pfx or .p12 file") else { return nil }
        guard let content = files.bytes(at: text) ?? Self.base64(text) else {
            refuse(key, found: Self.noFile(text), expected: "a .pfx or .p12 file at that path, relative to this file")
            return nil
        }
        do throws(KeyError) {
            return try CertifiedKey(pkcs12: content, password: password)
        } catch {
            let isPassword = if case .wrongPassword = error { true } else { false }
            refuse(
                isPassword && child("password") != nil ? "password" : key, found: "an unusable file (\(error))",
                expected: isPassword
                    ? "the password of the file" : "a PKCS #12 file with a certificate and its RSA key")
            return nil
        }
    }

    /// The shortest file with a key of 2048 bits is longer; a path is not.
    private static let shortestPKCS12 = 1500

    private static func base64(_ text: String) -> [UInt8]? {
        text.utf8.count >= shortestPKCS12 ? Base64.decode(text.filter { !$0.isWhitespace }) : nil
    }

    /// What is too long for a path may be the secret itself.
    private static func noFile(_ text: String) -> String {
        text.count <= 255 && !text.contains(where: \.isNewline) ? "no readable file \(text)" : "no readable file"
    }

    func checkOnPremises(_ environment: String) {
        guard !environment.isEmpty, !environment.hasSuffix("/namespaces/AXSF") else { return }
        refuse(
            "environment", found: "\"\(environment)\"",
            expected: "\(environment)/namespaces/AXSF: F&O on premises, which AD FS signs in to, is under that path")
    }
}

import Cryptography
import Testing

@Suite("Certificates and the keys that belong to them")
struct CertificateTests {
    @Test("A certificate says who it is for, how long, and which key it vouches for")
    func certificate() throws {
        let certificate = try X509Certificate(pem: SampleIdentity.certificate)
        #expect(certificate.subject == "CN=Causeway prüft,O=Contoso")
        #expect(certificate.notBefore == 1_795_268_643)
        #expect(certificate.notAfter == 2_110_628_643)
        #expect(Hex.encode(certificate.sha1Thumbprint) == "faea608c17a773c5206aceee4539ab1c8958dd4a")
        #expect(
            Hex.encode(certificate.sha256Thumbprint)
                == "4344017913b5cc2cc513096641773e4604dd4eec110b671274d397dc8f913ba6")
        #expect(certificate.belongs(to: try RSAPrivateKey(pem: SampleIdentity.key)))
        #expect(try X509Certificate(der: certificate.der) == certificate)
        #expect(try X509Certificate(pem: certificate.pem) == certificate)
    }

    @Test("The first certificate of a chain is the one that counts")
    func chain() throws {
        let leaf = try X509Certificate(pem: SampleIdentity.certificate + "\n" + SampleKeys.certificate)
        #expect(leaf.subject == "CN=Causeway prüft,O=Contoso")
    }

    @Test(
        "What is no certificate is refused with what it is",
        arguments: [
            ("", "not readable PEM"), ("hunter2", "not readable PEM"),
            (SampleIdentity.key, "is a private key; expected a certificate"),
            ("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", "the certificate can't be used"),
        ])
    func noCertificate(_ pem: String, _ says: String) {
        let error = #expect(throws: KeyError.self) { try X509Certificate(pem: pem) }
        #expect(error?.description.contains(says) == true, "\(error.map(String.init(describing:)) ?? "")")
    }

    @Test("DER with something behind it is refused")
    func trailingBytes() throws {
        let der = try X509Certificate(pem: SampleIdentity.certificate).der
        #expect(throws: KeyError.self) { try X509Certificate(der: der + [0]) }
        #expect(throws: KeyError.self) { try X509Certificate(der: Array(der.dropLast())) }
    }

    @Test("A certificate with the key of another one is refused, and named")
    func foreignKey() throws {
        let certificate = try X509Certificate(pem: SampleIdentity.certificate)
        let other = try RSAPrivateKey.generate()
        let error = #expect(throws: KeyError.self) { try CertifiedKey(certificate: certificate, key: other) }
        #expect(error == .foreignKey(certificate: "CN=Causeway prüft,O=Contoso"))
    }

    @Test("A certificate made here vouches for its own key, for as long as it was told to")
    func selfSigned() throws {
        let key = try RSAPrivateKey.generate()
        let certificate = try X509Certificate.selfSigned(
            key, commonName: "causeway", notBefore: 1_767_261_612, notAfter: 4_102_444_800)
        #expect(certificate.subject == "CN=causeway")
        #expect(certificate.notBefore == 1_767_261_612)
        #expect(certificate.notAfter == 4_102_444_800)
        #expect(certificate.belongs(to: key))
        #expect(try X509Certificate(pem: certificate.pem) == certificate)
    }
}

@Suite("PKCS #12 files")
struct PKCS12Tests {
    private static func bytes(_ base64: String) throws -> [UInt8] { try #require(Base64.decode(base64)) }

    @Test(
        "give certificate and key, whether they were encrypted today, by older programs, or under an empty password",
        arguments: [
            (SampleIdentity.pkcs12, "geheim"), (SampleIdentity.legacyPKCS12, "geheim"),
            (SampleIdentity.openPKCS12, ""),
        ])
    func opens(_ file: String, _ password: String) throws {
        let opened = try CertifiedKey(pkcs12: Self.bytes(file), password: password)
        #expect(opened.certificate == (try X509Certificate(pem: SampleIdentity.certificate)))
        #expect(opened.key.pem == (try RSAPrivateKey(pem: SampleIdentity.key).pem))
    }

    @Test(
        "stay closed under any other password",
        arguments: [
            (SampleIdentity.pkcs12, "Geheim"), (SampleIdentity.pkcs12, ""), (SampleIdentity.legacyPKCS12, "geheim "),
            (SampleIdentity.openPKCS12, "geheim"),
        ])
    func wrongPassword(_ file: String, _ password: String) throws {
        let file = try Self.bytes(file)
        let error = #expect(throws: KeyError.self) { try CertifiedKey(pkcs12: file, password: password) }
        #expect(error == .wrongPassword(kind: "PKCS #12 file"))
        #expect(error?.description == "the PKCS #12 file can't be opened with this password")
    }

    @Test(
        "that lack something are refused with what they lack",
        arguments: [
            (SampleIdentity.pkcs12WithoutKey, "no private key"),
            (SampleIdentity.pkcs12WithoutCertificate, "no certificate"),
        ])
    func incomplete(_ file: String, _ says: String) throws {
        let file = try Self.bytes(file)
        let error = #expect(throws: KeyError.self) { try CertifiedKey(pkcs12: file, password: "geheim") }
        #expect(error?.description.contains(says) == true, "\(error.map(String.init(describing:)) ?? "")")
    }

    @Test(
        "that are something else are refused",
        arguments: [[], [0], Array("PK not a pfx".utf8), [0x30, 0x03, 2, 1, 3]])
    func garbage(_ file: [UInt8]) {
        #expect(throws: KeyError.self) { try CertifiedKey(pkcs12: file, password: "geheim") }
    }

    @Test("cut short are refused", arguments: [1, 100, 1000])
    func cut(_ missing: Int) throws {
        let file = try Array(Self.bytes(SampleIdentity.pkcs12).dropLast(missing))
        #expect(throws: KeyError.self) { try CertifiedKey(pkcs12: file, password: "geheim") }
    }

    @Test("longer than any such file are not looked at")
    func tooLong() {
        let error = #expect(throws: KeyError.self) {
            try CertifiedKey(pkcs12: Array(repeating: 0x30, count: (1 << 20) + 1), password: "")
        }
        #expect(error?.description.contains("longer than") == true)
    }
}

@Suite("Encrypted private keys")
struct EncryptedKeyTests {
    @Test("are opened by their passphrase")
    func opens() throws {
        let key = try RSAPrivateKey(pem: SampleIdentity.encryptedKey, passphrase: "geheim")
        #expect(key.pem == (try RSAPrivateKey(pem: SampleIdentity.key).pem))
        #expect(try RSAPrivateKey(pem: SampleIdentity.key, passphrase: "geheim").pem == key.pem)
    }

    @Test(
        "are refused with what is wrong",
        arguments: [
            (SampleIdentity.encryptedKey, "wrong", "can't be opened with this password"),
            (SampleIdentity.encryptedKey, "", "can't be opened with this password"),
            (SampleIdentity.encryptedKey, nil, "is an encrypted private key; expected"),
            (SampleIdentity.oldEncryptedKey, "geheim", "encrypt it anew with AES-256"),
            (SampleIdentity.traditionalKey, "geheim", "is an encrypted private key; expected"),
        ])
    func refused(_ pem: String, _ passphrase: String?, _ says: String) {
        let error = #expect(throws: KeyError.self) { try RSAPrivateKey(pem: pem, passphrase: passphrase) }
        #expect(error?.description.contains(says) == true, "\(error.map(String.init(describing:)) ?? "")")
        #expect(error?.description.contains("geheim") == false)
    }
}

@Suite("RSA signatures with PSS")
struct PSSTests {
    private static let text = Array("header.claims".utf8)

    @Test("are those that OpenSSL's command makes, with a salt of 32 bytes")
    func vector() throws {
        let key = try RSAPublicKey(pem: SampleIdentity.certificate)
        let signature = try #require(Base64.decode(SampleIdentity.pssSignature))
        #expect(key.verifies(signature: signature, of: Self.text, padding: .pss))
        let shortSalt = try #require(Base64.decode(SampleIdentity.shortSaltSignature))
        #expect(!key.verifies(signature: shortSalt, of: Self.text, padding: .pss))
    }

    @Test("verify as what they are, never as the older kind, and differ each time")
    func roundTrip() throws {
        let key = try RSAPrivateKey(pem: SampleIdentity.key)
        let other = try RSAPublicKey(pem: key.publicKeyPEM)
        let first = try key.sign(Self.text, padding: .pss)
        let second = try key.sign(Self.text, padding: .pss)
        #expect(first != second)
        #expect(other.verifies(signature: first, of: Self.text, padding: .pss))
        #expect(other.verifies(signature: second, of: Self.text, padding: .pss))
        #expect(!other.verifies(signature: first, of: Self.text))
        #expect(!other.verifies(signature: try key.sign(Self.text), of: Self.text, padding: .pss))
        #expect(!other.verifies(signature: first, of: Self.text + [0], padding: .pss))
    }
}

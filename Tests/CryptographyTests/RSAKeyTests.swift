import Cryptography
import Testing

@Suite struct RSAKeyTests {
    @Test(
        "reads a public key in each of its forms",
        arguments: [
            SampleKeys.publicKey, SampleKeys.pkcs1PublicKey, SampleKeys.certificate,
            "Commerce, production\n" + SampleKeys.publicKey + "\n",
            SampleKeys.publicKey.replacing("\n", with: "\r\n"),
            SampleKeys.certificate + "\n" + SampleKeys.ecPublicKey,
        ])
    func publicForms(_ pem: String) throws {
        let key = try RSAPublicKey(pem: pem)
        let signature = try #require(Base64.decode(SampleKeys.signature))
        #expect(key.bits == 2048)
        #expect(key.verifies(signature: signature, of: Array(SampleKeys.signedText.utf8)))
    }

    struct Refused: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let pem: String
        let says: String
    }

    static let refusedAsPublic = [
        Refused(testDescription: "nothing", pem: "", says: "not readable PEM"),
        Refused(testDescription: "text", pem: "changeit", says: "not readable PEM"),
        Refused(testDescription: "base64 without its frame", pem: "MIIBIjANBgkqhkiG9w0B", says: "not readable PEM"),
        Refused(
            testDescription: "a block cut short", pem: String(SampleKeys.publicKey.prefix(200)),
            says: "not readable PEM"),
        Refused(
            testDescription: "no base64 within the frame",
            pem: "-----BEGIN PUBLIC KEY-----\n?!?!\n-----END PUBLIC KEY-----\n", says: "not readable PEM"),
        Refused(
            testDescription: "no key within the frame",
            pem: "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", says: "the public key can't be used"),
        Refused(
            testDescription: "no certificate within the frame",
            pem: "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
            says: "the public key can't be used"),
        Refused(
            testDescription: "a key under the label of another form",
            pem: SampleKeys.publicKey.replacing("PUBLIC", with: "RSA PUBLIC"), says: "the public key can't be used"),
        Refused(testDescription: "an EC key", pem: SampleKeys.ecPublicKey, says: "is for EC; expected one for RSA"),
        Refused(testDescription: "a key for PSS alone", pem: SampleKeys.pssPublicKey, says: "is for RSA-PSS"),
        Refused(testDescription: "1024 bits", pem: SampleKeys.shortPublicKey, says: "has 1024 bits; expected 2048"),
        Refused(
            testDescription: "a private key", pem: SampleKeys.pkcs1PrivateKey,
            says: "is an RSA private key; expected an RSA public key"),
        Refused(testDescription: "an EC private key", pem: SampleKeys.ecPrivateKeySEC1, says: "is an EC private key"),
        Refused(
            testDescription: "a block of another kind", pem: "-----BEGIN X-----\nAAAA\n-----END X-----\n",
            says: "is a PEM block of another kind"),
        Refused(
            testDescription: "far more text than a key has", pem: String(repeating: "x\n", count: 200_000),
            says: "not readable PEM"),
    ]

    @Test("says why something can't be the public key", arguments: refusedAsPublic)
    func refusesAsPublic(_ refused: Refused) {
        let error = #expect(throws: KeyError.self) { try RSAPublicKey(pem: refused.pem) }
        let message = error.map { "\($0)" } ?? ""
        #expect(message.contains(refused.says), "\(message)")
    }

    static let refusedAsPrivate = [
        Refused(testDescription: "nothing", pem: "", says: "not readable PEM"),
        Refused(testDescription: "a public key", pem: SampleKeys.publicKey, says: "is a public key; expected an RSA"),
        Refused(testDescription: "a certificate", pem: SampleKeys.certificate, says: "is a certificate"),
        Refused(testDescription: "an EC key", pem: SampleKeys.ecPrivateKey, says: "is for EC; expected one for RSA"),
        Refused(
            testDescription: "an EC key, older form", pem: SampleKeys.ecPrivateKeySEC1, says: "an EC private key"),
        Refused(testDescription: "1024 bits", pem: SampleKeys.shortPrivateKey, says: "has 1024 bits"),
        Refused(
            testDescription: "an encrypted key", pem: SampleKeys.encryptedPrivateKey,
            says: "is an encrypted private key; expected an RSA private key that is not encrypted"),
        Refused(
            testDescription: "an encrypted key, older form", pem: SampleKeys.encryptedPKCS1PrivateKey,
            says: "is an encrypted private key"),
        Refused(
            testDescription: "an encrypted key under a plain label",
            pem: SampleKeys.encryptedPrivateKey.replacing("ENCRYPTED ", with: ""),
            says: "the private key can't be used"),
        Refused(
            testDescription: "a public key under the label of a private one",
            pem: SampleKeys.publicKey.replacing("PUBLIC", with: "PRIVATE"), says: "the private key can't be used"),
    ]

    @Test("says why something can't be the private key", arguments: refusedAsPrivate)
    func refusesAsPrivate(_ refused: Refused) {
        let error = #expect(throws: KeyError.self) { try RSAPrivateKey(pem: refused.pem) }
        let message = error.map { "\($0)" } ?? ""
        #expect(message.contains(refused.says), "\(message)")
    }

    @Test("never repeats a line of the key in an error", arguments: refusedAsPublic + refusedAsPrivate)
    func quotesNothing(_ refused: Refused) {
        let lines = refused.pem.split(whereSeparator: \.isNewline).filter { $0.count > 3 && !$0.hasPrefix("-----") }
        var messages: [String] = []
        do { _ = try RSAPublicKey(pem: refused.pem) } catch {
            messages.append("\(error) \(String(reflecting: error))")
        }
        do { _ = try RSAPrivateKey(pem: refused.pem) } catch {
            messages.append("\(error) \(String(reflecting: error))")
        }
        #expect(!messages.isEmpty)
        #expect(!messages.contains { message in lines.contains { message.contains($0) } })
    }

    @Test("a private key that is printed shows its size alone")
    func printsNoKey() throws {
        let key = try RSAPrivateKey(pem: SampleKeys.pkcs1PrivateKey)
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), "\([key])", dumped] {
            #expect(text.contains("RSA private key of 2048 bits"))
            #expect(!text.contains("MII"))
        }
    }

    @Test("generates no key of an unsuitable size", arguments: [-1, 0, 1024, 2047, 16385, Int.max])
    func unsuitableSize(_ bits: Int) {
        #expect(throws: KeyError.unsuitableSize(bits: bits, allowed: 2048...16384)) {
            try RSAPrivateKey.generate(bits: bits)
        }
    }
}

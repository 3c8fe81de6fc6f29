import COpenSSL
import Foundation

/// A certificate with its key, made for one test.
final class TestCertificate: Sendable {
    let certificate: String
    let key: String

    init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// Shows it to the server.
    func use(in ssl: OpaquePointer) throws {
        let text = BIO_new(BIO_s_mem())
        defer { BIO_free(text) }
        BIO_write(text, certificate, Int32(certificate.utf8.count))
        BIO_write(text, key, Int32(key.utf8.count))
        let certificate = PEM_read_bio_X509(text, nil, nil, nil)
        let key = PEM_read_bio_PrivateKey(text, nil, nil, nil)
        defer {
            X509_free(certificate)
            EVP_PKEY_free(key)
        }
        guard SSL_use_certificate(ssl, certificate) == 1, SSL_use_PrivateKey(ssl, key) == 1 else {
            throw TestAuthority.Failure()
        }
    }

    static func subject(_ certificate: OpaquePointer) -> String {
        var text = [CChar](repeating: 0, count: 256)
        X509_NAME_oneline(X509_get_subject_name(certificate), &text, Int32(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Signs certificates for one test, by OpenSSL.
final class TestAuthority {
    struct Failure: Error {}

    let certificate: String
    private let name: OpaquePointer
    private let key: OpaquePointer

    init(_ commonName: String = "Test CA") throws {
        key = try Self.newKey()
        name = try Self.name(commonName)
        let own = try Self.make(
            subject: name, issuer: name, key: key, signedBy: key, validity: -3600...86400,
            extensions: [NID_basic_constraints: "critical,CA:TRUE"])
        defer { X509_free(own) }
        certificate = try Self.pem { PEM_write_bio_X509($0, own) }
    }

    deinit {
        X509_NAME_free(name)
        EVP_PKEY_free(key)
    }

    /// - Parameters:
    ///   - names: As in `subjectAltName`.
    ///   - validity: Seconds from now.
    func issue(
        _ commonName: String, names: String = "DNS:localhost,IP:127.0.0.1",
        validity: ClosedRange<Int> = -3600...86400
    ) throws -> TestCertificate {
        let own = try Self.newKey()
        defer { EVP_PKEY_free(own) }
        let subject = try Self.name(commonName)
        defer { X509_NAME_free(subject) }
        let certificate = try Self.make(
            subject: subject, issuer: name, key: own, signedBy: key, validity: validity,
            extensions: [NID_subject_alt_name: names])
        defer { X509_free(certificate) }
        return TestCertificate(
            certificate: try Self.pem { PEM_write_bio_X509($0, certificate) },
            key: try Self.pem { PEM_write_bio_PrivateKey($0, own, nil, nil, 0, nil, nil) })
    }

    private static func newKey() throws -> OpaquePointer {
        let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw Failure() }
        return key
    }

    private static func name(_ commonName: String) throws -> OpaquePointer {
        guard let name = X509_NAME_new(),
            X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, "Example, Inc.", -1, -1, 0) == 1,
            X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, commonName, -1, -1, 0) == 1
        else { throw Failure() }
        return name
    }

    private static func make(
        subject: OpaquePointer, issuer: OpaquePointer, key: OpaquePointer, signedBy signer: OpaquePointer,
        validity: ClosedRange<Int>, extensions: [Int32: String]
    ) throws -> OpaquePointer {
        guard let certificate = X509_new() else { throw Failure() }
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int.random(in: 1...(1 << 40)))
        X509_gmtime_adj(X509_getm_notBefore(certificate), validity.lowerBound)
        X509_gmtime_adj(X509_getm_notAfter(certificate), validity.upperBound)
        X509_set_subject_name(certificate, subject)
        X509_set_issuer_name(certificate, issuer)
        X509_set_pubkey(certificate, key)
        for (id, value) in extensions {
            guard let part = X509V3_EXT_conf_nid(nil, nil, id, value) else { throw Failure() }
            X509_add_ext(certificate, part, -1)
            X509_EXTENSION_free(part)
        }
        guard X509_sign(certificate, signer, EVP_sha256()) > 0 else { throw Failure() }
        return certificate
    }

    private static func pem(_ write: (OpaquePointer) -> Int32) throws -> String {
        guard let sink = BIO_new(BIO_s_mem()), write(sink) == 1 else { throw Failure() }
        defer { BIO_free(sink) }
        var text = [UInt8](repeating: 0, count: 8192)
        return String(decoding: text[..<Int(BIO_read(sink, &text, Int32(text.count)))], as: UTF8.self)
    }
}

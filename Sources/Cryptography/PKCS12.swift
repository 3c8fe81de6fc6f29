import COpenSSL

/// A certificate with its private key in one file under a password (RFC 7292): `.pfx` or `.p12`.
struct PKCS12 {
    let certificate: X509Certificate
    let key: RSAPrivateKey

    /// A file with a chain and a long key takes some kilobytes.
    static let maxBytes = 1 << 20

    private static let kind = "PKCS #12 file"

    /// Takes as long as the file's key derivation was told to: not for the path of a request.
    /// - Parameter password: May be empty.
    /// - Throws: ``KeyError/wrongPassword(kind:)``, ``KeyError/unsupportedEncryption(kind:)``, or what is wrong with the
    ///   content.
    init(_ file: [UInt8], password: String) throws(KeyError) {
        guard file.count <= Self.maxBytes else {
            throw .malformed(kind: Self.kind, reason: "it is longer than \(Self.maxBytes) bytes")
        }
        let ciphers = try Ciphers()
        // Runs last: what is opened below lives in its context.
        defer { withExtendedLifetime(ciphers) {} }
        guard let store = ciphers.read(file) else {
            throw .malformed(kind: Self.kind, reason: OpenSSLFailure.drain())
        }
        defer { PKCS12_free(store) }
        guard Self.opens(store, password) else {
            _ = OpenSSLFailure.drain()
            throw .wrongPassword(kind: Self.kind)
        }
        var parsedKey, parsedCertificate: OpaquePointer?
        guard PKCS12_parse(store, password, &parsedKey, &parsedCertificate, nil) == 1 else {
            let reason = OpenSSLFailure.drain()
            throw reason.contains("unsupported")
                ? .unsupportedEncryption(kind: Self.kind) : .malformed(kind: Self.kind, reason: reason)
        }
        defer {
            EVP_PKEY_free(parsedKey)
            X509_free(parsedCertificate)
        }
        guard let parsedKey else { throw .malformed(kind: Self.kind, reason: "it holds no private key") }
        guard let parsedCertificate else { throw .malformed(kind: Self.kind, reason: "it holds no certificate") }
        certificate = try X509Certificate(parsedCertificate)
        key = try Self.moved(parsedKey)
    }

    /// An empty password is written in two ways, and both are about.
    private static func opens(_ store: OpaquePointer, _ password: String) -> Bool {
        // A file without a code against changes is taken by nobody: its password could not be checked.
        guard PKCS12_mac_present(store) == 1 else { return false }
        if PKCS12_verify_mac(store, password, Int32(password.utf8.count)) == 1 { return true }
        return password.isEmpty && PKCS12_verify_mac(store, nil, 0) == 1
    }

    /// The key by itself, without the library context in which it was opened.
    private static func moved(_ key: OpaquePointer) throws(KeyError) -> RSAPrivateKey {
        let count = i2d_PrivateKey(key, nil)
        guard count > 0 else { throw .malformed(kind: kind, reason: OpenSSLFailure.drain()) }
        var der = [UInt8](repeating: 0, count: Int(count))
        defer { OPENSSL_cleanse(&der, der.count) }
        let copy = der.withUnsafeMutableBufferPointer { bytes -> OpaquePointer? in
            var end = bytes.baseAddress
            guard i2d_PrivateKey(key, &end) == count else { return nil }
            var position = UnsafePointer(bytes.baseAddress)
            return d2i_AutoPrivateKey(nil, &position, bytes.count)
        }
        guard let copy else { throw .malformed(kind: kind, reason: OpenSSLFailure.drain()) }
        return try RSAPrivateKey(KeyHandle(adopting: copy, kind: "private key"))
    }
}

/// A library context of its own for one file, in which the ciphers of older exports (RC2-40, 3DES) can be used where
/// OpenSSL's legacy provider is installed. Nothing else in the process ever sees them.
private final class Ciphers {
    private let context: OpaquePointer
    private let providers: [OpaquePointer]

    init() throws(KeyError) {
        guard let context = OSSL_LIB_CTX_new() else {
            throw .failed(operation: "opening a PKCS #12 file", reason: OpenSSLFailure.drain())
        }
        self.context = context
        // Without the legacy provider, which is a file of its own, the current ciphers work all the same.
        providers = ["default", "legacy"].compactMap { (name: String) in OSSL_PROVIDER_load(context, name) }
        _ = OpenSSLFailure.drain()
    }

    deinit {
        for provider in providers { OSSL_PROVIDER_unload(provider) }
        OSSL_LIB_CTX_free(context)
    }

    /// - Returns: The caller's, to be freed before this.
    func read(_ file: [UInt8]) -> OpaquePointer? {
        var store = PKCS12_init_ex(NID_pkcs7_data, context, nil)
        return file.withUnsafeBufferPointer { bytes -> OpaquePointer? in
            var position = bytes.baseAddress
            // Frees what it was given if it fails.
            return d2i_PKCS12(&store, &position, bytes.count)
        }
    }
}

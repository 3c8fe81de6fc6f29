import Foundation

/// A certificate for 127.0.0.1 that signed itself, of the kind that docs/tls.md recommends (ECDSA, P-256).
struct SelfSignedCertificate {
    let certificatePath, keyPath: String

    /// Made by the `openssl` command.
    init(folder: String) throws {
        certificatePath = folder + "/certificate.pem"
        keyPath = folder + "/key.pem"
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        openssl.arguments =
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
            + ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1"]
            + ["-out", certificatePath, "-keyout", keyPath]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        guard openssl.terminationStatus == 0 else {
            throw BenchError.tls("openssl could not make a certificate; is it installed?")
        }
    }

    /// The value of `server.tls`.
    var configuration: String { "{ certificate: \"\(certificatePath)\", key: \"\(keyPath)\" }" }
}

public import Foundation

/// A folder with a self-signed certificate for 127.0.0.1, made by the `openssl` command; removed with its owner.
public final class CertificateFiles: Sendable {
    public struct Failure: Error { public let status: Int32 }

    public static let isAvailable = FileManager.default.isExecutableFile(atPath: executable)
    private static let executable = "/usr/bin/openssl"

    public let folder = FileManager.default.temporaryDirectory.appending(path: "causeway-cert-\(UUID().uuidString)")

    public init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try renew()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    public func path(_ name: String) -> String { folder.appending(path: name).path }
    public var certificate: String { path("cert.pem") }
    public var key: String { path("key.pem") }

    /// Puts another certificate and key in the place of the ones that are there.
    public func renew() throws {
        let request = try ChildProcess(
            Self.executable,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                "-out", certificate, "-days", "2", "-subj", "/CN=causeway test", "-addext",
                "subjectAltName=IP:127.0.0.1",
            ])
        let status = request.waitUntilExit()
        guard status == 0 else { throw Failure(status: status) }
    }

    /// Keeps the certificate of now under another name.
    /// - Returns: The copy's path.
    public func keepCertificate(as name: String) throws -> String {
        try FileManager.default.copyItem(atPath: certificate, toPath: path(name))
        return path(name)
    }
}

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

    /// Makes an authority, and a pair that it has signed.
    /// - Parameters:
    ///   - name: Of the pair: `<name>.pem`, `<name>.key`; the authority is `ca.pem`.
    ///   - subject: `IP:127.0.0.1`, or whom else the pair is for.
    ///   - days: How long the pair is valid; negative for one that has expired.
    public func sign(_ name: String, for subject: String = "IP:127.0.0.1", days: Int = 2) throws {
        let (authority, authorityKey) = (path("ca.pem"), path("ca.key"))
        if !FileManager.default.fileExists(atPath: authority) {
            try run([
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                authorityKey, "-out", authority, "-days", "2", "-subj", "/CN=causeway test authority",
            ])
        }
        let (request, names) = (path("\(name).csr"), path("\(name).ext"))
        try Data("subjectAltName=\(subject)\n".utf8).write(to: URL(fileURLWithPath: names))
        try run([
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", path("\(name).key"),
            "-out", request, "-subj", "/CN=causeway test \(name)",
        ])
        try run([
            "x509", "-req", "-in", request, "-CA", authority, "-CAkey", authorityKey, "-CAcreateserial", "-days",
            "\(days)", "-extfile", names, "-out", path("\(name).pem"),
        ])
    }

    /// Puts a pair into one file (PKCS #12).
    public func bundle(_ name: String, password: String) throws -> String {
        let file = path("\(name).p12")
        try run([
            "pkcs12", "-export", "-in", path("\(name).pem"), "-inkey", path("\(name).key"), "-out", file, "-passout",
            "pass:\(password)",
        ])
        return file
    }

    private func run(_ arguments: [String]) throws {
        let status = try ChildProcess(Self.executable, arguments).waitUntilExit()
        guard status == 0 else { throw Failure(status: status) }
    }

    /// Keeps the certificate of now under another name.
    /// - Returns: The copy's path.
    public func keepCertificate(as name: String) throws -> String {
        try FileManager.default.copyItem(atPath: certificate, toPath: path(name))
        return path(name)
    }
}

import Foundation
import HTTPClient
import HTTPServer

extension ConnectionSettings {
    /// The section `connection` of a destination.
    /// - Parameter hasTimeout: Whether it says how long a call may take; `dynamics.odata` says it of its own.
    init(_ section: ConfigurationSection?, _ files: ConfigurationFiles, hasTimeout: Bool = false) {
        self.init()
        guard let section else { return }
        ca = section.optionalText("ca", expected: "the path of a PEM file: the authorities to trust").map(files.path)
        certificate = section.clientCertificate(files)
        proxy = section.section("proxy").flatMap(Proxy.init)
        if hasTimeout, section.child("timeout") != nil {
            timeout = section.duration("timeout", in: .seconds(1)...(.seconds(600)), default: .seconds(60))
        }
        connectTimeout = section.duration(
            "connectTimeout", in: .milliseconds(100)...(.seconds(60)), default: Self.defaultConnectTimeout)
        maxAnswer = section.bytes("maxAnswer", in: 64 << 10...256 << 20, default: Self.defaultMaxAnswer)
        section.finish()
        if let ca { section.checkAuthorities(ca) }
    }
}

extension ConnectionSettings.Proxy {
    /// - Returns: `nil` only if a problem was noted.
    fileprivate init?(_ section: ConfigurationSection) {
        defer { section.finish() }
        let expected = "an address such as http://proxy.example.com:3128"
        let text = section.text("url", expected: expected)
        let user = section.optionalText("user", expected: "the user's name at the proxy")
        let password = section.child("password").map { _ in
            section.secret("password", expected: "the user's password at the proxy")
        }
        let exceptions = section.list("except").compactMap { item -> HostPattern? in
            let expected = "a host such as erp.example.com, or *.example.com"
            guard let text = section.scalar(item.node, at: item.path, expected: expected) else { return nil }
            if let pattern = HostPattern(text) { return pattern }
            section.reading.note(item.node, item.path, found: "\"\(text)\"", expected: expected)
            return nil
        }
        if password != nil, user == nil { section.missing("user", expected: "the user whose password is given") }
        guard !text.isEmpty else { return nil }
        guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme), parts.host != nil,
            ["", "/"].contains(parts.path), parts.user == nil, parts.query == nil
        else {
            // Not quoted: it may hold a password.
            section.refuse("url", found: "something else", expected: "\(expected), with user and password beside it")
            return nil
        }
        self.init(url: text, user: user, password: password, exceptions: exceptions)
    }
}

extension ConfigurationSection {
    /// `clientCertificate` with `clientKey` (PEM) or `clientPassword` (PKCS #12). Also tries whether they can be used.
    fileprivate func clientCertificate(_ files: ConfigurationFiles) -> ConnectionSettings.Certificate? {
        let key = optionalText("clientKey", expected: "the path of a PEM file: the certificate's private key")
        let password = child("clientPassword").map { _ in
            secret("clientPassword", expected: "the password of the PKCS #12 file", atLeast: 0)
        }
        let expected = "the path of a PEM file with its clientKey, or of a PKCS #12 file with its clientPassword"
        guard let certificate = optionalText("clientCertificate", expected: expected) else {
            for key in ["clientKey", "clientPassword"] where child(key) != nil {
                refuseKey(key, expected: "\(key) only beside clientCertificate")
            }
            return nil
        }
        switch (key, password) {
        case (let key?, nil):
            do throws(TLSError) {
                let files = TLSConfiguration(certificate: files.path(certificate), key: files.path(key))
                _ = try TLSCredentials(files)
            } catch {
                let part = error.part == .key ? "clientKey" : "clientCertificate"
                refuse(part, found: "an unusable file", expected: "another one: \(error)")
            }
            return .pem(chain: files.path(certificate), key: files.path(key))
        case (nil, let password?):
            // What is in it shows at the first connection.
            if !FileManager.default.isReadableFile(atPath: files.path(certificate)) {
                refuse("clientCertificate", found: "no readable file", expected: "a PKCS #12 file at that path")
            }
            return .pkcs12(files.path(certificate), password: password)
        default:
            refuse("clientCertificate", found: key == nil ? "neither" : "both", expected: expected)
            return nil
        }
    }

    fileprivate func checkAuthorities(_ path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            return refuse("ca", found: "no readable file", expected: "a PEM file at that path, relative to this file")
        }
        guard text.contains("-----BEGIN CERTIFICATE-----") || text.contains("-----BEGIN TRUSTED CERTIFICATE-----")
        else {
            return refuse("ca", found: "a file without a certificate", expected: "-----BEGIN CERTIFICATE----- in it")
        }
    }
}

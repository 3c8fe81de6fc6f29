import COpenSSL
import Foundation
import HTTPServer
import Logging
import Testing

@Suite("Certificates", .blocking)
struct CertificateReloadTests {
    private let authority = Result { try TestAuthority() }

    private func subject(_ port: Int) throws -> String { try TLSClient(port: port).serverSubject }

    @Test("are replaced for new connections only, while requests go on and none is lost")
    func swapUnderLoad() async throws {
        let authority = try authority.get()
        let folder = try CertificateFolder(try authority.issue("first"))
        let credentials = try TLSCredentials(folder.configuration())
        try await withTLSServer(credentials) { port, server in
            let steady = try TLSClient(port: port)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        var answers = 0
                        for round in 0..<40 {
                            let client = try TLSClient(port: port)
                            for _ in 0..<5 where try client.hello().body == "hello" { answers += 1 }
                            if worker == 0, round.isMultiple(of: 4) {
                                try folder.put(try TestAuthority().issue("swap \(round)"))
                                await server.reloadCertificates()
                            }
                        }
                        return answers
                    }
                }
                let answers = try await group.reduce(0, +)
                #expect(answers == 4 * 40 * 5)
            }
            #expect(try subject(port).hasSuffix("CN=swap 36"))
            #expect(try steady.hello().body == "hello")
            #expect(steady.serverSubject.hasSuffix("CN=first"))
        }
    }

    @Test("that change on disk are noticed without being told, also behind a link that is turned")
    func watch() async throws {
        let authority = try authority.get()
        let folder = try CertificateFolder(try authority.issue("first"))
        let next = try CertificateFolder(try authority.issue("second"))
        let links = try CertificateFolder(try authority.issue("unused"))
        let manager = FileManager.default
        for name in ["cert.pem", "key.pem"] {
            try manager.removeItem(atPath: links.path(name))
            try manager.createSymbolicLink(atPath: links.path(name), withDestinationPath: "live/" + name)
        }
        try manager.createSymbolicLink(atPath: links.path("live"), withDestinationPath: folder.url.path)
        let credentials = try TLSCredentials(links.configuration())
        var configuration = ServerConfiguration()
        configuration.certificateCheckInterval = .milliseconds(10)
        try await withTLSServer(credentials, configuration) { port, _ in
            #expect(try subject(port).hasSuffix("CN=first"))
            try manager.createSymbolicLink(atPath: links.path("new"), withDestinationPath: next.url.path)
            #expect(rename(links.path("new"), links.path("live")) == 0)
            // Ends with the time limit of the test if it is not noticed.
            while try !subject(port).hasSuffix("CN=second") {}
            #expect(credentials.status.problem == nil)
        }
    }

    @Test("resume no sessions of the ones before them")
    func sessions() async throws {
        let folder = try CertificateFolder(try authority.get().issue("first"))
        let credentials = try TLSCredentials(folder.configuration())
        try await withTLSServer(credentials) { port, server in
            let first = try TLSClient(port: port)
            _ = try first.hello()
            var options = TLSClient.Options()
            options.session = try first.session()
            await server.reloadCertificates()
            let second = try TLSClient(port: port, options)
            #expect(!second.isResumed)
            #expect(try second.hello().status == 200)
        }
    }

    enum Mistake: String, CaseIterable, Sendable { case missing, empty, noPEM, otherKey, broken, encrypted, expired }

    private func make(_ mistake: Mistake, in folder: CertificateFolder) throws {
        let authority = try authority.get()
        switch mistake {
        case .missing: try FileManager.default.removeItem(atPath: folder.path("key.pem"))
        case .empty: try folder.write("", "cert.pem")
        case .noPEM: try folder.write("certificate", "cert.pem")
        case .otherKey: try folder.write(try authority.issue("other").key, "key.pem")
        case .broken:
            let good = try authority.issue("other").certificate
            try folder.write(good.replacing("MII", with: "AAA"), "cert.pem")
        case .encrypted:
            try folder.write(
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "key.pem")
        case .expired: try folder.put(try authority.issue("late", validity: -7200...(-3600)))
        }
    }

    private func error(_ mistake: Mistake, _ folder: CertificateFolder) -> TLSError? {
        let certificate = folder.path("cert.pem")
        let key = folder.path("key.pem")
        return switch mistake {
        case .missing: .unreadable(.key, path: key, reason: "No such file or directory")
        case .empty, .noPEM: .notPEM(.certificate, path: certificate)
        case .otherKey: .keyMismatch(key: key, certificate: certificate)
        case .broken: nil
        case .encrypted: .encryptedKey(path: key)
        case .expired: .expired(path: certificate)
        }
    }

    @Test("that can't be used leave the ones before in use, and say why", arguments: Mistake.allCases)
    func badReload(mistake: Mistake) async throws {
        let authority = try authority.get()
        let folder = try CertificateFolder(try authority.issue("first"))
        let credentials = try TLSCredentials(folder.configuration())
        try await withTLSServer(credentials) { port, server in
            try make(mistake, in: folder)
            await server.reloadCertificates()
            #expect(credentials.status.problem != nil)
            if let expected = error(mistake, folder) { #expect(credentials.status.problem == expected) }
            #expect(try subject(port).hasSuffix("CN=first"))
            #expect(credentials.reloadIfChanged() == .unchanged)

            try folder.put(try authority.issue("mended"))
            guard case .reloaded = credentials.reloadIfChanged() else {
                Issue.record("not reloaded")
                return
            }
            #expect(credentials.status.problem == nil)
            #expect(try subject(port).hasSuffix("CN=mended"))
        }
    }

    @Test("that can't be used are refused at the start", arguments: Mistake.allCases.filter { $0 != .expired })
    func badStart(mistake: Mistake) throws {
        let folder = try CertificateFolder(try authority.get().issue("first"))
        try make(mistake, in: folder)
        let thrown = #expect(throws: TLSError.self) { try TLSCredentials(folder.configuration()) }
        if let expected = error(mistake, folder) { #expect(thrown == expected) }
        #expect(thrown?.description.contains(folder.url.path) == true)
    }

    @Test("that have expired are accepted at the start, and that is told")
    func expiredAtStart() async throws {
        let folder = try CertificateFolder(try authority.get().issue("late", validity: -7200...(-3600)))
        let credentials = try TLSCredentials(folder.configuration())
        #expect(!credentials.status.wasCurrent)
        try await withTLSServer(credentials) { port, _ in
            let client = try TLSClient(port: port)
            #expect(try client.hello().status == 200)
        }
    }

    @Test("tell when they end")
    func expiry() throws {
        let folder = try CertificateFolder(try authority.get().issue("first", validity: -3600...86400))
        let end = try TLSCredentials(folder.configuration()).status.expiresAt
        #expect(abs(end - Int(Date().timeIntervalSince1970) - 86400) < 60)
    }

    @Test("of clients' authorities are refused if they can't be used")
    func badClientCA() throws {
        let folder = try CertificateFolder(try authority.get().issue("first"), clientCA: "nothing")
        let error = #expect(throws: TLSError.self) { try TLSCredentials(folder.configuration(clientCA: true)) }
        #expect(error == .notPEM(.clientCA, path: folder.path("ca.pem")))
    }
}

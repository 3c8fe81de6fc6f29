import HTTPClient
import Testing

/// With the `openssl` command at the other end of TLS.
@Suite(.enabled(if: TLSServer.isAvailable, "needs the openssl command"))
struct MailTLSTests {
    private static let login = MailServer.Login(user: "causeway", password: "correct horse")
    private static let script = SMTPScript(login: (login.user, login.password))

    private func message() throws -> MailMessage {
        let address = try #require(MailAddress("ops@example.com"))
        return MailMessage(
            from: address, to: [address], subject: "A test", text: "All is well.", id: "msg_1",
            millisecondsSince1970: 0)
    }

    @Test("smtps hands a mail in over TLS from the first byte")
    func smtps() async throws {
        let server = try MailTLSServer(Self.script, greets: true)
        defer { server.stop() }
        let mailServer = try MailServer(
            url: "smtps://127.0.0.1:\(server.tls.port)", login: Self.login, caBundle: server.tls.certificate)
        let receipt = try await MailTransport(mailServer).send(try message())
        #expect(receipt.reply.hasPrefix("250 "))
        #expect(server.log.with { $0.mails.count } == 1)
    }

    @Test("STARTTLS comes before login and mail", arguments: [MailServer.Security.required, .opportunistic])
    func startTLS(_ security: MailServer.Security) async throws {
        let behind = try MailTLSServer(Self.script, greets: false)
        defer { behind.stop() }
        let front = try SMTPServer(SMTPScript(extensions: ["STARTTLS"]), tlsPort: behind.tls.port)
        defer { front.stop() }
        let mailServer = try MailServer(
            url: "smtp://127.0.0.1:\(front.port)", security: security, login: Self.login,
            caBundle: behind.tls.certificate)
        _ = try await MailTransport(mailServer).send(try message())
        #expect(behind.log.with { $0.mails.count } == 1)
        #expect(front.commands.count == 2)
        #expect(front.commands.first?.hasPrefix("EHLO ") == true && front.commands.last == "STARTTLS")
    }

    @Test(
        "a certificate that nobody vouches for, or for another name, gets neither login nor mail",
        arguments: [true, false])
    func badCertificate(_ isTrusted: Bool) async throws {
        let subject = isTrusted ? "DNS:other.example.com" : "IP:127.0.0.1"
        let server = try MailTLSServer(Self.script, greets: true, subject: subject)
        defer { server.stop() }
        let mailServer = try MailServer(
            url: "smtps://127.0.0.1:\(server.tls.port)", login: Self.login,
            caBundle: isTrusted ? server.tls.certificate : nil)
        await #expect {
            try await MailTransport(mailServer).send(try message())
        } throws: { error in
            if case MailError.notConnected = error { true } else { false }
        }
        #expect(server.log.with { $0.commands }.isEmpty)
    }
}

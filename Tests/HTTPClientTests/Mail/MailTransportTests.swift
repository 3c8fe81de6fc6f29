import HTTPClient
import Testing

/// Against a scripted mail server on a socket.
@Suite struct MailTransportTests {
    private func message(to addresses: [String] = ["ops@example.com"], text: String = "All is well.\n") throws
        -> MailMessage
    {
        MailMessage(
            from: try #require(MailAddress("Causeway <causeway@example.com>")),
            to: try addresses.map { try #require(MailAddress($0)) }, subject: "A test", text: text, id: "msg_1",
            millisecondsSince1970: 1_767_261_612_000)
    }

    private func transport(
        _ server: SMTPServer, login: MailServer.Login? = nil, timeout: Duration = .seconds(60)
    ) throws -> MailTransport {
        let url = "smtp://127.0.0.1:\(server.port)"
        return MailTransport(try MailServer(url: url, security: .off, login: login), timeout: timeout)
    }

    private func failure(_ transport: MailTransport, _ message: MailMessage) async -> MailError? {
        do throws(MailError) {
            _ = try await transport.send(message)
            return nil
        } catch {
            return error
        }
    }

    @Test("a mail arrives as it was written, with the server's word that it took it")
    func delivered() async throws {
        let server = try SMTPServer()
        defer { server.stop() }
        let receipt = try await transport(server).send(try message(to: ["ops@example.com", "night@example.com"]))
        #expect(receipt == MailReceipt(reply: "250 2.0.0 Ok: queued as TEST1"))
        #expect(server.commands.contains { $0.hasPrefix("MAIL FROM:<causeway@example.com>") })
        #expect(server.commands.filter { $0.hasPrefix("RCPT") }.count == 2)
        let mail = try #require(server.mails.first)
        #expect(mail.contains("From: \"Causeway\"\r\n <causeway@example.com>\r\n"))
        #expect(mail.contains("Date: Thu, 01 Jan 2026 10:00:12 +0000\r\n"))
        #expect(mail.contains("To: ops@example.com,\r\n night@example.com\r\n"))
        #expect(mail.hasSuffix("\r\n\r\nAll is well.\r\n\r\n.\r\n"))
    }

    @Test("a line that is only a dot does not end the mail")
    func dots() async throws {
        let server = try SMTPServer()
        defer { server.stop() }
        _ = try await transport(server).send(try message(text: "before\n.\n..\n.hidden\nafter"))
        #expect(server.mails.count == 1)
        #expect(server.mails.first?.hasSuffix("before\r\n..\r\n...\r\n..hidden\r\nafter\r\n.\r\n") == true)
    }

    @Test("user and password sign in")
    func signIn() async throws {
        let server = try SMTPServer(SMTPScript(login: ("causeway", "correct horse")))
        defer { server.stop() }
        let login = MailServer.Login(user: "causeway", password: "correct horse")
        _ = try await transport(server, login: login).send(try message())
        #expect(server.mails.count == 1)
    }

    @Test("a wrong password is told as such, without the password, and nothing is sent")
    func wrongPassword() async throws {
        let server = try SMTPServer(SMTPScript(login: ("causeway", "correct horse")))
        defer { server.stop() }
        let login = MailServer.Login(user: "causeway", password: "battery staple")
        let error = await failure(try transport(server, login: login), try message())
        guard case .refused(let words) = error else {
            Issue.record("expected a refusal, got \(String(describing: error))")
            return
        }
        #expect(words.contains("user or password") && words.contains("535 5.7.8"))
        #expect(!words.contains("battery"))
        #expect(server.mails.isEmpty)
    }

    @Test("a refused recipient does not keep the others from their mail, and is told")
    func oneRecipientRefused() async throws {
        let refusal = "550 5.1.1 No such user"
        let server = try SMTPServer(SMTPScript(refusedRecipients: ["gone@example.com": refusal]))
        defer { server.stop() }
        let receipt = try await transport(server).send(try message(to: ["gone@example.com", "ops@example.com"]))
        #expect(receipt.complaints == [refusal])
        #expect(server.mails.count == 1)
    }

    private static let refusals: [(String, SMTPScript)] = [
        ("550 5.1.1", SMTPScript(refusedRecipients: ["ops@example.com": "550 5.1.1 No such user"])),
        ("553 5.7.1", SMTPScript(senderReply: "553 5.7.1 Not your address")),
        ("554 5.7.1", SMTPScript(mailReply: "554 5.7.1 Looks like spam")),
        ("452 4.3.1", SMTPScript(mailReply: "452 4.3.1 No room")),
    ]

    @Test("what the server refuses is told in its words", arguments: refusals)
    func refused(_ words: String, _ script: SMTPScript) async throws {
        let server = try SMTPServer(script)
        defer { server.stop() }
        let error = await failure(try transport(server), try message())
        guard case .refused(let reason) = error else {
            Issue.record("expected a refusal, got \(String(describing: error))")
            return
        }
        #expect(reason.contains(words) && reason.contains("127.0.0.1:\(server.port)"))
    }

    @Test("a server that goes away before the mail has not got it", arguments: ["EHLO", "MAIL", "RCPT", "DATA"])
    func cutBefore(_ command: String) async throws {
        let server = try SMTPServer(SMTPScript(cutsAt: command))
        defer { server.stop() }
        let error = await failure(try transport(server), try message())
        guard case .notConnected = error else {
            Issue.record("expected not connected, got \(String(describing: error))")
            return
        }
    }

    @Test("a server that goes away after the mail may have got it, also if it refused a recipient before")
    func cutAfter() async throws {
        let script = SMTPScript(refusedRecipients: ["gone@example.com": "550 5.1.1 No such user"], cutsAt: ".")
        let server = try SMTPServer(script)
        defer { server.stop() }
        let mail = try message(to: ["gone@example.com", "ops@example.com"])
        let error = await failure(try transport(server), mail)
        guard case .interrupted = error else {
            Issue.record("expected interrupted, got \(String(describing: error))")
            return
        }
    }

    @Test("nobody listening is told as not connected")
    func nobody() async throws {
        let url = "smtp://127.0.0.1:\(try Loopback.unusedPort())"
        let error = await failure(MailTransport(try MailServer(url: url, security: .off)), try message())
        guard case .notConnected(let words) = error else {
            Issue.record("expected not connected, got \(String(describing: error))")
            return
        }
        #expect(words.contains("127.0.0.1"))
    }

    @Test("a server that says nothing is given up after the timeout")
    func silent() async throws {
        let server = try SMTPServer(SMTPScript(isSilentAt: "MAIL"))
        defer { server.stop() }
        let error = await failure(try transport(server, timeout: .milliseconds(300)), try message())
        guard case .notConnected = error else {
            Issue.record("expected not connected, got \(String(describing: error))")
            return
        }
    }

    @Test("a cancelled task does not wait for the server", .timeLimit(.minutes(1)))
    func cancelled() async throws {
        let server = try SMTPServer(SMTPScript(isSilentAt: "EHLO"))
        defer { server.stop() }
        let (mail, transport) = (try message(), try transport(server))
        let sending = Task { await failure(transport, mail) }
        for await _ in server.arrivals { break }
        sending.cancel()
        #expect(await sending.value == .cancelled)
    }

    @Test("a server that is required to speak TLS and doesn't gets neither login nor mail")
    func noSTARTTLS() async throws {
        let server = try SMTPServer(SMTPScript(login: ("causeway", "correct horse")))
        defer { server.stop() }
        let login = MailServer.Login(user: "causeway", password: "correct horse")
        let mailServer = try MailServer(url: "smtp://127.0.0.1:\(server.port)", login: login)
        let error = await failure(MailTransport(mailServer), try message())
        guard case .notConnected(let words) = error else {
            Issue.record("expected not connected, got \(String(describing: error))")
            return
        }
        #expect(words.contains("STARTTLS"))
        #expect(!server.commands.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }
}

import Foundation
import Testing

@testable import HTTPClient

@Suite struct MailMessageTests {
    private func text(subject: String = "A test", name: String = "Causeway", body: String = "") throws -> String {
        let from = try #require(MailAddress("\(name) <causeway@example.com>"))
        let message = MailMessage(
            from: from, to: [from], subject: subject, text: body, id: "msg_1\r\nBcc: x@example.com",
            millisecondsSince1970: 1_795_251_459_999)
        return String(decoding: message.bytes, as: UTF8.self)
    }

    private func field(_ name: String, of text: String) -> String? {
        text.components(separatedBy: "\r\n").first { $0.hasPrefix("\(name): ") }.map {
            String($0.dropFirst(name.count + 2))
        }
    }

    @Test("the header says who, to whom, when and what, and that no answer is wanted")
    func header() throws {
        let text = try text()
        #expect(field("Date", of: text) == "Sat, 21 Nov 2026 08:57:39 +0000")
        #expect(field("Subject", of: text) == "A test")
        #expect(field("Auto-Submitted", of: text) == "auto-generated")
        #expect(field("Message-ID", of: text) == "<msg_1Bccxexamplecom@example.com>")
    }

    @Test(
        "no text can add a header line or begin the body",
        arguments: [
            "\r\nBcc: eve@example.com", "\nBcc: eve@example.com", "\rBcc: eve@example.com", "\r\n\r\nbody",
            "\u{2028}Bcc: x", "\u{85}Bcc: x",
        ])
    func injection(_ hostile: String) throws {
        let clean = try text(subject: "safe")
        let text = try text(subject: "safe" + hostile)
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.count == clean.components(separatedBy: "\r\n").count)
        #expect(!lines.contains { $0.hasPrefix("Bcc") || $0 == "body" })
    }

    @Test(
        "subjects beyond ASCII become encoded words that decode to the same text",
        arguments: [
            "Bestellung für Jürgen", "注文 000000042", "=?UTF-8?B?eA==?=", String(repeating: "ä", count: 190),
            String(repeating: "👩‍👩‍👧", count: 30),
        ])
    func encodedSubject(_ subject: String) throws {
        let text = try text(subject: subject)
        let start = try #require(text.firstRange(of: "Subject: ")).upperBound
        let end = try #require(text.firstRange(of: "\r\nAuto-Submitted")).lowerBound
        let words = text[start..<end].components(separatedBy: "\r\n ")
        #expect(words.allSatisfy { $0.count <= 75 && $0.hasPrefix("=?UTF-8?B?") && $0.hasSuffix("?=") })
        let decoded = try words.map { word in
            let data = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
            return try #require(String(data: data, encoding: .utf8))
        }
        #expect(decoded.joined() == subject)
    }

    @Test("a very long subject is cut")
    func longSubject() throws {
        let text = try text(subject: String(repeating: "x", count: 5000))
        #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 78 })
    }

    @Test(
        "the body is ASCII in lines of at most 76 characters",
        arguments: [
            "", "plain", "Zürich = 100 %", "ends with space ", String(repeating: "long ", count: 100),
            "tab\tand\u{0}nul", "lone\rreturn",
        ])
    func quotedPrintable(_ body: String) throws {
        let encoded = QuotedPrintable.encode(body)
        #expect(encoded.utf8.allSatisfy { $0 < 0x7F })
        #expect(encoded.hasSuffix("\r\n"))
        let lines = encoded.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.count <= 76 && !$0.hasSuffix(" ") })
        #expect(Self.decoded(encoded) == body + "\r\n")
    }

    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                bytes.append(byte)
                continue
            }
            let pair = String(decoding: rest.prefix(2), as: UTF8.self)
            rest = rest.dropFirst(2)
            if let value = UInt8(pair, radix: 16) { bytes.append(value) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "takes mailboxes with and without a name",
        arguments: [
            ("ops@example.com", "ops@example.com", nil), ("a.b+c@x.y-z.example", "a.b+c@x.y-z.example", nil),
            ("root@localhost", "root@localhost", nil), ("Ops <ops@example.com>", "ops@example.com", "Ops"),
            ("\"Night, shift\" <ops@example.com>", "ops@example.com", "Night, shift"),
            ("Jürgen <j@example.com>", "j@example.com", "Jürgen"),
        ] as [(String, String, String?)])
    func address(_ text: String, _ address: String, _ name: String?) throws {
        let mailbox = try #require(MailAddress(text))
        #expect(mailbox.address == address && mailbox.name == name)
    }

    @Test(
        "refuses what is not one plain mailbox",
        arguments: [
            "", "ops", "@example.com", "ops@", "a@b@c", "a b@example.com", "ops@exam ple.com", "ops@example.com>",
            "<ops@example.com", "ops@example.com\r\nBcc: x@y", "ops@example.com, two@example.com", "a..b@example.com",
            ".a@example.com", "a.@example.com", "a@-example.com", "a@example..com", "ä@example.com", "a@exämple.com",
            "\"a b\"@example.com", "a@[127.0.0.1]", "N\r\nBcc: x <ops@example.com>", "<>", "ops@example.com\u{0}",
            String(repeating: "a", count: 65) + "@example.com", "a@" + String(repeating: "b.", count: 130) + "com",
        ])
    func badAddress(_ text: String) { #expect(MailAddress(text) == nil) }

    @Test(
        "refuses servers that are none, and never quotes what was given",
        arguments: [
            "", "mail.example.com", "http://mail.example.com", "smtp://", "smtp://user:secret@mail.example.com",
            "smtp://mail.example.com/secret", "smtp://mail.example.com?secret", "smtp://mail.example.com:0",
            "smtp://mail.example.com:99999", "smtp://mail example.com", "smtp://mail.example.com\r\nsecret",
        ])
    func badServer(_ url: String) {
        #expect {
            try MailServer(url: url)
        } throws: {
            !"\($0)".contains("secret")
        }
    }

    @Test(
        "refuses control characters in user and password", arguments: [("a\u{0}b", "p"), ("u", "p\r\n"), ("", "p")])
    func badLogin(_ user: String, _ password: String) {
        let login = MailServer.Login(user: user, password: password)
        #expect(throws: MailError.self) { try MailServer(url: "smtps://mail.example.com", login: login) }
    }
}

import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import Relay
import Synchronization
import Testing

@testable import Gateway

private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAAAAAAAAAAA="
private let previousSecret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

@Suite("Channels of alerts")
struct AlertChannelTests {
    private static let alert = Alert(
        .parked, ["lane", "code"], severity: .critical, title: "3 <wait> & see",
        text: ["First.", "*Second* [x](y)."],
        count: 3, since: start)
    private static let notice = AlertNotice(.raised, alert, at: start + .seconds(30))

    private func channel(_ settings: AlertChannelSettings) throws -> any AlertChannel {
        var alerts = AlertSettings()
        alerts.name = "shop-test"
        alerts.channels = [settings]
        let channels = try AlertChannels(alerts, clock: HandClock())
        return try #require(channels.all.first)
    }

    private func json(_ request: Request?) throws -> [String: Any] {
        let body = try #require(request).body
        return try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
    }

    @Test("a webhook arrives signed as Standard Webhooks says, with both secrets during a change")
    func webhook() async throws {
        try await HookServer.serve { hook, url in
            let channel = try channel(.webhook(url: Secret(url), secrets: [Secret(secret), Secret(previousSecret)]))
            #expect(try await channel.send(Self.notice) == AlertReceipt(answer: "answered 200: ok"))
            let request = try #require(hook.requests.first)
            #expect(HookServer.verifies(request, secret: secret))
            #expect(HookServer.verifies(request, secret: previousSecret))
            #expect(!HookServer.verifies(request, secret: "whsec_" + Base64.encode(Array(repeating: 1, count: 32))))
            #expect(HookServer.field("webhook-timestamp", request) == "1767261612")
            #expect(request.headers[.contentType] == "application/json")
            let payload = try json(request)
            #expect(payload["type"] as? String == "alert.raised")
            #expect(payload["timestamp"] as? String == "2026-01-01T10:00:30.000Z")
            let data = try #require(payload["data"] as? [String: Any])
            #expect(data["gateway"] as? String == "shop-test" && data["cause"] as? String == "parked:lane:code")
            #expect(data["count"] as? Int == 3 && data["severity"] as? String == "critical")
        }
    }

    @Test("a webhook that is sent again has the same id")
    func sameID() async throws {
        try await HookServer.serve { hook, url in
            let channel = try channel(.webhook(url: Secret(url), secrets: [Secret(secret)]))
            for _ in 1...2 { _ = try await channel.send(Self.notice) }
            let ids = hook.requests.map { HookServer.field("webhook-id", $0) }
            #expect(ids[0] != nil && ids[0] == ids[1])
        }
    }

    @Test("signatures are those of the specification's own example")
    func vector() throws {
        let key = try #require(WebhookSigner.key(of: "whsec_plJ3nmyCDGBKInavdOK15jsl"))
        let headers = WebhookSigner(keys: [key]).headers(
            id: "msg_loFOjxBNrRLzqYUf", seconds: 1_731_705_121,
            body: Array(#"{"event_type":"ping","data":{"success":true}}"#.utf8))
        let name = try #require(HTTPField.Name("webhook-signature"))
        #expect(headers[name] == "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=")
    }

    @Test(
        "what is no secret of the right form is none",
        arguments: ["", "whsec_", "whsec_!", "MfKQ9r8GKYqrTwjUPD8I", "whsk_MfKQ9r8G"])
    func badSecret(_ text: String) { #expect(WebhookSigner.key(of: text) == nil) }

    @Test("Slack gets a text in which nothing is a link or calls anybody")
    func slack() async throws {
        try await HookServer.serve { hook, url in
            _ = try await channel(.slack(url: Secret(url))).send(Self.notice)
            let text = try json(hook.requests.first)["text"] as? String
            #expect(text?.hasPrefix("*[shop-test] critical: 3 &lt;wait&gt; &amp; see*\nFirst.") == true)
        }
    }

    @Test("Teams gets an Adaptive Card of plain runs of text")
    func teams() async throws {
        try await HookServer.serve { hook, url in
            hook.answer(.accepted)
            _ = try await channel(.teams(url: Secret(url))).send(Self.notice)
            let message = try json(hook.requests.first)
            #expect(message["type"] as? String == "message")
            let attachment = try #require((message["attachments"] as? [[String: Any]])?.first)
            #expect(attachment["contentType"] as? String == "application/vnd.microsoft.card.adaptive")
            let card = try #require(attachment["content"] as? [String: Any])
            #expect(card["type"] as? String == "AdaptiveCard" && card["$schema"] != nil && card["version"] != nil)
            let blocks = try #require(card["body"] as? [[String: Any]])
            #expect(blocks.allSatisfy { $0["type"] as? String == "RichTextBlock" })
            #expect(blocks.count == 4)
        }
    }

    @Test(
        "any answer but 2xx is a failure, which names neither the hook's address nor a part of it",
        arguments: [301, 400, 401, 404, 410, 429, 500, 503])
    func refused(_ status: Int) async throws {
        try await HookServer.serve { hook, url in
            hook.answer(.init(code: status), headers: [.retryAfter: "77"], body: "no such hook: very-secret-part")
            let failure = await #expect(throws: AlertSendFailure.self) {
                try await channel(.slack(url: Secret(url))).send(Self.notice)
            }
            #expect(failure?.description == "answered \(status)")
            #expect(failure?.retryAfter == .seconds(77))
        }
    }

    @Test("what a receiver says is told, on one line")
    func excerpt() async throws {
        try await HookServer.serve { hook, url in
            hook.answer(.notFound, body: "no_service\r\n\u{1B}[31m" + String(repeating: "x", count: 10_000))
            let failure = await #expect(throws: AlertSendFailure.self) {
                try await channel(.slack(url: Secret(url))).send(Self.notice)
            }
            #expect(failure?.description.hasPrefix("answered 404: no_service   [31mx") == true)
            #expect((failure?.description.count ?? 1000) < 200)
        }
    }

    @Test("a hook that nobody answers is told by host alone")
    func unreachable() async throws {
        var address = ""
        try await HookServer.serve { _, url in address = url }
        let failure = await #expect(throws: AlertSendFailure.self) {
            try await channel(.teams(url: Secret(address))).send(Self.notice)
        }
        #expect(failure?.description.contains("127.0.0.1") == true)
        #expect(failure?.description.contains("secret") == false)
    }

    @Test("a mail has the headline as subject and says everything in plain text")
    func mail() async throws {
        let mails = MailBox()
        let address = try #require(MailAddress("ops@example.com"))
        let channel = MailChannel(
            name: "email", id: "email:1", gateway: "shop-test", from: address, to: [address], transport: mails)
        #expect(try await channel.send(Self.notice) == AlertReceipt(answer: "250 Ok", complaints: ["550 No"]))
        let mail = try #require(mails.messages.first)
        #expect(mail.subject == "[shop-test] critical: 3 <wait> & see")
        #expect(mail.text.contains("First.\n*Second* [x](y).") && mail.text.contains("Cause: parked:lane:code"))
        #expect(mail.id == Self.notice.id)
    }

    @Test("over-notices say how long it lasted")
    func resolved() {
        let notice = AlertNotice(.resolved, Self.alert, at: start + .seconds(60))
        #expect(notice.headline("shop") == "[shop] over: 3 <wait> & see")
        #expect(notice.details == ["It lasted from 2026-01-01T10:00:00.000Z to 2026-01-01T10:01:00.000Z."])
    }

    @Test("the test notice goes through every channel, and tells what each one said")
    func testNotice() async throws {
        try await HookServer.serve { hook, url in
            var settings = AlertSettings()
            settings.channels = [
                .slack(url: Secret(url)), .slack(url: Secret("http://127.0.0.1:1/")),
                .webhook(url: Secret(url), secrets: [Secret(secret)]),
            ]
            let results = try await AlertTest(settings).run()
            #expect(results.map(\.channel) == ["slack", "slack-2", "webhook"])
            #expect(results.map(\.isSent) == [true, false, true])
            #expect(results[0].answer == "answered 200: ok")
            #expect(hook.requests.count == 2)
            #expect(hook.requests.allSatisfy { String(decoding: $0.body, as: UTF8.self).contains("test") })
        }
    }
}

private final class MailBox: MailSending {
    private let received = Mutex<[MailMessage]>([])
    var messages: [MailMessage] { received.withLock { $0 } }

    func send(_ message: MailMessage) async throws(MailError) -> MailReceipt {
        received.withLock { $0.append(message) }
        return MailReceipt(reply: "250 Ok", complaints: ["550 No"])
    }
}

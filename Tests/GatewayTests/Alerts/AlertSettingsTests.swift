import HTTPClient
import Testing

@testable import Gateway

@Suite("The section alerts")
struct AlertSettingsTests {
    private static let full = """
        alerts:
          name: shop-prod
          every: 20s
          settle: 1m
          rules:
            parked: false
            oldestAge: 30m
            lanes: { dynamics/OrderToSalesOrder: { oldestAge: 1h }, commerce/InvoiceToCommerce: { oldestAge: off } }
            signatureFailures: { count: 5, within: 2m }
            silence: { commerce: 6h, dynamics: off }
            certificate: 30d
          channels:
            - { webhook: { url: https://ops.example.com/hook, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw } }
            - { slack: { url: https://hooks.slack.example/services/T/B/x } }
            - { teams: { url: "https://prod.logic.example:443/workflows/1?sig=x" } }
            - email:
                server: smtp://mail.example.com:587
                user: causeway
                password: ${OPERATOR_TOKEN}
                from: Causeway <causeway@example.com>
                to: [ ops@example.com, night@example.com ]
        """

    private static func read(_ section: String) throws(ConfigurationError) -> AlertSettings {
        try ConfigurationFixture.read(replacing: "operator:", with: section + "\noperator:").alerts
    }

    private static func problems(_ section: String) -> [String] {
        ConfigurationFixture.problems(replacing: "operator:", with: section + "\noperator:")
    }

    @Test("is read whole")
    func full() throws {
        let settings = try Self.read(Self.full)
        #expect(settings.name == "shop-prod" && settings.every == .seconds(20) && settings.settle == .seconds(60))
        let rules = settings.rules
        #expect(!rules.parked && rules.breaker && rules.store)
        #expect(rules.oldestAge(of: "dynamics/OrderToSalesOrder") == .seconds(3600))
        #expect(rules.oldestAge(of: "commerce/InvoiceToCommerce") == nil)
        #expect(rules.oldestAge(of: "other") == .seconds(1800))
        #expect(rules.signatureFailures == .init(count: 5, within: .seconds(120)))
        #expect(rules.silence == ["commerce": .seconds(21_600)])
        #expect(rules.certificate == .seconds(30 * 86_400))
        guard settings.channels.count == 4, case .email(let mail) = settings.channels[3] else {
            Issue.record("\(settings.channels)")
            return
        }
        #expect(mail.tls == .required && mail.user == "causeway" && mail.to.map(\.address).count == 2)
    }

    @Test("can be left out, and has rules then but nobody to tell")
    func absent() throws {
        let settings = try ConfigurationFixture.read().alerts
        #expect(settings.rules == AlertRules() && settings.channels.isEmpty)
    }

    @Test(
        "has rules that can be turned off one by one",
        arguments: ["oldestAge: off", "signatureFailures: off", "certificate: off"])
    func off(_ rule: String) throws {
        let rules = try Self.read("alerts: { rules: { \(rule) } }").rules
        let all = [rules.oldestAge == nil, rules.signatureFailures == nil, rules.certificate == nil]
        #expect(all.count { $0 } == 1)
    }

    @Test(
        "says what is wrong, and where",
        arguments: [
            ("alerts: { every: 0s }", "alerts.every"),
            ("alerts: { name: '' }", "alerts.name"),
            ("alerts: { name: \"a\\nb\" }", "alerts.name"),
            ("alerts: { ca: missing.pem }", "alerts.ca"),
            ("alerts: { rules: { parked: maybe } }", "alerts.rules.parked"),
            ("alerts: { rules: { oldestAge: soon } }", "alerts.rules.oldestAge"),
            ("alerts: { rules: { signatureFailures: { count: 0 } } }", "alerts.rules.signatureFailures.count"),
            ("alerts: { rules: { signatureFailures: { within: 2h } } }", "alerts.rules.signatureFailures.within"),
            ("alerts: { rules: { silence: { elsewhere: 1h } } }", "alerts.rules.silence.elsewhere"),
            ("alerts: { rules: { lanes: { nowhere: { oldestAge: 1h } } } }", "alerts.rules.lanes.nowhere"),
            ("alerts: { channels: { } }", "alerts.channels"),
            ("alerts: { channels: [ 1 ] }", "alerts.channels[0]"),
            ("alerts: { channels: [ { } ] }", "alerts.channels[0]"),
            ("alerts: { channels: [ { pager: 1 } ] }", "alerts.channels[0].pager"),
            ("alerts: { channels: [ { slack: { } } ] }", "alerts.channels[0].slack.url"),
            (
                "alerts: { channels: [ { slack: { url: http://hooks.example/verysecret } } ] }",
                "alerts.channels[0].slack.url"
            ),
            ("alerts: { channels: [ { slack: { url: verysecret } } ] }", "alerts.channels[0].slack.url"),
            (
                "alerts: { channels: [ { slack: { url: 'https://verysecret:x@h/' } } ] }",
                "alerts.channels[0].slack.url"
            ),
            ("alerts: { channels: [ { slack: { url: 'https://h/very secret' } } ] }", "alerts.channels[0].slack.url"),
            ("alerts: { channels: [ { webhook: { url: https://h/ } } ] }", "alerts.channels[0].webhook.secret"),
            (
                "alerts: { channels: [ { webhook: { url: https://h/, secret: verysecret } } ] }",
                "alerts.channels[0].webhook.secret"
            ),
            (
                "alerts: { channels: [ { webhook: { url: https://h/, secret: whsec_AAAA } } ] }",
                "alerts.channels[0].webhook.secret"
            ),
        ])
    func wrong(_ section: String, _ key: String) {
        let problems = Self.problems(section)
        #expect(problems.contains { $0.contains(" \(key): ") }, "\(problems)")
        #expect(
            !problems.contains { $0.contains("secret:x") || $0.contains("verysecret") || $0.contains("very secret") })
    }

    /// A mail channel of which some keys are given otherwise; an empty value leaves the key out.
    private static func mail(_ changes: [String: String]) -> String {
        let usual = ["server": "smtps://mail.example.com:465", "from": "a@b.example", "to": "[ a@b.example ]"]
        let fields = usual.merging(changes) { $1 }.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)" }
        return "alerts: { channels: [ { email: { \(fields.sorted().joined(separator: ", ")) } } ] }"
    }

    @Test(
        "says what is wrong with a mail channel, and shows no password",
        arguments: [
            (["server": "mail.example.com"], "server"), (["server": ""], "server"),
            (["server": "smtp://u:verysecret@m"], "server"), (["tls": "maybe"], "tls"), (["from": ""], "from"),
            (["from": "nobody"], "from"), (["to": ""], "to"), (["to": "[ ]"], "to"), (["to": "[ nobody ]"], "to[0]"),
            (["to": "[ \"a@b.c\\r\\nBcc: x@y\" ]"], "to[0]"), (["user": "u"], "password"),
            (["password": "verysecret"], "user"),
            (["server": "smtp://m", "user": "u", "password": "verysecret", "tls": "off"], "tls"),
            (["server": "smtp://m", "user": "u", "password": "verysecret", "tls": "opportunistic"], "tls"),
        ] as [([String: String], String)])
    func wrongMail(_ changes: [String: String], _ key: String) {
        let problems = Self.problems(Self.mail(changes))
        #expect(problems.contains { $0.contains(" alerts.channels[0].email.\(key): ") }, "\(problems)")
        #expect(!problems.contains { $0.contains("verysecret") })
    }

    @Test("takes a mail server on this machine without TLS")
    func loopbackMail() throws {
        let mail = Self.mail(["server": "smtp://127.0.0.1:25", "user": "u", "password": "p", "tls": "off"])
        #expect(try Self.read(mail).channels.count == 1)
    }
}

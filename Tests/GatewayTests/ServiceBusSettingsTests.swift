import Dynamics
import Testing

@testable import Gateway

@Suite("dynamics.serviceBus")
struct ServiceBusSettingsTests {
    private static let events = "businessEvents: { tokens: [ ${D365_EVENT_TOKEN} ] }"

    private static func yaml(_ keys: String) -> String { events + "\n  serviceBus: { \(keys) }" }

    @Test("is a way in by itself: no address to post to has to be made up beside it")
    func alone() throws {
        let keys = "serviceBus: { namespace: contoso, queue: q, auth: { entra: true } }"
        let configuration = try ConfigurationFixture.read(replacing: Self.events, with: keys)
        #expect(configuration.dynamics.businessEvents.tokens.isEmpty)
        #expect(configuration.dynamics.serviceBus != nil)
    }

    @Test(
        "takes a name, a host or an address, and a queue or a subscription",
        arguments: [
            ("namespace: contoso, queue: q", "https://contoso.servicebus.windows.net/q"),
            (
                "namespace: contoso.servicebus.chinacloudapi.cn, queue: a/b",
                "https://contoso.servicebus.chinacloudapi.cn/a/b"
            ),
            ("namespace: \"http://127.0.0.1:9/servicebus\", queue: q", "http://127.0.0.1:9/servicebus/q"),
            (
                "namespace: contoso, topic: t, subscription: s",
                "https://contoso.servicebus.windows.net/t/subscriptions/s"
            ),
        ])
    func places(_ keys: String, _ url: String) throws {
        let configuration = try ConfigurationFixture.read(
            replacing: Self.events, with: Self.yaml(keys + ", auth: { entra: true }"))
        let settings = try #require(configuration.dynamics.serviceBus)
        #expect(settings.place.url == url)
        #expect(settings.auth == .entra && settings.receivers == 2 && settings.longPoll == .seconds(55))
    }

    @Test("is off unless it is there")
    func off() throws { #expect(try ConfigurationFixture.read().dynamics.serviceBus == nil) }

    @Test(
        "refuses what cannot work, and names the key",
        arguments: [
            ("queue: q, auth: { entra: true }", "dynamics.serviceBus.namespace"),
            ("namespace: contoso, auth: { entra: true }", "dynamics.serviceBus: found none"),
            ("namespace: contoso, queue: q, topic: t, subscription: s, auth: { entra: true }", "queue and topic"),
            ("namespace: contoso, topic: t, auth: { entra: true }", "dynamics.serviceBus.subscription"),
            ("namespace: contoso, queue: q, subscription: s, auth: { entra: true }", "a queue has no subscriptions"),
            ("namespace: contoso, queue: q", "dynamics.serviceBus.auth"),
            ("namespace: contoso, queue: q, auth: { entra: false }", "dynamics.serviceBus.auth.entra"),
            ("namespace: contoso, queue: q, auth: { sas: { policy: p } }", "dynamics.serviceBus.auth.sas.key"),
            ("namespace: contoso, queue: q, auth: { sas: { key: k } }", "dynamics.serviceBus.auth.sas.policy"),
            ("namespace: \"http://bus.example\", queue: q, auth: { entra: true }", "plain http"),
            ("namespace: \"a b\", queue: q, auth: { entra: true }", "dynamics.serviceBus.namespace"),
            ("namespace: contoso, queue: q, auth: { entra: true }, receivers: 33", "from 1 to 32"),
            ("namespace: contoso, queue: q, auth: { entra: true }, longPoll: 2h", "dynamics.serviceBus.longPoll"),
            ("namespace: contoso, queue: q, auth: { entra: true }, receiver: 3", "perhaps receivers"),
        ])
    func refused(_ keys: String, _ words: String) {
        let problems = ConfigurationFixture.problems(replacing: Self.events, with: Self.yaml(keys))
        #expect(problems.contains { $0.contains(words) }, "\(problems)")
    }

    @Test("shows its key in no dump")
    func secret() throws {
        let configuration = try ConfigurationFixture.read(
            replacing: Self.events,
            with: Self.yaml("namespace: contoso, queue: q, auth: { sas: { policy: p, key: hidden-key } }"))
        var dump = ""
        Swift.dump(configuration.dynamics, to: &dump)
        #expect(!dump.contains("hidden-key"))
    }
}

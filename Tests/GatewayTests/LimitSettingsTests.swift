import HTTPServer
import Testing

@testable import Gateway

private let server = "server: { host: 127.0.0.1, port: 0 }"

@Suite("Limits and access in the configuration")
struct LimitSettingsTests {
    @Test("every limit reaches the server")
    func limits() throws {
        let settings = """
            server:
              trustedProxies: [ 10.0.0.0/8, "2001:db8::1" ]
              proxyProtocol: true
              allow: { webhooks: [ 192.0.2.0/24 ], operator: [ 127.0.0.1 ], monitoring: [ "::1" ] }
              limits:
                body: 64KiB
                webhookBody: 2MiB
                operatorBody: 4KiB
                target: 1KiB
                firstByte: 5s
                bodyGrace: 4s
                bodyRate: 1KiB
                handlerTimeout: 9s
                requestsPerConnection: 7
                connectionsPerSource: 20
                reservedConnections: 3
                bufferedBodies: 8MiB
                requestsPerSecond: 50
                requestBurst: 60
                sources: 1024
            """
        let configuration = try ConfigurationFixture.read(replacing: server, with: settings).server
            .serverConfiguration
        var limits = ServerLimits()
        limits.maxTargetBytes = 1024
        limits.firstByteTimeout = .seconds(5)
        limits.bodyGrace = .seconds(4)
        limits.minBodyBytesPerSecond = 1024
        limits.handlerTimeout = .seconds(9)
        limits.maxRequestsPerConnection = 7
        limits.maxConnectionsPerSource = 20
        limits.reservedConnections = 3
        limits.maxBufferedBodyBytes = 8 << 20
        limits.requestRate = RequestRate(perSecond: 50, burst: 60)
        limits.maxSources = 1024
        #expect(configuration.limits == limits)
        #expect(configuration.maxBodyBytes == 2 << 20)
        let access = configuration.access
        #expect(access.trustedProxies.map(\.description) == ["10.0.0.0/8", "2001:db8::1/128"])
        #expect(access.usesProxyProtocol)
    }

    @Test(
        "each route belongs to the group that it should",
        arguments: [
            ("/webhooks/commerce/order", 2 << 20, "192.0.2.0/24", false), ("/events/dynamics/t", 65_536, nil, false),
            ("/operator/v1/events", 65_536, "127.0.0.1/32", false), ("/health/live", 65_536, "::1/128", true),
            ("/health/ready", 65_536, "::1/128", true), ("/status", 65_536, "::1/128", false),
            ("/metrics", 65_536, "::1/128", false), ("/nothing", 65_536, nil, false),
        ])
    func groups(path: String, body: Int, allowed: String?, isEssential: Bool) throws {
        let settings = """
            server:
              allow: { webhooks: [ 192.0.2.0/24 ], operator: [ 127.0.0.1 ], monitoring: [ "::1" ] }
              limits: { body: 64KiB, webhookBody: 2MiB }
            """
        let access = try ConfigurationFixture.read(replacing: server, with: settings).server.serverConfiguration
            .access
        let group = try #require(access.groups.first { $0.holds(path) })
        #expect(group.maxBodyBytes == body && group.isEssential == isEssential)
        #expect(group.allowed?.map(\.description) == allowed.map { [$0] })
    }

    @Test("without a word about them, nobody is limited by address, and no proxy is believed")
    func defaults() throws {
        let configuration = try ConfigurationFixture.read().server.serverConfiguration
        #expect(configuration.limits.requestRate == nil && configuration.limits.maxConnectionsPerSource == nil)
        #expect(configuration.access.trustedProxies.isEmpty && !configuration.access.usesProxyProtocol)
        #expect(configuration.access.groups.allSatisfy { $0.allowed == nil })
        #expect(configuration.limits.reservedConnections == 64)
    }

    @Test(
        "mistakes are told with their place",
        arguments: [
            (
                "server: { allow: { webhooks: [ 192.0.2.7/24 ] } }",
                "1:32: server.allow.webhooks[0]: found \"192.0.2.7/24\"; expected an address or a range such as "
                    + "192.0.2.0/24 or 2001:db8::/32, no bits set behind the prefix"
            ),
            (
                "server: { allow: { webhooks: [] } }",
                "1:30: server.allow.webhooks: found an empty list; expected at least one address, or no key webhooks"
            ),
            (
                "server: { allow: { webhook: [ 192.0.2.7 ] } }",
                "1:20: server.allow.webhook: found an unknown key; expected perhaps webhooks"
            ),
            (
                "server: { trustedProxies: 10.0.0.0/8 }",
                "1:27: server.trustedProxies: found \"10.0.0.0/8\"; expected a list: [ … ]"
            ),
            (
                "server: { trustedProxies: [ proxy.example.com ] }",
                "1:29: server.trustedProxies[0]: found \"proxy.example.com\"; expected an address or a range such as "
                    + "192.0.2.0/24 or 2001:db8::/32, no bits set behind the prefix"
            ),
            (
                "server: { proxyProtocol: v2 }",
                "1:26: server.proxyProtocol: found \"v2\"; expected true or false"
            ),
            (
                "server: { limits: { requestsPerSecond: -1 } }",
                "1:40: server.limits.requestsPerSecond: found \"-1\"; expected a whole number from 0 to 1000000"
            ),
            (
                "server: { limits: { bodyRate: 2MiB } }",
                "1:31: server.limits.bodyRate: found \"2MiB\"; expected a size from 0 to 1MiB, such as 16KiB or 1MiB"
            ),
            (
                "server: { limits: { handlerTimeout: 0s } }",
                "1:37: server.limits.handlerTimeout: found \"0s\"; expected a duration from 1s to 1h, such as 30s, "
                    + "5m or 4h"
            ),
        ])
    func mistakes(text: String, problem: String) {
        #expect(ConfigurationFixture.problems(replacing: server, with: text) == [problem])
    }
}

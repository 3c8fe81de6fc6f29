import Testing

@testable import Gateway

@Suite("The configuration of the audit trail")
struct AuditSettingsTests {
    private static let server = "server: { host: 127.0.0.1, port: 0 }"

    private func settings(_ section: String) throws -> AuditSettings {
        try ConfigurationFixture.read(replacing: Self.server, with: "audit: \(section)").audit
    }

    @Test("hides personal data unless it is said otherwise")
    func standard() throws {
        let audit = try ConfigurationFixture.read().audit
        #expect(audit == AuditSettings())
        #expect(audit.bodyLimit == 2048 && HiddenNames(audit.redact).contains("customer_email"))
    }

    @Test("takes a list in place of its own, or in addition to it")
    func lists() throws {
        #expect(
            try settings("{ redact: [ hat, '*size' ], bodyLimit: 64KiB }")
                == AuditSettings(bodyLimit: 64 << 10, redact: ["hat", "*size"]))
        #expect(try settings("{ redact: [] }").redact.isEmpty)
        #expect(try settings("{ alsoRedact: [ hat ] }") == AuditSettings(alsoRedact: ["hat"]))
    }

    @Test(
        "refuses what can be no name, and more than it can keep",
        arguments: [
            ("{ redact: hat }", "audit.redact"), ("{ redact: [ '*' ] }", "audit.redact[0]"),
            ("{ redact: [ '' ] }", "audit.redact[0]"), ("{ redact: [ hat, 'a*b' ] }", "audit.redact[1]"),
            ("{ alsoRedact: [ 'a b' ] }", "audit.alsoRedact[0]"),
            ("{ alsoRedact: [ { a: b } ] }", "audit.alsoRedact[0]"),
            ("{ bodyLimit: 65KiB }", "audit.bodyLimit"), ("{ bodyLimit: -1 }", "audit.bodyLimit"),
            ("{ hide: [ hat ] }", "audit.hide"), ("on", "audit"),
        ])
    func refused(section: String, key: String) {
        let problems = ConfigurationFixture.problems(replacing: Self.server, with: "audit: \(section)")
        #expect(problems.count == 1 && problems.first?.contains(" \(key): found ") == true, "\(problems)")
    }
}

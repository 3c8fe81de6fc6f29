import Commerce
import Testing

@testable import Gateway

@Suite("commerce.auth")
struct CommerceAuthSettingsTests {
    private static let bearer = "auth: { bearer: { token: ${COMMERCE_TOKEN} } }"

    private func read(_ auth: String) throws -> CommerceSettings {
        try ConfigurationFixture.read(replacing: Self.bearer, with: auth).commerce
    }

    @Test("takes an integration's four values")
    func oauth1() throws {
        let auth = "auth: { oauth1: { consumerKey: a, consumerSecret: b, accessToken: c, accessTokenSecret: d } }"
        let keys = CommerceAuthSettings.OAuth1(
            consumerKey: "a", consumerSecret: Secret("b"), accessToken: Secret("c"), accessTokenSecret: Secret("d"))
        #expect(try read(auth).auth == .oauth1(keys))
    }

    @Test("takes an administrator, whose token lives as long as shops are set up for")
    func administrator() throws {
        #expect(
            try read("auth: { adminToken: { user: erp, password: p } }").auth
                == .adminToken(.init(user: "erp", password: Secret("p"), lifetime: .seconds(14_400))))
        #expect(
            try read("auth: { adminToken: { user: erp, password: p, lifetime: 1h } }").auth
                == .adminToken(.init(user: "erp", password: Secret("p"), lifetime: .seconds(3600))))
    }

    @Test("takes credentials of Adobe IMS, on either edition", arguments: ["", "edition: saas\n  "])
    func ims(_ edition: String) throws {
        let auth = edition + "auth: { ims: { clientID: i, clientSecret: s, organization: 1@AdobeOrg } }"
        #expect(
            try read(auth).auth
                == .ims(
                    .init(
                        clientID: "i", clientSecret: Secret("s"), organization: "1@AdobeOrg",
                        tokenURL: IMSSignIn.defaultTokenURL, scopes: IMSSignIn.defaultScopes)))
    }

    @Test("takes another sign-in service and other scopes")
    func imsElsewhere() throws {
        let auth = """
            auth: { ims: { clientID: i, clientSecret: s, organization: 1@AdobeOrg, scopes: [ openid, commerce.accs ],
                tokenURL: https://ims-na1-stg1.adobelogin.com/ims/token/v3 } }
            """
        guard case .ims(let ims) = try read(auth).auth else {
            Issue.record("no ims")
            return
        }
        #expect(ims.scopes == ["openid", "commerce.accs"])
        #expect(ims.tokenURL == "https://ims-na1-stg1.adobelogin.com/ims/token/v3")
    }

    @Test(
        "says what is wrong, and where",
        arguments: [
            Misconfiguration(
                "two ways at once", Self.bearer, "auth: { bearer: { token: a }, ims: { clientID: b } }",
                "4:9: commerce.auth: found bearer and ims; expected exactly one of bearer, oauth1, adminToken, ims",
                "4:38: commerce.auth.ims.organization: found nothing; expected the organization's id, which ends in "
                    + "@AdobeOrg",
                "4:38: commerce.auth.ims.clientSecret: found nothing; expected the credential's client secret"),
            Misconfiguration(
                "no way at all", Self.bearer, "auth: { }",
                "4:9: commerce.auth: found none; expected exactly one of bearer, oauth1, adminToken, ims"),
            Misconfiguration(
                "nothing", Self.bearer, "",
                "3:3: commerce.auth: found nothing; expected one of bearer, oauth1, adminToken, ims"),
            Misconfiguration(
                "a way that saas does not have", Self.bearer, "edition: saas\n  auth: { bearer: { token: a } }",
                "5:11: commerce.auth.bearer: found \"bearer\"; expected ims: { clientID, clientSecret, organization }, "
                    + "the only way to sign in to saas"),
            Misconfiguration(
                "half of the keys", Self.bearer, "auth: { oauth1: { consumerKey: a, consumerSecret: b } }",
                "4:19: commerce.auth.oauth1.accessToken: found nothing; expected the integration's access token",
                "4:19: commerce.auth.oauth1.accessTokenSecret: found nothing; expected the integration's access "
                    + "token secret"),
            Misconfiguration(
                "an organization without its ending", Self.bearer,
                "auth: { ims: { clientID: i, clientSecret: s, organization: 12345 } }",
                "4:62: commerce.auth.ims.organization: found \"12345\"; expected the organization's id, which ends in "
                    + "@AdobeOrg"),
            Misconfiguration(
                "a sign-in service in the clear", Self.bearer,
                "auth: { ims: { clientID: i, clientSecret: s, organization: 1@AdobeOrg, tokenURL: 'http://ims.example' } }",
                "4:84: commerce.auth.ims.tokenURL: found plain http to ims.example; expected https, or "
                    + "allowPlainHTTP: true beside it if the network between is yours"),
            Misconfiguration(
                "a lifetime of days", Self.bearer, "auth: { adminToken: { user: a, password: b, lifetime: 2d } }",
                "4:57: commerce.auth.adminToken.lifetime: found \"2d\"; expected a duration from 1m to 1d, such as 30s, "
                    + "5m or 4h"),
        ])
    func problems(_ row: Misconfiguration) {
        #expect(ConfigurationFixture.problems(replacing: row.piece, with: row.other) == row.problems)
    }
}

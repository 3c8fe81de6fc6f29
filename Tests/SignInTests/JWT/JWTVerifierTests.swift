import Cryptography
import Foundation
import JSON
import Relay
import Testing

@testable import SignIn

@Suite("Bearer tokens")
struct JWTVerifierTests {
    @Test("the signed token of RFC 7515, appendix A.2, verifies, and ended in 2011")
    func appendixA2() async throws {
        let modulus = """
            ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs\
            D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV\
            MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ
            """
        let token = """
            eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVl\
            fQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7\
            t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzD\
            wusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
            """
        let key = try RSAPublicKey(
            modulus: try #require(Base64URL.decode(modulus)), exponent: try #require(Base64URL.decode("AQAB")))
        let rules = JWTRules(issuers: ["joe"], audiences: nil)
        func verify(at seconds: Int64) async throws {
            let clock = ManualClock(seconds * 1000)
            try await JWTVerifier(rules: rules, keys: PinnedKeys([key]), clock: clock).verify(token)
        }
        try await verify(at: 1_300_819_000)
        await #expect(throws: JWTError.expired) { try await verify(at: 1_767_261_612) }
    }

    @Test("a token is believed that is signed by the issuer and says what it must")
    func believed() async throws {
        try await Tokens.verifier().verify(Tokens.sign())
    }

    struct Good: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let changes: [String: JSONValue?]
    }

    static let good = [
        Good(testDescription: "an audience among several", changes: ["aud": ["other", "id"]]),
        Good(testDescription: "the issuer of version 1", changes: ["iss": "https://sts.example/t/"]),
        Good(testDescription: "the sender as version 1 writes it", changes: ["azp": nil, "appid": "sender"]),
        Good(testDescription: "both names of the sender", changes: ["appid": "sender"]),
        Good(testDescription: "no beginning", changes: ["nbf": nil]),
        Good(testDescription: "an end within the leeway", changes: ["exp": .int(Tokens.now - 59)]),
        Good(testDescription: "a beginning within the leeway", changes: ["nbf": .int(Tokens.now + 60)]),
        Good(testDescription: "an end with a fraction", changes: ["exp": .float(1_767_261_700)]),
    ]

    @Test("so is one with", arguments: good)
    func alsoGood(_ row: Good) async throws {
        try await Tokens.verifier().verify(Tokens.sign(Tokens.changed(Tokens.claims, row.changes)))
    }

    struct Bad: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let changes: [String: JSONValue?]
        let error: JWTError
    }

    static let bad = [
        Bad(testDescription: "another issuer", changes: ["iss": "https://evil.example/"], error: .wrongClaim("iss")),
        Bad(
            testDescription: "an issuer that begins alike", changes: ["iss": "https://sts.example/t/x"],
            error: .wrongClaim("iss")),
        Bad(
            testDescription: "issuers in a list", changes: ["iss": ["https://sts.example/t/"]],
            error: .wrongClaim("iss")),
        Bad(testDescription: "no issuer", changes: ["iss": nil], error: .missingClaim("iss")),
        Bad(testDescription: "another audience", changes: ["aud": "api://other"], error: .wrongClaim("aud")),
        Bad(
            testDescription: "an audience in other case", changes: ["aud": "API://causeway"],
            error: .wrongClaim("aud")),
        Bad(testDescription: "an empty list of audiences", changes: ["aud": []], error: .wrongClaim("aud")),
        Bad(testDescription: "an audience that is no text", changes: ["aud": ["id", 7]], error: .wrongClaim("aud")),
        Bad(testDescription: "no audience", changes: ["aud": nil], error: .missingClaim("aud")),
        Bad(testDescription: "another sender", changes: ["azp": "stranger"], error: .wrongClaim("azp")),
        Bad(testDescription: "two senders", changes: ["appid": "stranger"], error: .wrongClaim("appid")),
        Bad(testDescription: "no sender", changes: ["azp": nil], error: .missingClaim("appid or azp")),
        Bad(testDescription: "an end that has passed", changes: ["exp": .int(Tokens.now - 60)], error: .expired),
        Bad(testDescription: "no end", changes: ["exp": nil], error: .missingClaim("exp")),
        Bad(testDescription: "an end as text", changes: ["exp": "9999999999"], error: .wrongClaim("exp")),
        Bad(testDescription: "an end before time began", changes: ["exp": -1], error: .wrongClaim("exp")),
        Bad(
            testDescription: "an end beyond all times", changes: ["exp": .int(.max)], error: .wrongClaim("exp")),
        Bad(
            testDescription: "a beginning that is yet to come", changes: ["nbf": .int(Tokens.now + 61)],
            error: .notYetValid),
        Bad(testDescription: "a beginning that is no time", changes: ["nbf": true], error: .wrongClaim("nbf")),
    ]

    @Test("a token is refused that has", arguments: bad)
    func refused(_ row: Bad) async throws {
        let token = try Tokens.sign(Tokens.changed(Tokens.claims, row.changes))
        await #expect(throws: row.error) { try await Tokens.verifier().verify(token) }
    }

    static let ims = JWTRules(
        lifetime: .createdAndExpires, issuers: nil, audiences: nil,
        requirements: [.init("client_id", values: ["client"])])
    static let imsClaims: JSONObject = [
        "client_id": "client", "type": "access_token", "created_at": .string("\(Tokens.now)000"),
        "expires_in": "86400000",
    ]

    @Test("a token of IMS lives from created_at for expires_in, in milliseconds and whichever way they are written")
    func imsLifetime() async throws {
        let clock = ManualClock()
        let verifier = try Tokens.verifier(Self.ims, clock: clock)
        let header = Tokens.changed(Tokens.header, ["x5u": "ims_na1-key-at-1.cer"])
        let token = try Tokens.sign(Self.imsClaims, header: header)
        let numbers = try Tokens.sign(
            Tokens.changed(Self.imsClaims, ["created_at": .int(Tokens.now * 1000), "expires_in": 86_400_000]))
        try await verifier.verify(token)
        clock.advance(by: .seconds(86_400 + 59))
        try await verifier.verify(token)
        try await verifier.verify(numbers)
        clock.advance(by: .seconds(1))
        await #expect(throws: JWTError.expired) { try await verifier.verify(token) }
        await #expect(throws: JWTError.expired) { try await verifier.verify(numbers) }
    }

    static let badIMS = [
        Bad(
            testDescription: "a birth that is yet to come", changes: ["created_at": .int((Tokens.now + 61) * 1000)],
            error: .notYetValid),
        Bad(testDescription: "no birth", changes: ["created_at": nil], error: .missingClaim("created_at")),
        Bad(testDescription: "no life", changes: ["expires_in": nil], error: .missingClaim("expires_in")),
        Bad(testDescription: "a life below zero", changes: ["expires_in": "-1000"], error: .wrongClaim("expires_in")),
        Bad(
            testDescription: "a life beyond all times", changes: ["expires_in": "9223372036854775807"],
            error: .wrongClaim("expires_in")),
        Bad(testDescription: "another client", changes: ["client_id": "x"], error: .wrongClaim("client_id")),
    ]

    @Test("a token of IMS is refused that has", arguments: badIMS)
    func refusedIMS(_ row: Bad) async throws {
        let token = try Tokens.sign(Tokens.changed(Self.imsClaims, row.changes))
        await #expect(throws: row.error) { try await Tokens.verifier(Self.ims).verify(token) }
    }

    @Test(
        "the token stands behind Bearer, in any case",
        arguments: [
            ("Bearer a.b.c", "a.b.c"), ("bearer a", "a"), ("BEARER  a b", "a b"), ("Basic a", nil), ("Bearer", nil),
            ("", nil), (nil, nil),
        ])
    func header(_ header: String?, _ token: String?) {
        #expect(JWTVerifier.bearerToken(header)?.trimmingPrefix(" ") == token.map { $0[...] })
    }
}

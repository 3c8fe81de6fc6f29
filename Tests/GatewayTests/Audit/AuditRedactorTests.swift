import Relay
import Testing

@testable import Gateway

@Suite("What the audit trail keeps of a call")
struct AuditRedactorTests {
    private static let order = #"{"email":"a@b.example","increment_id":"000000042"}"#

    private func call(
        headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        received: [(name: String, value: String)] = [], failure: String? = nil
    ) -> Call {
        Call(
            destination: "dynamics", method: "POST", target: "/data/C?$filter=PrimaryContactEmail eq 'x'",
            sent: Call.Message(headers: headers, body: body), status: 201,
            received: Call.Message(headers: received, body: Array(Self.order.utf8)), failure: failure,
            startedAt: OperatorFixture.moment, milliseconds: 12)
    }

    private func kept(_ body: String, type: String? = nil, limit: Int = 2048) -> String? {
        let headers = type.map { [(name: "content-type", value: $0)] } ?? []
        return AuditRedactor(AuditSettings(bodyLimit: limit))
            .text(of: Call.Message(headers: headers, body: Array(body.utf8)))
    }

    @Test("method, target, status, times and what both sides said, without personal data")
    func whole() {
        let exchange = AuditRedactor().exchange(
            of: call(body: Array(Self.order.utf8), failure: "no answer for a@b.example"))
        #expect(exchange.method == "POST" && exchange.status == 201 && exchange.milliseconds == 12)
        #expect(exchange.target == "/data/C?$filter=PrimaryContactEmail%20eq%20'•••'")
        #expect(exchange.sent == #"{"email":"•••","increment_id":"000000042"}"#)
        #expect(exchange.received == exchange.sent)
        #expect(exchange.failure == "no answer for •••")
    }

    @Test(
        "no header that may hold a credential, under whatever name it comes",
        arguments: [
            "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-amz-security-token",
            "x-adobe-commerce-webhook-signature", "x-gw-ims-org-id", "x-auth-token", "signature",
            "ocp-apim-subscription-key",
        ])
    func credentials(name: String) {
        let exchange = AuditRedactor().exchange(
            of: call(headers: [(name, "unguessable")], received: [(name, "unguessable")]))
        #expect(!"\(exchange)".contains("unguessable"))
    }

    @Test("useful headers stay, each bounded, and identifiers are found in their own place")
    func headers() {
        let exchange = AuditRedactor().exchange(
            of: call(
                headers: [("content-type", "application/json"), ("x-ms-client-request-id", "c-1"), ("host", "h")],
                received: [
                    ("retry-after", "5"), ("ms-dyn-aid", "4f5c"), ("x-ratelimit-remaining", "0"), ("via", "1.1 a"),
                    ("via", "1.1 b"), ("location", "/data/C(PersonLastName='Doe')"), ("server", "s a@b.example"),
                    ("etag", String(repeating: "é", count: 1000)),
                ]))
        #expect(exchange.sentHeaders == ["content-type": "application/json"])
        #expect(exchange.identifiers == ["x-ms-client-request-id": "c-1", "ms-dyn-aid": "4f5c"])
        #expect(exchange.receivedHeaders["retry-after"] == "5")
        #expect(exchange.receivedHeaders["x-ratelimit-remaining"] == "0")
        #expect(exchange.receivedHeaders["via"] == "1.1 a, 1.1 b")
        #expect(exchange.receivedHeaders["location"] == "/data/C(PersonLastName='•••')")
        #expect(exchange.receivedHeaders["server"] == "s •••")
        #expect(exchange.receivedHeaders["etag"]?.hasSuffix("é… (2000 bytes)") == true)
    }

    @Test(
        "bodies of every kind",
        arguments: [
            (nil, "", nil), (nil, "17", "17"), (nil, "\u{FEFF}{\"email\":\"x\"}", #"{"email":"•••"}"#),
            ("text/html", "<p>Write to a@b.example</p>\n", "<p>Write to •••</p>\n"),
            ("application/x-www-form-urlencoded; charset=utf-8", "email=x&sku=AB", "email=•••&sku=AB"),
            ("multipart/mixed; boundary=b", "--b\r\n\r\n{}", "(9 bytes of multipart/mixed, not kept)"),
            ("image/png", "\u{1}PNG", "(4 bytes of image/png, not kept)"),
            (nil, "\u{0}", "(1 bytes of something, not kept)"),
            ("application/json", #"{"a":1"#, #"{"a":1… (no JSON from byte 6 on, 6 bytes)"#),
        ] as [(String?, String, String?)])
    func bodies(type: String?, body: String, kept: String?) { #expect(self.kept(body, type: type) == kept) }

    @Test("bytes that are no text are counted, not kept")
    func binary() {
        let message = Call.Message(headers: [("content-type", "application/zip")], body: [0x50, 0x4B, 0xFF])
        #expect(AuditRedactor().text(of: message) == "(3 bytes of application/zip, not kept)")
    }

    @Test("a body is cut at a character's border, behind its redaction", arguments: 0...60)
    func cut(limit: Int) throws {
        let body = #"{"email":"secret@b.example","note":"äöü€😀"}"#
        let whole = #"{"email":"•••","note":"äöü€😀"}"#
        let mark = "… (\(body.utf8.count) bytes)"
        let kept = try #require(self.kept(body, limit: limit))
        guard limit < whole.utf8.count else { return #expect(kept == whole) }
        #expect(kept.hasSuffix(mark) && whole.hasPrefix(kept.dropLast(mark.count)))
        #expect(((limit - 3)...limit).contains(kept.utf8.count - mark.utf8.count) || limit < 3)
    }

    @Test("an address that a cut would halve is not shown by half", arguments: 0...30)
    func cutAddress(offset: Int) throws {
        let text = String(repeating: "x ", count: 30 + offset) + String(repeating: "secret@b.example ", count: 100)
        let kept = try #require(self.kept(text, type: "text/plain", limit: 100))
        #expect(!kept.contains("sec") && kept.hasSuffix("(\(text.utf8.count) bytes)"))
    }

    @Test("what is hidden is the configuration's choice; secrets are not")
    func configured() {
        let message = Call.Message(body: Array(#"{"email":"a@b.example","hat":"red","password":"p"}"#.utf8))
        let none = AuditRedactor(AuditSettings(redact: []))
        #expect(none.text(of: message) == #"{"email":"a@b.example","hat":"red","password":"•••"}"#)
        let also = AuditRedactor(AuditSettings(alsoRedact: ["HAT"]))
        #expect(also.text(of: message) == #"{"email":"•••","hat":"•••","password":"•••"}"#)
    }
}

@Suite("Names that are hidden")
struct HiddenNamesTests {
    @Test(
        "what tells who somebody is and where they live is hidden by default",
        arguments: [
            "email", "customer_email", "PrimaryContactEmail", "customer_firstname", "PersonLastName", "telephone",
            "PrimaryContactPhone", "street", "AddressStreet", "AddressStreetNumber", "postcode", "AddressZipCode",
            "city",
            "AddressCity", "SalesOrderName", "OrganizationName", "NameAlias", "vat_id", "TaxExemptNumber",
            "remote_ip",
            "FormattedDeliveryAddress", "client_secret", "access_token", "cc_number",
        ])
    func hidden(name: String) { #expect(HiddenNames(HiddenNames.personal + HiddenNames.secret).contains(name)) }

    @Test(
        "what an operator needs is not",
        arguments: [
            "increment_id", "entity_id", "sku", "name", "ItemNumber", "SalesOrderNumber", "CustomerAccount",
            "grand_total", "SalesPrice", "dataAreaId", "country_id", "AddressCountryRegionId", "region", "status",
            "state",
            "message", "code", "$skiptoken", "capacity", "ProductName", "store_name", "CustomersOrderReference",
        ])
    func shown(name: String) { #expect(!HiddenNames(HiddenNames.personal + HiddenNames.secret).contains(name)) }

    @Test(
        "a star stands for anything, at either end",
        arguments: [
            ("*mail", "EMail", true), ("*mail", "mailbox", false), ("mail*", "mailbox", true),
            ("mail*", "email", false),
            ("*mail*", "emails", true), ("mail", "mail", true), ("mail", "email", false),
            ("straße", "STRASSE", false),
        ])
    func stars(pattern: String, name: String, isHidden: Bool) {
        #expect(HiddenNames([pattern]).contains(name) == isHidden)
    }
}

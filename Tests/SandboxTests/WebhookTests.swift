import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Webhooks of the simulated Commerce")
struct WebhookTests {
    @Test("The signature verifies over base64 of exactly the bytes that are sent")
    func rsaBase64Body() throws {
        let stage = try Stage()
        let (body, headers) = try stage.commerce.webhook(for: .guest(incrementID: "1"))
        let key = try RSAPublicKey(pem: stage.commerce.publicKeyPEM)
        let signature = try #require(headers.value("x-adobe-commerce-webhook-signature").flatMap(Base64.decode))
        #expect(key.verifies(signature: signature, of: Array(Base64.encode(body).utf8)))
        #expect(!key.verifies(signature: signature, of: body))
        #expect(headers.value("x-adobe-commerce-request-id")?.count == 32)
    }

    @Test("The signature over the raw body verifies over the raw body only")
    func rsaRawBody() throws {
        let stage = try Stage { $0.commerce.signing = .rsaRawBody }
        let (body, headers) = try stage.commerce.webhook(for: .simple(incrementID: "1"))
        let key = try RSAPublicKey(pem: stage.commerce.publicKeyPEM)
        let signature = try #require(headers.value("x-adobe-commerce-webhook-signature").flatMap(Base64.decode))
        #expect(key.verifies(signature: signature, of: body))
    }

    @Test(
        "HMAC signs the body or its base64 form; unsigned sends no header",
        arguments: [WebhookSigning.hmac(secret: "s"), .hmacBase64Body(secret: "s"), .unsigned])
    func hmac(_ signing: WebhookSigning) throws {
        let stage = try Stage { $0.commerce.signing = signing }
        let (body, headers) = try stage.commerce.webhook(for: .simple(incrementID: "1"))
        let message =
            switch signing {
            case .hmac: body
            default: Array(Base64.encode(body).utf8)
            }
        let code = Base64.encode(HMACSHA256.code(key: Array("s".utf8), message: message))
        #expect(headers.value("x-adobe-commerce-webhook-signature") == (signing == .unsigned ? nil : code))
    }

    @Test("The payload has the observer's shape: loose types, addresses as a list, empty objects as lists")
    func shape() throws {
        let stage = try Stage()
        let (body, _) = try stage.commerce.webhook(for: .guest(incrementID: "000000001"))
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.contains(#""eventName":"sales_order_save_commit_after""#))
        #expect(text.contains(#""store_id":"1""#))
        #expect(text.contains(#""price":"12.9500""#))
        #expect(text.contains(#""shipping_amount":10.0"#))
        #expect(text.contains(#""extension_attributes":[]"#))
        #expect(text.contains(#""gift_cards":"[]""#))
        #expect(text.contains(#"No\u00ebl"#) && text.contains(#"Lindenweg 4\/2"#))
        let json = try JSONValue.parse(body)
        let order = try #require(json.objectValue?["data"]?.objectValue?["order"]?.objectValue)
        #expect(order["entity_id"] == "700001")
        #expect(order["billing_address"] == nil)
        #expect(order["addresses"]?.arrayValue?.map { $0.objectValue?["address_type"] } == ["shipping", "billing"])
    }

    @Test("While the order is placed there are no ids yet, and a child names its parent by object")
    func placeAfter() throws {
        let stage = try Stage { $0.commerce.webhookEvent = .placeAfter }
        let (body, _) = try stage.commerce.webhook(for: .configurable(incrementID: "1"))
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.contains(#""eventName":"sales_order_place_after""#))
        #expect(!text.contains(#""entity_id""#) && !text.contains(#""item_id""#))
        #expect(text.contains(#""parent_item":{"sku":"TEE-M-RED","product_type":"configurable""#))
    }

    @Test(
        "Placing an order sends its webhook once and reports the answer, whatever it is",
        arguments: [200, 401, 503])
    func place(_ status: Int) async throws {
        let stage = try Stage(RecordingTransport(status))
        stage.sandbox.setGateway(webhookURL: "http://gateway/webhooks/commerce/order", eventURL: nil)
        let placed = try await stage.commerce.place(.simple(incrementID: "1"))
        #expect(placed.status == status && placed.isAcknowledged == (status == 200))
        #expect(stage.transport.requests.map(\.url) == ["http://gateway/webhooks/commerce/order"])
        #expect(stage.commerce.order(incrementID: "1")?.entityID == placed.entityID)
    }

    @Test("No answer is a result too; the webhook can be sent again")
    func noAnswer() async throws {
        let stage = try Stage(RecordingTransport(nil))
        stage.sandbox.setGateway(webhookURL: "http://gateway/", eventURL: nil)
        let placed = try await stage.commerce.place(.simple(incrementID: "1"))
        #expect(placed.status == nil && placed.failure != nil && !placed.isAcknowledged)
        #expect(try await stage.commerce.sendWebhook(incrementID: "1").isAcknowledged)
    }

    @Test("Without a gateway, and without the order, placing says what is missing")
    func misuse() async throws {
        let stage = try Stage()
        await #expect(throws: SandboxError.noWebhookURL) {
            try await stage.commerce.place(.simple(incrementID: "1"))
        }
        await #expect(throws: SandboxError.unknownOrder(incrementID: "9")) {
            try await stage.commerce.sendWebhook(incrementID: "9")
        }
    }
}

import Commerce
import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import Logging
import Sandbox

/// The real client and the simulated shop, with sockets between them.
struct ShopRig {
    let sandbox: Sandbox
    let client: CommerceClient
    let baseURL: String
    let transport: CurlTransport

    var shop: SandboxCommerce { sandbox.commerce }

    static func run(
        _ edition: CommerceEndpoint.Edition = .paas, batches: BatchSizes = BatchSizes(),
        _ body: (ShopRig) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.keepsEffects = true
        configuration.commerce.signingKeyPEM = keyPEM
        let transport = CurlTransport(configuration: TransportConfiguration(userAgent: "Causeway/tests"))
        let sandbox = try Sandbox(configuration: configuration, transport: transport, logger: Logger(label: "shop"))
        let rig = try ShopRig(sandbox, transport, edition, batches, configuration.commerce.bearerToken)
        do {
            try await body(rig)
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }

    private init(
        _ sandbox: Sandbox, _ transport: CurlTransport, _ edition: CommerceEndpoint.Edition, _ batches: BatchSizes,
        _ token: String
    ) throws {
        self.sandbox = sandbox
        self.transport = transport
        baseURL = try sandbox.start().commerceBaseURL
        client = CommerceClient(
            endpoint: try CommerceEndpoint(baseURL: baseURL, edition: edition),
            authorization: BearerAuthorization(token: token), transport: transport,
            batches: batches)
    }

    /// Made once, because a key pair takes a while.
    private static let keyPEM = try? RSAPrivateKey.generate(bits: 2048).pem

    /// An order of two mugs and a shirt.
    func order(_ incrementID: String = "000000042") throws -> CommerceSnapshot.Order {
        let items = [
            SandboxOrder.Item(sku: "MUG", name: "Mug", quantity: 2, unitPrice: 10),
            SandboxOrder.Item(sku: "SHIRT", name: "Shirt", quantity: 1, unitPrice: 30),
        ]
        try shop.register(SandboxOrder(incrementID: incrementID, items: items))
        return try now(incrementID)
    }

    func now(_ incrementID: String = "000000042") throws -> CommerceSnapshot.Order {
        guard let order = shop.order(incrementID: incrementID) else {
            throw SandboxError.unknownOrder(incrementID: incrementID)
        }
        return order
    }

    /// A request that the client would never send.
    func raw(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws -> (Int, String) {
        let token = SandboxCommerceConfiguration().bearerToken
        let answer = try await transport.send(
            OutboundRequest(
                method: method, url: baseURL + path,
                headers: [.authorization: "Bearer \(token)", .contentType: "application/json"],
                body: Array(body.utf8), timeout: .seconds(10)))
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }
}

import Commerce
import Foundation
import HTTPClient
import HTTPTypes
import Sandbox
import Testing

@Suite("Adobe's schemas and what is sent")
struct ContractTests {
    static func client(_ shop: RecordingShop) throws -> CommerceClient {
        CommerceClient(
            endpoint: try CommerceEndpoint(baseURL: "https://shop.example.com", edition: shop.edition),
            authorization: BearerAuthorization(token: "t"), transport: shop)
    }

    @Test(
        "Every call sends what the published schema allows", arguments: ClientCall.all,
        CommerceEndpoint.Edition.allCases)
    func calls(_ call: ClientCall, _ edition: CommerceEndpoint.Edition) async throws {
        let shop = try RecordingShop(edition)
        let client = try Self.client(shop)
        guard call.editions.contains(edition) else {
            let fault = await #expect(throws: CommerceFault.self) { try await call.make(client) }
            #expect(fault?.kind == .unsupported)
            #expect(shop.requests.isEmpty)
            return
        }
        try await call.make(client)
        #expect(!shop.requests.isEmpty)
        for request in shop.requests {
            #expect(shop.violations(of: request) == [], "\(request.method) \(request.url)")
        }
    }

    @Test(
        "The calls above use every operation that the client knows, and none else",
        arguments: CommerceEndpoint.Edition.allCases)
    func operations(_ edition: CommerceEndpoint.Edition) async throws {
        let shop = try RecordingShop(edition)
        let client = try Self.client(shop)
        for call in ClientCall.all where call.editions.contains(edition) { try await call.make(client) }
        let used = Set(shop.requests.compactMap(shop.operation).map { $0.replacing("bulk ", with: "") })
        let known = Set(CommerceOperation.allCases.filter { $0.editions.contains(edition) }.map(\.rawValue))
        #expect(used == known)
        #expect(Set(shop.contract.operationNames) == known)
    }

    @Test("Every public method of the client is among the calls above")
    func methods() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Commerce")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }
            .filter { $0.lastPathComponent.hasPrefix("CommerceClient") }
        #expect(files.count > 10)
        let methods = try files.flatMap { try PublicMethods.signatures(in: String(contentsOf: $0, encoding: .utf8)) }
        #expect(Set(methods).subtracting(ClientCall.all.map(\.method)) == [])
        #expect(Set(ClientCall.all.map(\.method)).subtracting(methods) == [])
    }
}

/// Reads `public func ship(orderID: Int, items …` as `ship(orderID:items:…)`.
enum PublicMethods {
    static func signatures(in source: String) -> [String] {
        source.components(separatedBy: "    public func ").dropFirst().map { text in
            let name = text.prefix { $0 != "(" }.filter { $0 != "`" }
            return "\(name)(\(labels(text.drop { $0 != "(" }.dropFirst()).map { "\($0):" }.joined()))"
        }
    }

    /// The first word of each parameter, up to the parenthesis that closes the list.
    private static func labels(_ text: Substring) -> [String] {
        var labels: [String] = []
        var parameter = ""
        var depth = 0
        for character in text {
            if "([".contains(character) { depth += 1 }
            if ")]".contains(character) {
                if depth == 0 { break }
                depth -= 1
            }
            if character == ",", depth == 0 {
                labels.append(parameter)
                parameter = ""
            } else {
                parameter.append(character)
            }
        }
        labels.append(parameter)
        return labels.compactMap { $0.split { " :\n".contains($0) }.first.map(String.init) }
    }
}

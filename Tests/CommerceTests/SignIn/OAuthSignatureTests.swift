import Foundation
import HTTPTypes
import Testing

@testable import Commerce

@Suite("Signatures by OAuth 1.0a")
struct OAuthSignatureTests {
    @Test("are what Commerce computes", arguments: OAuthVector.all)
    func vectors(_ vector: OAuthVector) throws {
        let signature = try OAuthSignature(
            OAuthVector.credentials, method: vector.method, url: vector.url, nonce: vector.nonce,
            timestamp: vector.timestamp)
        #expect(signature.baseString == vector.baseString)
        #expect(signature.signature == vector.signature)
        #expect(signature.header == vector.header)
    }

    private func base(_ url: String) throws -> String {
        let signature = try OAuthSignature(
            OAuthVector.credentials, method: .get, url: url, nonce: "n", timestamp: 1)
        return String(signature.baseString.split(separator: "&")[1].removingPercentEncoding ?? "")
    }

    @Test(
        "name the address as the shop sees it: in small letters, and without a port that goes without saying",
        arguments: [
            ("HTTPS://Shop.Example.COM:443/rest/V1/A", "https://shop.example.com/rest/V1/A"),
            ("http://shop.example.com:80/x", "http://shop.example.com/x"),
            ("http://shop.example.com:443/x", "http://shop.example.com:443/x"),
            ("https://shop.example.com:8443/x?a=1", "https://shop.example.com:8443/x"),
            ("https://shop.example.com", "https://shop.example.com/"),
        ])
    func address(_ url: String, _ expected: String) throws {
        #expect(try base(url) == expected)
    }

    @Test(
        "a query that versions of Commerce read in different ways is not signed",
        arguments: [
            "searchCriteria", "a=b=c", "a=b+c", "a=%GG", "fields=a&searchCriteria",
            "searchCriteria%5Bfilter_groups%5D%5B10%5D=1", "searchCriteria[filter_groups][0][filters][12][field]=sku",
        ])
    func unsignable(_ query: String) {
        #expect(throws: UnsignableURL.self) {
            try OAuthSignature(
                OAuthVector.credentials, method: .get, url: "https://shop.example.com/rest/V1/orders?" + query,
                nonce: "n", timestamp: 1)
        }
    }

    @Test("an empty value and the index 9 are signed", arguments: ["searchCriteria=", "a%5B9%5D=1"])
    func signable(_ query: String) throws {
        _ = try OAuthSignature(
            OAuthVector.credentials, method: .get, url: "https://shop.example.com/?" + query, nonce: "n",
            timestamp: 1)
    }
}

import HTTPTypes
import Testing

@testable import Commerce

/// Signatures by OAuth 1.0a, computed apart from this code and checked with OpenSSL.
struct OAuthVector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let method: HTTPRequest.Method
    let url: String
    let nonce: String
    let timestamp: Int64
    let baseString: String
    let signature: String
    let header: String

    static let credentials = OAuthCredentials(
        consumerKey: "ck0000000000000000000000000000a1", consumerSecret: "cs0000000000000000000000000000b2",
        accessToken: "at0000000000000000000000000000c3", accessTokenSecret: "as0000000000000000000000000000d4")

    static let all = [
        OAuthVector(
            testDescription: "A: POST JSON body, no query (body is not signed)", method: .post,
            url: """
                https://shop.example.com/rest/default/V1/orders/42/comments
                """,
            nonce: "n0000000000000000000000000000001", timestamp: 1_767_225_600,
            baseString: """
                POST&https%3A%2F%2Fshop.example.com%2Frest%2Fdefault%2FV1%2Forders%2F42%2Fcomments&oauth_consum\
                er_key%3Dck0000000000000000000000000000a1%26oauth_nonce%3Dn0000000000000000000000000000001%26oa\
                uth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1767225600%26oauth_token%3Dat00000000000\
                00000000000000000c3%26oauth_version%3D1.0
                """,
            signature: "aoUwax8RsogzkxHkfSWoYRNs6M4HX//o7NtYtE5OAM4=",
            header: """
                OAuth oauth_consumer_key="ck0000000000000000000000000000a1", oauth_nonce="n00000000000000000000\
                00000000001", oauth_signature_method="HMAC-SHA256", oauth_timestamp="1767225600", oauth_token="\
                at0000000000000000000000000000c3", oauth_version="1.0", oauth_signature="aoUwax8RsogzkxHkfSWoYR\
                Ns6M4HX%2F%2Fo7NtYtE5OAM4%3D"
                """),
        OAuthVector(
            testDescription: "B: GET with searchCriteria, indices < 10", method: .get,
            url: """
                https://shop.example.com/rest/default/V1/orders?searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilt\
                ers%5D%5B0%5D%5Bfield%5D=updated_at&searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5\
                D%5Bvalue%5D=2026-01-01%2000%3A00%3A00&searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B\
                0%5D%5Bcondition_type%5D=gteq&searchCriteria%5BsortOrders%5D%5B0%5D%5Bfield%5D=updated_at&searc\
                hCriteria%5BsortOrders%5D%5B0%5D%5Bdirection%5D=ASC&searchCriteria%5BpageSize%5D=100&searchCrit\
                eria%5BcurrentPage%5D=1&fields=items%5Bentity_id%2Cincrement_id%2Cupdated_at%5D%2Ctotal_count
                """,
            nonce: "n0000000000000000000000000000002", timestamp: 1_767_225_601,
            baseString: """
                GET&https%3A%2F%2Fshop.example.com%2Frest%2Fdefault%2FV1%2Forders&fields%3Ditems%255Bentity_id%\
                252Cincrement_id%252Cupdated_at%255D%252Ctotal_count%26oauth_consumer_key%3Dck00000000000000000\
                00000000000a1%26oauth_nonce%3Dn0000000000000000000000000000002%26oauth_signature_method%3DHMAC-\
                SHA256%26oauth_timestamp%3D1767225601%26oauth_token%3Dat0000000000000000000000000000c3%26oauth_\
                version%3D1.0%26searchCriteria%255BcurrentPage%255D%3D1%26searchCriteria%255Bfilter_groups%255D\
                %255B0%255D%255Bfilters%255D%255B0%255D%255Bcondition_type%255D%3Dgteq%26searchCriteria%255Bfil\
                ter_groups%255D%255B0%255D%255Bfilters%255D%255B0%255D%255Bfield%255D%3Dupdated_at%26searchCrit\
                eria%255Bfilter_groups%255D%255B0%255D%255Bfilters%255D%255B0%255D%255Bvalue%255D%3D2026-01-01%\
                252000%253A00%253A00%26searchCriteria%255BpageSize%255D%3D100%26searchCriteria%255BsortOrders%2\
                55D%255B0%255D%255Bdirection%255D%3DASC%26searchCriteria%255BsortOrders%255D%255B0%255D%255Bfie\
                ld%255D%3Dupdated_at
                """,
            signature: "N4qwJLCkjfFO9RWN9+QaiUTMa1kVDxw3MhmklqRtcrM=",
            header: """
                OAuth oauth_consumer_key="ck0000000000000000000000000000a1", oauth_nonce="n00000000000000000000\
                00000000002", oauth_signature_method="HMAC-SHA256", oauth_timestamp="1767225601", oauth_token="\
                at0000000000000000000000000000c3", oauth_version="1.0", oauth_signature="N4qwJLCkjfFO9RWN9%2BQa\
                iUTMa1kVDxw3MhmklqRtcrM%3D"
                """),
        OAuthVector(
            testDescription: "C: PUT, SKU with space, slash and umlaut in path", method: .put,
            url: """
                https://shop.example.com/rest/all/V1/products/AB%201%2F2-Gr%C3%BCn
                """,
            nonce: "n0000000000000000000000000000003", timestamp: 1_767_225_602,
            baseString: """
                PUT&https%3A%2F%2Fshop.example.com%2Frest%2Fall%2FV1%2Fproducts%2FAB%25201%252F2-Gr%25C3%25BCn&\
                oauth_consumer_key%3Dck0000000000000000000000000000a1%26oauth_nonce%3Dn000000000000000000000000\
                0000003%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1767225602%26oauth_token%3Da\
                t0000000000000000000000000000c3%26oauth_version%3D1.0
                """,
            signature: "c0Z3sIJMnl/8o3X3YnSoNfMQxOEopuJ46ONkSObukEU=",
            header: """
                OAuth oauth_consumer_key="ck0000000000000000000000000000a1", oauth_nonce="n00000000000000000000\
                00000000003", oauth_signature_method="HMAC-SHA256", oauth_timestamp="1767225602", oauth_token="\
                at0000000000000000000000000000c3", oauth_version="1.0", oauth_signature="c0Z3sIJMnl%2F8o3X3YnSo\
                NfMQxOEopuJ46ONkSObukEU%3D"
                """),
    ]
}

import Dynamics
import Foundation
import JSON
import Testing

@Suite("A business event that tells of a sales order")
struct SalesNoticeTests {
    private let own = NoticeFields(["AcmeShipped": ["SalesOrderNumber": "OrderNum", "PackingSlipId": "Slip"]])

    private func notice(_ json: String, _ fields: NoticeFields = NoticeFields()) throws -> SalesNotice {
        try SalesNotice(Array(json.utf8), fields: fields)
    }

    @Test(
        "names its order in the company's own field, or in one of the usual ones",
        arguments: [
            #"{"BusinessEventId":"AcmeShipped","LegalEntity":"USMF","OrderNum":"SO-1","Slip":"PS-1"}"#,
            #"{"BusinessEventId":"Other","BusinessEventLegalEntity":"usmf","SalesOrderNumber":"SO-1","PackingSlipId":"PS-1"}"#,
            #"{"BusinessEventId":"Other","LegalEntity":"usmf","SalesOrderId":"SO-1","PackingSlipId":"PS-1"}"#,
            #"{"BusinessEventId":"Other","LegalEntity":"usmf","SalesId":"SO-1","PackingSlipId":"PS-1"}"#,
        ])
    func names(_ json: String) throws {
        let notice = try notice(json, own)
        #expect(notice.subject == "sales order usmf/SO-1")
        #expect(notice.packingSlip == "PS-1")
    }

    @Test("takes no other field where the company has named one")
    func onlyOwn() throws {
        let json = #"{"BusinessEventId":"AcmeShipped","LegalEntity":"usmf","SalesOrderNumber":"SO-1"}"#
        #expect(try notice(json, own).subject == nil)
    }

    @Test("reads lines under the company's names")
    func lines() throws {
        let fields = NoticeFields(["AcmeShipped": ["Lines": "Items", "Quantity": "Qty"]])
        let json = #"{"BusinessEventId":"AcmeShipped","LegalEntity":"usmf","Items":[{"Qty":2.5}]}"#
        let notice = try notice(json, fields)
        let line = notice.value(.Lines)?.arrayValue?.first?.objectValue
        #expect(notice.value(.Quantity, in: line) == .number(Decimal(5) / 2))
    }

    @Test(
        "is refused where it does not say of which company or which event it is",
        arguments: [
            "[]", "{", #"{"LegalEntity":"usmf"}"#, #"{"BusinessEventId":"Other"}"#,
            #"{"BusinessEventId":"Other","LegalEntity":7}"#,
            #"{"BusinessEventId":"Other","LegalEntity":"usmf","SalesOrderNumber":{}}"#,
        ])
    func refused(_ json: String) {
        #expect(throws: BusinessEventError.self) { try notice(json) }
    }
}

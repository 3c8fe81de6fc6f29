import Foundation
import JSON
import Testing

@testable import Dynamics

@Suite("Notices of customer accounts")
struct CustomerNoticeTests {
    @Test(
        "are read from flat events under any of the account's names, and from data events",
        arguments: [
            #"{"BusinessEventId":"X","LegalEntity":"USMF","CustomerAccount":"C-1"}"#,
            #"{"BusinessEventId":"X","BusinessEventLegalEntity":"usmf","CustAccount":"C-1"}"#,
            #"{"BusinessEventId":"X","LegalEntity":"usmf","InvoiceAccount":"C-1","SalesOrderId":"SO-1"}"#,
            #"{"BusinessEventId":"X","LegalEntity":"usmf","AccountNum":"C-1"}"#,
            """
            {"MessageName":"OnExternalUpdated","PrimaryEntityName":"mserp_custcustomerv3entity","InputParameters":[
            {"key":"Target","value":{"Attributes":[{"key":"mserp_customeraccount","value":"C-1"},
            {"key":"mserp_dataareaid","value":"USMF"}]}}]}
            """,
        ])
    func read(_ body: String) throws {
        let notice = try CustomerNotice(Array(body.utf8))
        #expect(notice.CustomerAccount == "C-1" && notice.LegalEntity == "usmf")
    }

    @Test(
        "that do not say of which account they are, are refused with the field that lacks",
        arguments: [
            (#"{"BusinessEventId":"X","LegalEntity":"usmf"}"#, "CustomerAccount"),
            (#"{"BusinessEventId":"X","LegalEntity":"usmf","CustomerAccount":""}"#, "CustomerAccount"),
            (#"{"BusinessEventId":"X","CustomerAccount":"C-1"}"#, "LegalEntity"),
            (#"{"BusinessEventId":"X","LegalEntity":"usmf","CustomerAccount":7}"#, "CustomerAccount"),
            (
                #"{"MessageName":"OnExternalDeleted","InputParameters":[]}"#, "mserp_customeraccount"
            ),
            (
                """
                {"MessageName":"X","InputParameters":[{"key":"Target","value":{"Attributes":[
                {"key":"mserp_customeraccount","value":"C-1"}]}}]}
                """, "mserp_dataareaid"
            ),
        ])
    func refused(_ body: String, _ field: String) {
        do {
            let notice = try CustomerNotice(Array(body.utf8))
            Issue.record("read as \(notice)")
        } catch {
            #expect(error.description.contains(field))
        }
    }
}

@Suite("What of a row is to be changed")
struct ODataFieldsTests {
    @Test("is what differs: numbers by value, and no text like an empty one")
    func changes() throws {
        let row = ODataFields([
            "@odata.etag": "W/\"1\"", "Name": "Falk", "City": "", "CreditLimit": .number(110), "Hold": "No",
            "IsPrimary": "Yes",
        ])
        let changes = row.changes(to: [
            "Name": "Falk", "City": "", "State": "", "CreditLimit": 110, "Hold": "All", "IsPrimary": "Yes",
            "ZipCode": "10115",
        ])
        #expect(changes == ["Hold": "All", "ZipCode": "10115"])
        #expect(row.changes(to: ["Name": "falk"]).count == 1)
        #expect(row.values["@odata.etag"] == nil && row.etag == "W/\"1\"")
    }
}

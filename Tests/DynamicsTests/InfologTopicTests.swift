import Relay
import Testing

@testable import Dynamics

@Suite("What an infolog is about")
struct InfologTopicTests {
    @Test(
        "Common refusals are recognised, so that the advice says what to do",
        arguments: [
            ("Customer account C-000001 is on hold for All", InfologTopic.customerOnHold),
            ("The customer is blocked for invoicing.", .customerOnHold),
            ("Item A0001 is not released to company usmf.", .itemNotReleased),
            (
                "The value 'X' in field 'Item number' is not found in the related table 'Items'.", .itemNotReleased
            ),
            ("Item number RETIRED-01 is stopped for sales", .itemStopped),
            (
                "The number sequence of 'Sales order' does not allow manual numbers, but '1' was sent",
                .numberSequence
            ),
            (
                "Cannot create a record in Customers (CustTable). Customer account: C-1. The record already exists.",
                .alreadyExists
            ),
            ("Inventory dimension Site is mandatory and must consequently be specified.", .missingValue),
            ("Field 'Customer group' must be filled in.", .missingValue),
            ("Sales order SO-1 is not open and can't be changed", .orderNotOpen),
            (
                "The value 'xyz' in field 'Company' is not found in the related table 'Legal entities'",
                .companyUnknown
            ),
        ])
    func topics(_ sentence: String, _ topic: InfologTopic) {
        #expect(InfologTopic([sentence]) == topic)
        let fault = ODataFault.validation(ODataCall(method: "POST", entitySet: "X"), sentences: [sentence])
        #expect(fault.reason.advice == topic.advice + ", then replay the event.")
    }

    @Test(
        "Other words are left to the person who reads them",
        arguments: ["", "Der Wert ist nicht gültig.", "Tax code is not valid.", "Currency exchange rate is missing."])
    func others(_ sentence: String) {
        #expect(InfologTopic([sentence]) == nil)
        let fault = ODataFault.validation(ODataCall(method: "POST", entitySet: "X"), sentences: [sentence])
        #expect(fault.reason.advice?.contains("the sentence names") == true)
    }
}

import Relay
import Testing

@testable import Flows

@Suite("Edits of events")
struct EditRefusedTests {
    private static let order = ["OrderToSalesOrder"]

    private func refusal(_ edit: EventEdit, _ flows: [String] = order) -> EditRefused? {
        do throws(EditRefused) {
            try edit.check(forFlows: flows)
            return nil
        } catch {
            return error
        }
    }

    private func patches(_ patches: [String: String]) -> EventEdit {
        EventEdit(patches: patches.mapValues { Array($0.utf8) })
    }

    @Test("a body, and patches of the records that a flow sends, are taken")
    func taken() {
        #expect(refusal(EventEdit(body: [])) == nil)
        #expect(
            refusal(patches(["header": #"{"SalesOrderName":"Doe"}"#, "line 12": #"{"ItemNumber":null}"#])) == nil)
        #expect(refusal(patches(["invoice": #"{"notify":true}"#]), ["InvoiceToCommerce"]) == nil)
    }

    @Test("an edit that changes nothing is refused")
    func nothing() { #expect(refusal(EventEdit()) == .nothing) }

    @Test(
        "a step that no flow of the event has is refused, and the known ones are named",
        arguments: ["Header", "line", "line 0", "totals", "invoice", ""])
    func unknownStep(_ step: String) {
        let refusal = refusal(patches([step: "{}"]))
        #expect(refusal == .unknownStep(step, known: ["customer", "header", "line #"]))
        #expect(refusal?.description.contains("customer, header, line #") == true)
    }

    @Test("patches of an event without flows are refused")
    func noFlow() { #expect(refusal(patches(["header": "{}"]), []) == .unknownStep("header", known: [])) }

    @Test(
        "a patch that is no object is refused, and what it is instead is said",
        arguments: [
            ("[]", "a list"), ("null", "nothing"), ("7", "the number 7"), ("", "no JSON"), ("{", "no JSON"),
            ("{}{}", "no JSON"),
        ])
    func noObject(_ patch: String, _ found: String) {
        let refusal = refusal(patches(["header": patch]))
        guard case .noObject("header", let detail) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(detail.hasPrefix(found))
    }

    @Test(
        "what a record is found again by cannot be changed, so that it is not created twice",
        arguments: [
            ("customer", "PrimaryContactEmail"), ("header", "CustomersOrderReference"), ("header", "dataAreaId"),
            ("line 2", "LineNumber"), ("line 2", "SalesOrderNumber"),
        ])
    func key(_ step: String, _ member: String) {
        #expect(refusal(patches([step: #"{"\#(member)":"x"}"#])) == .key(step: step, member: member))
    }

    @Test("a body that was edited into another order is parked, since only one subject's deliveries keep apart")
    func anotherOrder() throws {
        try OrderToSalesOrder.refuse(sampleOrder(), unlessOf: "order 000000042")
        #expect {
            try OrderToSalesOrder.refuse(sampleOrder(), unlessOf: "order 000000043")
        } throws: {
            ($0 as? Verdict)?.disposition == .park && ($0 as? Verdict)?.reason.code == "another-order"
        }
    }
}

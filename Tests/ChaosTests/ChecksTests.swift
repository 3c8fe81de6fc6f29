import Sandbox
import Testing

@testable import Chaos

@Suite("The count at the end of a chaos run")
struct ChecksTests {
    /// One order with an invoice, all well.
    private static var sound: Evidence {
        var evidence = Evidence()
        evidence.linesPerOrder = 2
        evidence.acknowledged = [
            Evidence.Acknowledged(order: "600", digest: "aa"),
            Evidence.Acknowledged(order: "600", digest: "bb"),
            Evidence.Acknowledged(order: "600", digest: "cc", invoice: "INV-1"),
            Evidence.Acknowledged(order: "600", digest: "dd", invoice: "INV-2"),
        ]
        evidence.stored = [
            stored(1, "aa", "done"), stored(2, "bb", "skipped", "order-carried"), stored(3, "cc", "done"),
            stored(4, "dd", "done"),
        ]
        evidence.effects = effects(
            .header(number: "SO-1"), .line(number: "1"), .line(number: "2"), .externalNumber("SO-1"),
            .comment("created"), .invoice(comment: "Invoice INV-1 posted."),
            .invoice(comment: "Invoice INV-2 posted."))
        return evidence
    }

    private static func stored(_ id: Int, _ digest: String, _ state: String, _ reason: String? = nil)
        -> Evidence.Stored
    {
        Evidence.Stored(
            id: id, digest: digest, subject: "order 600",
            deliveries: [Evidence.Delivery(state: state, reason: reason)])
    }

    private static func effects(_ kinds: SandboxEffect.Kind...) -> [SandboxEffect] {
        kinds.map { SandboxEffect(order: "600", kind: $0) }
    }

    @Test("a sound run has no findings")
    func soundRun() {
        #expect(Checks.findings(Self.sound).isEmpty)
    }

    struct Fault: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let check: Finding.Check
        let change: @Sendable (inout Evidence) -> Void
    }

    @Test(
        "each thing that can be wrong is found, and nothing else",
        arguments: [
            Fault(testDescription: "an acknowledged event is not stored", check: .lost) { $0.stored.removeLast() },
            Fault(testDescription: "a delivery waits for ever", check: .unfinished) {
                $0.stored[0].deliveries[0].state = "waiting"
            },
            Fault(testDescription: "a delivery is parked", check: .unfinished) {
                $0.stored[0].deliveries = [Evidence.Delivery(state: "parked", reason: "x")]
            },
            Fault(testDescription: "a delivery is skipped without a reason", check: .unfinished) {
                $0.stored[1].deliveries[0].reason = nil
            },
            Fault(testDescription: "an event has no delivery", check: .unfinished) { $0.stored[0].deliveries = [] },
            Fault(testDescription: "an order is not there", check: .missing) {
                $0.effects.removeAll { $0.kind.isHeader }
            },
            Fault(testDescription: "a line is not there", check: .missing) { $0.effects.remove(at: 2) },
            Fault(testDescription: "the number is not in the shop", check: .missing) { $0.effects.remove(at: 3) },
            Fault(testDescription: "the comment is not in the shop", check: .missing) { $0.effects.remove(at: 4) },
            Fault(testDescription: "an invoice is not there", check: .missing) { $0.effects.removeLast() },
            Fault(testDescription: "an order is there twice", check: .doubled) {
                $0.effects.insert(SandboxEffect(order: "600", kind: .header(number: "SO-2")), at: 1)
            },
            Fault(testDescription: "a line is there twice", check: .doubled) {
                $0.effects.insert($0.effects[2], at: 2)
            },
            Fault(testDescription: "a comment is there twice", check: .doubled) {
                $0.effects.insert($0.effects[4], at: 4)
            },
            Fault(testDescription: "an invoice is there twice", check: .doubled) {
                $0.effects.append($0.effects[6])
            },
            Fault(testDescription: "the far side itself sees a double", check: .doubled) {
                $0.doubles = ["usmf buyer@example.com: C-1, C-2"]
            },
            Fault(testDescription: "a line came before the one before it", check: .sequence) {
                $0.effects.swapAt(1, 2)
            },
            Fault(testDescription: "the number was written before all lines were there", check: .sequence) {
                $0.effects.swapAt(2, 3)
            },
            Fault(testDescription: "invoices were made in another order than they arrived in", check: .sequence) {
                $0.effects.swapAt(5, 6)
            },
            Fault(testDescription: "a call came in a pause", check: .pause) { $0.requestsInPauses["D365"] = 1 },
        ])
    func fault(_ fault: Fault) {
        var evidence = Self.sound
        fault.change(&evidence)
        let findings = Checks.findings(evidence)
        #expect(findings.map(\.check).contains(fault.check))
        #expect(Set(findings.map(\.check)).count <= (fault.check == .doubled ? 2 : 1))
    }

    @Test("an event that was sent again keeps the place of its first arrival")
    func sentAgain() {
        var evidence = Self.sound
        evidence.acknowledged.append(evidence.acknowledged[2])
        #expect(Checks.findings(evidence).isEmpty)
    }
}

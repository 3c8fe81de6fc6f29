import JSON
public import Relay

/// Why an edit of an event cannot be carried.
public enum EditRefused: Error, Equatable, CustomStringConvertible {
    case nothing
    case unknownStep(String, known: [String])
    /// - Parameter detail: What is wrong at which byte, or what stands there instead.
    case noObject(step: String, detail: String)
    case key(step: String, member: String)

    public var description: String {
        switch self {
        case .nothing: "the edit changes nothing; to carry the event again as it is, replay it"
        case .unknownStep(let step, let known):
            "no record of a step \"\(step)\" can be patched; expected "
                + (known.isEmpty ? "none, as no flow of this event takes patches" : known.joined(separator: ", "))
        case .noObject(let step, let detail):
            "the patch of step \"\(step)\" is \(detail); expected a JSON object (RFC 7396)"
        case .key(let step, let member):
            "the patch of step \"\(step)\" changes \(member), by which the record is found again; it must stay"
        }
    }
}

extension EventEdit {
    /// Refuses, before anything is stored, what the flows of an event could not carry.
    /// - Parameter flows: The names of the event's flows.
    public func check(forFlows flows: some Sequence<String>) throws(EditRefused) {
        guard body != nil || !patches.isEmpty else { throw .nothing }
        let names = Set(flows)
        let known = EventEdit.flows.filter { names.contains($0.name) }.flatMap { $0.patchableSteps }
        for (name, patch) in patches.sorted(by: { $0.key < $1.key }) {
            guard let step = known.first(where: { $0.matches(name) }) else {
                throw .unknownStep(name, known: known.map(\.name))
            }
            let members = try EventEdit.members(of: patch, step: name)
            if let key = members.keys.first(where: step.keys.contains) { throw .key(step: name, member: key) }
        }
    }

    private static let flows: [any Flow.Type] = [
        OrderToSalesOrder.self, InvoiceToCommerce.self, ShipmentToCommerce.self, OrderStatusToCommerce.self,
        InvoiceToPaymentJournal.self, CreditMemoToDynamics.self, CreditNoteToCommerce.self,
        ReturnToReturnOrder.self, ReturnStatusToCommerce.self,
    ]

    private static func members(of patch: [UInt8], step: String) throws(EditRefused) -> JSONObject {
        let value: JSONValue
        do {
            value = try JSONValue.parse(patch)
        } catch {
            throw .noObject(step: step, detail: "no JSON (\(error))")
        }
        guard case .object(let members) = value else {
            throw .noObject(step: step, detail: JSONNode(value: value).found)
        }
        return members
    }
}

import Foundation
import JSON

extension ShopDesk {
    static let bulkHandlers: [String: Handler] = [
        "GET /V1/bulk/{bulkUuid}/status": { desk, call throws(CommerceRefusal) in
            let id = call.text("bulkUuid")
            guard let bulk = desk.shelves[.bulks].first(where: { $0["bulk_id"]?.stringValue == id }) else {
                throw .noSuchEntity
            }
            return .object(bulk)
        }
    ]

    /// Takes a bulk request and works on it at once. Bodies without their entity are rejected, what is wrong with the
    /// others shows in their status.
    func submit(
        _ name: String, handler: Handler, bodies: [JSONObject], store: String?
    ) -> JSONValue {
        let plan = faults.plan
        var operations: [JSONValue] = []
        let items = bodies.enumerated().map { index, body -> JSONValue in
            let call = ShopCall(name: name, values: [:], query: nil, body: body, store: store)
            operations.append(work(index, call, handler, plan))
            return ["id": .int(index), "data_hash": .string("sha256-\(index)"), "status": "accepted"]
        }
        let id = "bulk-\(shelves[.bulks].count + 1)"
        _ = shelves.add(
            .bulks,
            [
                "operations_list": .array(operations), "user_type": 1, "bulk_id": .string(id),
                "description": .string("Topic async.\(name)"), "start_time": .string(date), "user_id": 1,
                "operation_count": .int(operations.count),
            ])
        return ["bulk_uuid": .string(id), "request_items": .array(items), "errors": false]
    }

    private func work(_ index: Int, _ call: ShopCall, _ handler: Handler, _ plan: ShopFaultPlan) -> JSONValue {
        func operation(_ status: Int, _ message: String) -> JSONValue {
            ["id": .int(index), "status": .int(status), "result_message": .string(message), "error_code": 0]
        }
        if faults.takeBulkLockFailure() {
            return operation(2, "SQLSTATE[HY000]: General error: 1205 Lock wait timeout exceeded")
        }
        if plan.bulkStaysOpen, !plan.bulkIsWorkedOn { return operation(4, "") }
        do throws(CommerceRefusal) {
            _ = try handler(self, call)
        } catch {
            return plan.bulkStaysOpen ? operation(4, "") : operation(3, error.message)
        }
        return plan.bulkStaysOpen ? operation(4, "") : operation(1, "Service execution success")
    }
}
